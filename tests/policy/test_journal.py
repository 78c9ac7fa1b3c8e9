"""Policy is sealed: rows and pack texts that somebody edits past the services are found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from notoneless.journal.queries import Trouble, verify
from notoneless.journal.services import seal
from notoneless.policy.models import Adoption, PackVersion, ReleaseAct, RuleValue
from notoneless.policy.services.adoptions import end_adoption
from notoneless.rules.policy.shipped import shipped_packs
from tests.policy.desk import NEXT_MONDAY, S1_29, figure, stamp, take
from tests.policy.test_releases import grant, propose
from tests.world import NOW, TODAY, Village


@pytest.fixture
def sealed(county: Village) -> Village:
    adoption = take(county, "shiqiao", S1_29, values={"contract_period": figure("year")})
    grant(county, propose(county))
    end_adoption(
        adoption.pk, on=date(2027, 7, 1), reason="学年结束", today=TODAY, stamp=stamp(county)
    )
    seal(county.county_id, now=NOW + timedelta(minutes=1))
    return county


def change(table: str, column: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE policy_{table} SET {column} = %s", [value])


def troubles(v: Village) -> set[Trouble]:
    return {finding.trouble for finding in verify(v.county_id).findings}


def test_what_policy_wrote_checks_out(sealed: Village):
    assert verify(sealed.county_id).is_whole


@pytest.mark.req("R-303")
@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("packversion", "toml", "id = 1"),
        ("adoption", "from_on", "2026-09-01"),
        ("adoptionend", "to_on", "2026-12-01"),
        ("rulevalue", "value", '"term"'),
        ("release", "instrument_number", "别的文号"),
        ("releaseact", "verdict", "refused"),
    ],
)
def test_an_edit_by_raw_sql_is_found(sealed: Village, table: str, column: str, value: str):
    change(table, column, value)

    assert Trouble.ROW_CHANGED in troubles(sealed)


def test_a_value_slipped_in_is_found(sealed: Village):
    RuleValue.objects.bulk_create(
        [
            RuleValue(
                adoption=Adoption.objects.get(),
                key="contract_signers",
                value=["x"],
                from_on=NEXT_MONDAY,
                set_at=NOW,
            )
        ]
    )

    assert troubles(sealed) == {Trouble.ROW_UNRECORDED}


def test_a_shipped_pack_that_nobody_adopted_needs_no_entry(county: Village):
    seal(county.county_id, now=NOW + timedelta(minutes=1))

    assert PackVersion.objects.count() == len(shipped_packs())
    assert not ReleaseAct.objects.exists()
    assert verify(county.county_id).is_whole
