"""What is typed into the search box is found by ranges of an index, not by reading a county."""

from __future__ import annotations

import re
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notoneless.children.models import Child
from notoneless.children.queries.listing import ChildFilter, list_children
from notoneless.journal.inserting import insert
from tests.world import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-022")]


@pytest.fixture
def county(village):
    """The village in a county that is big enough for a plan, with what a database knows of it."""
    syllables = ["wu", "luo", "zhao", "xiao", "ming", "lan", "he", "ou", "yang", "du", "ge"]
    insert(
        Child(
            county_id=village.county_id,
            name=f"童{number}",
            pinyin=" ".join(sounds),
            joined_pinyin="".join(sounds),
            initials="".join(sound[0] for sound in sounds),
            national_id_index=f"id{number}",
            student_number_index=f"number{number}",
            phone_index=f"phone{number}",
        )
        for number, sounds in enumerate(product(syllables, repeat=3))
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return village


def plans_of(county, typed):
    """How the database does all that a search asks of the table of children."""
    with CaptureQueriesContext(connection) as found:
        list_children(county.actor("lu"), ChildFilter(text=typed), on=TODAY)
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        for query in found.captured_queries:
            if 'FROM "children_child"' in query["sql"]:
                cursor.execute(f"{explain} {query['sql']}")
                yield "\n".join(str(row[-1]) for row in cursor.fetchall())


def reads_through_the_county(plan):
    """Whether it looks at every child, or at all that have nothing but the county in common."""
    through = r"Seq Scan on children_child\b|SCAN children_child$|child_by_\w+ \(county_id=\?\)$"
    return re.search(through, plan, re.MULTILINE)


def looks_up(plan, column):
    """Whether some step is a range of ``column`` in an index of the county."""
    way = {
        "sqlite": r"INDEX \S+ \(county_id=\? AND {}>\? AND {}<\?\)",
        "postgresql": r"Index Cond: \(\(county_id = \S+ AND \(+{}\S* >= .*{}\S* <",
    }[connection.vendor]
    return re.search(way.format(column, column), plan)


@pytest.mark.parametrize("typed", ["lxh", "WXL", "hdx", "hdxm", "wu x"])
def test_initials_and_beginnings_of_pinyin_are_ranges_within_the_county(county, typed):
    *before, counted, listed = plans_of(county, typed)
    for plan in (counted, listed):
        assert looks_up(plan, "initials")
        assert looks_up(plan, "joined_pinyin")
    for plan in (*before, counted, listed):
        assert not reads_through_the_county(plan), plan


@pytest.mark.parametrize("typed", ["539901201505150028", "15400009001"])
def test_numbers_are_looked_up(county, typed):
    for plan in plans_of(county, typed):
        assert not reads_through_the_county(plan), plan


@pytest.mark.skipif(connection.vendor != "sqlite", reason="what SQLite reads of a row")
@pytest.mark.parametrize(
    ("typed", "index"), [("小兰", "child_by_name"), ("xiaolan", "child_by_joined_pinyin")]
)
def test_a_part_of_a_name_reads_an_index_and_no_child(county, typed, index):
    *_, counted, listed = plans_of(county, typed)
    for plan in (counted, listed):
        assert f"USING COVERING INDEX {index} (county_id=?)" in plan


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("z", {"张明", "臧小二", "章zoe"}),
        ("zx", {"臧小二"}),
        ("zang", {"臧小二"}),
        ("zhangz", {"章zoe"}),
        ("zz", {"章zoe"}),
        ("zy", set()),
        ("ming", {"张明"}),
        ("min", set()),
        ("ang xiao", {"臧小二"}),
        ("'", {"张明", "臧小二", "章zoe"}),
    ],
)
def test_pinyin_is_found_from_its_beginning_and_four_letters_anywhere(village, typed, found):
    for key, name in enumerate(("张明", "臧小二", "章zoe")):
        village.enrol(f"z{key}", name, "junior-1")
    rows = list_children(village.actor("lu"), ChildFilter(text=typed), on=TODAY).rows
    assert {row.name for row in rows if row.name[0] in "张臧章"} == found
