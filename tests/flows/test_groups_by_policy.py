"""How a leading group must be composed is read from the policy in force at its unit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from notoneless.flows.coverage import missing_in_group, save_group
from notoneless.flows.groups import checks_below, whole_groups
from notoneless.places.queries.units import paths_of
from notoneless.places.services.groups import GroupWanted, SeatWanted
from notoneless.policy.queries.inforce import policy_for
from notoneless.policy.queries.many import policies_of
from notoneless.policy.services.packs import write_pack
from notoneless.rules.groups import (
    GroupKind,
    Seat,
    compositions_under,
    shipped_compositions,
)
from notoneless.rules.policy.parameters import PARAMETERS
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind
from tests.policy.desk import NEXT_MONDAY, stamp, take
from tests.world import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-003")]
PACK = """
id = "{id}/2026"
system = "{id}"
title_zh = "青禾小组办法"
title_en = "Qinghe groups"
effective_from = 2026-09-01
[rules.leading_group_rule]
value = "{value}"
source = "青禾教〔2026〕9号"
"""


def adopt(village, at, value, *, name):
    text = PACK.format(id=name, value=value)
    write_pack(text, name=f"{name}.toml", stamp=stamp(village))
    take(village, at, f"{name}/2026")


def missing(village, at, *, on=NEXT_MONDAY):
    unit = village.units[at].pk
    return {(m.seat, m.role) for m in missing_in_group(unit, GroupKind.DROPOUT, on=on)}


SHIPPED_SCHOOL = {
    (Seat.HEAD, Role.PRINCIPAL),
    (Seat.DEPUTY, Role.VICE_PRINCIPAL),
    (Seat.MEMBER, Role.TEACHING_DIRECTOR),
    (Seat.MEMBER, Role.HOMEROOM_TEACHER),
}


def test_without_a_rule_of_the_place_the_shipped_composition_holds(village):
    assert missing(village, "primary") == SHIPPED_SCHOOL


def test_where_the_mayor_heads_the_group_every_village_head_sits_in_it(village):
    village.employ("zhu", "朱村长", Role.VILLAGE_HEAD, "village", approved=False)
    adopt(village, "shiqiao", "head_mayor", name="QH")

    assert missing(village, "shiqiao", on=NEXT_MONDAY - timedelta(days=1)) == {
        (Seat.HEAD, Role.TOWNSHIP_HEAD),
        (Seat.MEMBER, Role.TOWNSHIP_OFFICER),
    }
    assert missing(village, "shiqiao") == {
        (Seat.HEAD, Role.TOWNSHIP_HEAD),
        (Seat.MEMBER, Role.TOWNSHIP_OFFICER),
        (Seat.MEMBER, Role.VILLAGE_HEAD),
    }
    assert missing(village, "primary") == SHIPPED_SCHOOL
    assert (Seat.MEMBER, Role.VILLAGE_HEAD) not in missing(village, "hekou")


def test_a_place_that_asks_for_no_composition_is_not_checked(village):
    adopt(village, "bureau", "none", name="QH")

    assert missing(village, "primary") == set()
    lacking = save_group(
        village.units["primary"].pk,
        GroupWanted(GroupKind.DROPOUT, [SeatWanted(Seat.MEMBER, village.people["wei"].pk)]),
        on=NEXT_MONDAY,
        actor=village.actor("qin"),
        stamp=village.stamp("qin"),
    )
    assert lacking == ()
    paths = paths_of(village.units["centre"].pk, on=NEXT_MONDAY)
    checks = checks_below(paths, county_id=village.county_id, on=NEXT_MONDAY)
    assert {c.place.name: c.is_valid for c in checks} == {
        "石桥乡中心学校": False,
        "石桥乡中心小学": True,
        "石桥乡初级中学": False,
    }


def test_an_empty_rule_given_on_purpose_asks_for_nothing(village):
    unit = village.units["primary"].pk
    assert missing_in_group(unit, GroupKind.DROPOUT, on=TODAY, rules={}) == ()


def test_the_nearest_rule_wins_in_the_list_as_on_the_page(village):
    village.employ("zhu", "朱村长", Role.VILLAGE_HEAD, "village", approved=False)
    adopt(village, "county", "none", name="QH")
    adopt(village, "shiqiao", "head_mayor", name="SQ")

    paths = paths_of(village.units["county"].pk, on=NEXT_MONDAY)
    checks = checks_below(paths, county_id=village.county_id, on=NEXT_MONDAY)

    listed = {c.place.id: {(m.seat, m.role) for m in c.missing} for c in checks}
    for key in ("shiqiao", "hekou", "village", "primary", "bureau"):
        assert listed[village.units[key].pk] == missing(village, key), key
    assert listed[village.units["hekou"].pk] == set()
    assert (Seat.MEMBER, Role.VILLAGE_HEAD) in listed[village.units["shiqiao"].pk]


def test_many_units_have_the_policy_that_each_has_alone(village):
    adopt(village, "county", "none", name="QH")
    adopt(village, "shiqiao", "head_mayor", name="SQ")
    ids = [unit.pk for unit in village.units.values()]

    together = policies_of(ids, county_id=village.county_id, on=NEXT_MONDAY)

    assert set(together) == set(ids)
    for unit in ids:
        assert together[unit].rules == policy_for(unit, on=NEXT_MONDAY).rules
    assert policies_of(ids, county_id=village.county_id, on=date(2019, 1, 1)) == {}


def test_many_units_cost_two_statements(village, django_assert_num_queries):
    ids = [unit.pk for unit in village.units.values()]
    policies_of(ids, county_id=village.county_id, on=TODAY)
    with django_assert_num_queries(2):
        policies_of(ids, county_id=village.county_id, on=TODAY)


def test_each_value_of_the_catalogue_is_understood():
    for value in PARAMETERS["leading_group_rule"].values:
        assert set(compositions_under(value)) == set(shipped_compositions())
    assert compositions_under("none")[UnitKind.SCHOOL] == ()


def seat(village, at, *seats):
    wanted = GroupWanted(
        GroupKind.DROPOUT, [SeatWanted(place, village.people[who].pk) for place, who in seats]
    )
    by = village.actor("lu")
    save_group(village.units[at].pk, wanted, on=TODAY, actor=by, stamp=village.stamp("lu"))


def whole(village, *, on):
    """Names of units whose group is whole, as the county counts them, and as each is checked."""
    paths = [held.path for held in village.actor("lu").holdings]
    checks = checks_below(paths, county_id=village.county_id, on=on)
    places = [check.place for check in checks if check.has_group]
    found = whole_groups(places, county_id=village.county_id, on=on)
    counted = {place.name for place in places if place.id in found}
    assert counted == {check.place.name for check in checks if check.is_valid}
    return counted


def test_a_group_is_counted_whole_when_its_own_page_finds_nobody_missing(village):
    village.employ("deputy", "副校", Role.VICE_PRINCIPAL, "primary", approved=False)
    village.employ("director", "教导", Role.TEACHING_DIRECTOR, "primary", approved=False)
    seats = [(Seat.HEAD, "qin"), (Seat.DEPUTY, "deputy"), (Seat.MEMBER, "director")]
    seat(village, "primary", *seats)
    assert whole(village, on=TODAY) == set()  # without the homeroom teacher of class 1
    seat(village, "junior", (Seat.HEAD, "chen"))
    seat(village, "centre", (Seat.HEAD, "he"))
    assert whole(village, on=TODAY) == {"石桥乡中心学校"}


def test_a_homeroom_teacher_appointed_later_breaks_a_whole_group(village):
    village.employ("deputy", "副校", Role.VICE_PRINCIPAL, "primary", approved=False)
    village.employ("director", "教导", Role.TEACHING_DIRECTOR, "primary", approved=False)
    seats = [(Seat.HEAD, "qin"), (Seat.DEPUTY, "deputy"), (Seat.MEMBER, "director")]
    seat(village, "primary", *seats, (Seat.MEMBER, "chen"))
    assert whole(village, on=TODAY) == {"石桥乡中心小学"}
    village.employ("new", "新班主任", Role.HOMEROOM_TEACHER, "primary-2", approved=False)
    assert whole(village, on=TODAY) == set()


def test_under_the_mayor_a_group_is_whole_with_every_village_head(village):
    village.employ("mayor", "镇长", Role.TOWNSHIP_HEAD, "shiqiao", approved=False)
    village.employ("officer", "专干", Role.TOWNSHIP_OFFICER, "shiqiao", approved=False)
    village.employ("zhu", "朱村长", Role.VILLAGE_HEAD, "village", approved=False)
    seat(village, "shiqiao", (Seat.HEAD, "mayor"), (Seat.MEMBER, "officer"))
    adopt(village, "shiqiao", "head_mayor", name="QH")
    assert "石桥乡" in whole(village, on=NEXT_MONDAY - timedelta(days=1))
    assert "石桥乡" not in whole(village, on=NEXT_MONDAY)
