"""Two people at the same moment: one batch, one line, one paper."""

from __future__ import annotations

import pytest
from django.db import connection

from notoneless.contracts.models import Contract, Signature, Succession
from notoneless.flows.contracts.refusals import NoSuccessor
from notoneless.flows.contracts.signing import Pen, sign_before_witness, take_in_paper
from notoneless.flows.contracts.succession import succeed_contracts
from tests.contracts.desk import (
    FAMILIES,
    S1_7,
    draw,
    new_teacher,
    of_child,
    of_class,
    scan,
    sign,
    signed_by_both,
    stage,
    with_contracts,
)
from tests.web.two_phones import at_once
from tests.world import NOW, TODAY, Village, build

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory it has one writer"),
]


@pytest.fixture
def v() -> Village:
    return with_contracts(build(), S1_7)


@pytest.mark.req("R-173")
def test_a_batch_is_drawn_up_once_however_many_press(v: Village):
    made = at_once(*[lambda: draw(v).made] * 3)

    assert sorted(made) == [0, 0, 2]
    assert sorted(Contract.objects.values_list("number", flat=True)) == [1, 2]


@pytest.mark.req("R-174")
def test_both_sides_sign_at_once_and_it_is_in_force(v: Village):
    draw(v)
    row = of_class(v)

    def by(who: str) -> int:
        sign(v, who, row)
        return 1

    assert at_once(lambda: by("qin"), lambda: by("chen"), lambda: by("chen")) == [1, 1, 1]
    assert stage(row.pk) == "signed"
    assert Signature.objects.count() == 2


@pytest.mark.req("R-174")
def test_a_guardian_signs_while_the_paper_is_taken_in(v: Village):
    draw(v, FAMILIES)
    row = of_child(v)
    pen = Pen(agreed=True, typed="吴建国")

    def held() -> int:
        sign_before_witness(v.actor("chen"), row.pk, pen, today=TODAY, now=NOW)
        return 1

    def paper() -> int:
        take_in_paper(v.actor("qin"), row.pk, scan(), today=TODAY, now=NOW)
        return 1

    assert at_once(held, paper) == [1, 1]
    assert stage(row.pk) == "signed"
    assert Signature.objects.count() == 2


@pytest.mark.req("R-177")
def test_a_line_passes_once(v: Village):
    draw(v)
    row = signed_by_both(v)
    new_teacher(v)

    def succeed() -> int:
        try:
            return succeed_contracts(v.actor("qin"), [row.pk], "调动", today=TODAY, now=NOW)
        except NoSuccessor:
            return 0

    assert sorted(at_once(succeed, succeed)) == [0, 1]
    assert Succession.objects.count() == 1
