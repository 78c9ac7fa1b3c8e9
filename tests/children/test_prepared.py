"""Queries that are written once: any list of ids, no value that was worked out, no whole county."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from uuid_utils.compat import uuid7

from notoneless.attendance.queries.history import _asked
from notoneless.children.models import Child, Enrolment
from notoneless.children.queries.branches import about
from notoneless.children.queries.prepared import Prepared, read
from notoneless.flows.duties.gathering import planning_asks
from tests.world import Village

pytestmark = pytest.mark.django_db
LONG_AGO = date(2000, 1, 1)


def _since(asked: Mapping[str, Any]) -> QuerySet[Enrolment, Any]:
    rows = Enrolment.objects.filter(child__in=asked["child_ids"], from_on__gte=asked["since"])
    return rows.order_by("child").values("child", "from_on")


def ids_of(village: Village) -> list[Any]:
    return list(Child.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize("how_many", [0, 1, 2, 3])
def test_a_list_may_have_any_length(village: Village, how_many: int):
    prepared = Prepared(_since, child_ids=list, since=date)
    wanted = ids_of(village)[:how_many]
    prepared.rows(child_ids=ids_of(village), since=LONG_AGO)

    found = prepared.rows(child_ids=wanted, since=LONG_AGO)

    assert found == list(_since({"child_ids": wanted, "since": LONG_AGO}))
    assert {row["child"] for row in found} == set(wanted)


def test_a_long_list_and_one_that_names_somebody_twice(village: Village):
    prepared = Prepared(_since, child_ids=list, since=date)
    ids = ids_of(village)
    strangers = [uuid7() for _ in range(70)]

    once = prepared.tuples(child_ids=ids, since=LONG_AGO)

    assert prepared.tuples(child_ids=[*ids, *strangers, *ids], since=LONG_AGO) == once
    assert read(_since({"child_ids": ids, "since": LONG_AGO}).values_list("child", "from_on")) == (
        once
    )


def test_a_day_that_was_worked_out_needs_a_name_of_its_own(village: Village):
    def build(asked: Mapping[str, Any]) -> QuerySet[Enrolment, Any]:
        earlier = asked["on"] - timedelta(days=30)
        return Enrolment.objects.filter(from_on__lte=asked["on"], to_on__gte=earlier).values("pk")

    with pytest.raises(ValueError, match="worked out"):
        Prepared(build, on=date).rows(on=LONG_AGO)


def test_nothing_about_a_child_walks_through_all_children(village: Village):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by itself")
    beside = planning_asks(LONG_AGO)
    asked = _asked(beside.ask, tuple(beside.days))._asked
    days = {f"beside_{name}": day for name, day in beside.days.items()}
    values = {"county_id": uuid7(), "from_on": LONG_AGO, "until": LONG_AGO, **days}
    with connection.cursor() as cursor:
        text, given = asked.asked(child_ids=ids_of(village)[:2], **values)
        cursor.execute(f"EXPLAIN QUERY PLAN {text}", given)
        plan = [row[-1] for row in cursor.fetchall()]
        sql, params = about(ids_of(village)[:2]).query.sql_with_params()
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        plan += [row[-1] for row in cursor.fetchall()]

    assert [step for step in plan if step.startswith("SCAN U0") or "SCAN children" in step] == []
    assert any("child_merged_into" in step for step in plan)
