"""Leading groups, who covers whom, departments' duties."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notoneless.access.actor import NotAllowed
from notoneless.flows.coverage import cover, give_duty, missing_in_group, report_duty, save_group
from notoneless.flows.posts import (
    LessonWanted,
    Term,
    appoint,
    assign_lessons,
)
from notoneless.journal.queries import verify
from notoneless.places.models import Coverage, GroupSeat, Unit
from notoneless.places.queries import units_below
from notoneless.places.queries.coverage import coverage_gaps, two_lines_for
from notoneless.places.queries.duties import duties_below
from notoneless.places.queries.groups import check_groups, group_of
from notoneless.places.services.coverage import CoverageWanted, LevelNotHere
from notoneless.places.services.duties import DutyThere, DutyWanted
from notoneless.places.services.groups import GroupWanted, SeatWanted, TwoHeads
from notoneless.places.services.people import (
    Appointment,
)
from notoneless.places.services.units import NewUnit, StaleVersion
from notoneless.rules.coverage import Level
from notoneless.rules.groups import GroupKind, Seat, shipped_compositions
from notoneless.rules.roles import Role, Tenure
from notoneless.rules.units import UnitKind
from tests.world import TODAY

pytestmark = pytest.mark.django_db
MONDAY = TODAY + timedelta(days=3)


def put(village, who, role, at, person, *, newcomer=None, tenure=Tenure.FULL, on=TODAY):
    return appoint(
        Appointment(role, village.units[at].pk, person and village.people[person].pk, tenure),
        Term(on),
        actor=village.actor(who),
        today=TODAY,
        stamp=village.stamp(who),
        newcomer=newcomer,
    )


def teach(village, who, *cells, school="primary"):
    return assign_lessons(
        village.units[school].pk,
        [
            LessonWanted(village.units[at].pk, subject, p and village.people[p].pk)
            for at, subject, p in cells
        ],
        on=TODAY,
        actor=village.actor(who),
        today=TODAY,
        stamp=village.stamp(who),
    )


# --- groups -------------------------------------------------------------------------------


def form(village, who, *seats, at="primary", version=0, office=""):
    return save_group(
        village.units[at].pk,
        GroupWanted(
            GroupKind.DROPOUT,
            [SeatWanted(seat, village.people[p].pk) for seat, p in seats],
            office_seat=office,
            version=version,
        ),
        on=TODAY,
        actor=village.actor(who),
        stamp=village.stamp(who),
    )


@pytest.mark.req("R-002", "R-003")
def test_a_group_is_saved_with_what_it_lacks(village):
    missing = form(village, "qin", (Seat.HEAD, "qin"), office="教导处")

    wanted = {(m.seat, m.role, m.person_name) for m in missing}
    assert wanted == {
        (Seat.DEPUTY, Role.VICE_PRINCIPAL, ""),
        (Seat.MEMBER, Role.TEACHING_DIRECTOR, ""),
        (Seat.MEMBER, Role.HOMEROOM_TEACHER, "陈小满"),
    }
    group = group_of(village.units["primary"].pk, GroupKind.DROPOUT, on=TODAY)
    assert (group.office_seat, [s.person_name for s in group.seats]) == ("教导处", ["覃志学"])


@pytest.mark.req("R-003")
def test_a_complete_group_lacks_nothing(village):
    put(village, "qin", Role.TEACHING_DIRECTOR, "primary", "wei")
    put(village, "qin", Role.VICE_PRINCIPAL, "primary", "shi")
    seats = [
        (Seat.HEAD, "qin"),
        (Seat.DEPUTY, "shi"),
        (Seat.MEMBER, "wei"),
        (Seat.MEMBER, "chen"),
    ]
    assert form(village, "qin", *seats) == ()


@pytest.mark.req("R-002")
def test_who_leaves_a_group_stays_in_its_history(village):
    form(village, "qin", (Seat.HEAD, "qin"), (Seat.MEMBER, "chen"))
    form(village, "qin", (Seat.HEAD, "qin"), (Seat.MEMBER, "wei"), version=1)

    unit = village.units["primary"].pk
    tomorrow = group_of(unit, GroupKind.DROPOUT, on=TODAY + timedelta(days=1))
    assert [s.person_name for s in tomorrow.seats] == ["覃志学", "韦素芬"]
    assert [s.person_name for s in tomorrow.former] == ["陈小满"]
    assert verify(village.county_id).findings == []


def test_two_people_saving_a_group_at_once_or_two_heads_are_refused(village):
    form(village, "qin", (Seat.HEAD, "qin"))
    with pytest.raises(StaleVersion):
        form(village, "shi", (Seat.HEAD, "wei"))
    with pytest.raises(TwoHeads):
        form(village, "qin", (Seat.HEAD, "qin"), (Seat.HEAD, "wei"), version=1)
    with pytest.raises(Unit.DoesNotExist):
        form(village, "qin", (Seat.HEAD, "qin"), at="other")
    with pytest.raises(NotAllowed):
        form(village, "wei", (Seat.HEAD, "qin"), version=1)
    assert GroupSeat.objects.count() == 1


@pytest.mark.req("R-004")
def test_villages_and_schools_without_a_valid_group_are_listed(village):
    township = [h.path for h in village.actor("xiang").holdings]
    rules = shipped_compositions()

    checks = {c.place.name: c for c in check_groups(township, on=TODAY, rules=rules)}
    assert set(checks) == {"石桥乡", "石桥村", "石桥乡中心小学", "石桥乡初级中学"}
    assert not any(c.is_valid for c in checks.values())
    put(village, "mo", Role.VILLAGE_HEAD, "village", "shao")
    save_group(
        village.units["village"].pk,
        GroupWanted(
            GroupKind.DROPOUT,
            [
                SeatWanted(Seat.HEAD, village.people["shao"].pk),
                SeatWanted(Seat.MEMBER, village.people["long"].pk),
            ],
        ),
        on=TODAY,
        actor=village.actor("xiang"),
        stamp=village.stamp("xiang"),
    )
    checks = {c.place.name: c for c in check_groups(township, on=TODAY, rules=rules)}
    assert [name for name, c in checks.items() if c.is_valid] == ["石桥村"]


def test_a_rule_of_the_place_takes_the_place_of_the_shipped_one(village):
    assert missing_in_group(village.units["primary"].pk, GroupKind.DROPOUT, on=TODAY)
    assert (
        missing_in_group(
            village.units["primary"].pk,
            GroupKind.DROPOUT,
            on=TODAY,
            rules={UnitKind.SCHOOL: ()},
        )
        == ()
    )


# --- coverage -----------------------------------------------------------------------------


def cover_it(village, who, at, level, person, *, on=TODAY):
    cover(
        CoverageWanted(village.units[at].pk, level),
        person_id=person and village.people[person].pk,
        on=on,
        actor=village.actor(who),
        stamp=village.stamp(who),
    )


@pytest.mark.req("R-008", "R-009", "R-010")
def test_both_lines_name_one_person_a_level_and_flag_the_gaps(village):
    cover_it(village, "xiang", "village", Level.TOWN_LEADER, "shao")
    put(village, "qin", Role.VICE_PRINCIPAL, "primary-grade", "wei")
    teach(village, "qin", ("primary-1", "数学", "shi"))

    lines = two_lines_for(
        home_id=village.units["village"].pk, class_id=village.units["primary-1"].pk, on=TODAY
    )

    assert [(x.level, x.unit_name, [n for _, n in x.people]) for x in lines.government] == [
        (Level.TOWN_LEADER, "石桥村", ["邵文澜"]),
        (Level.TOWN_CADRE, "石桥村", []),
        (Level.VILLAGE_CADRE, "石桥村", ["龙秀英"]),
        (Level.GROUP_LEADER, "石桥村", []),
    ]
    assert [[n for _, n in x.people] for x in lines.school] == [
        ["覃志学"],
        ["韦素芬"],
        ["陈小满"],
        ["石永福"],
    ]
    assert lines.gaps == (Level.TOWN_CADRE, Level.GROUP_LEADER)


@pytest.mark.req("R-008")
def test_a_leader_of_the_school_counts_where_nobody_leads_the_village(village):
    cover_it(village, "xiang", "primary", Level.TOWN_LEADER, "shao")

    lines = two_lines_for(
        home_id=village.units["village"].pk, class_id=village.units["primary-1"].pk, on=TODAY
    )
    assert lines.government[0].people[0][1] == "邵文澜"


@pytest.mark.req("R-010")
def test_a_child_without_home_or_class_has_gaps_all_along(village):
    lines = two_lines_for(home_id=None, class_id=None, on=TODAY)
    assert len(lines.gaps) == 8


@pytest.mark.req("R-008")
def test_covering_twice_changes_nothing_and_another_person_leaves_a_history(village):
    cover_it(village, "xiang", "village", Level.TOWN_CADRE, "shao")
    cover_it(village, "xiang", "village", Level.TOWN_CADRE, "shao")
    assert Coverage.objects.count() == 1
    cover_it(village, "xiang", "village", Level.TOWN_CADRE, "long", on=MONDAY)
    assert Coverage.objects.filter(to_on=MONDAY).count() == 1
    cover_it(village, "xiang", "village", Level.TOWN_CADRE, None, on=MONDAY)
    assert not Coverage.objects.filter(to_on=None).exists()
    assert verify(village.county_id).findings == []


def test_coverage_asks_for_the_right_level_place_and_role(village):
    with pytest.raises(LevelNotHere):
        cover_it(village, "xiang", "village", Level.PRINCIPAL, "shao")
    with pytest.raises(Unit.DoesNotExist):
        cover_it(village, "xiang", "other", Level.TOWN_LEADER, "shao")
    with pytest.raises(NotAllowed):
        cover_it(village, "long", "village", Level.TOWN_CADRE, "shao")


@pytest.mark.req("R-008", "R-009")
def test_units_that_lack_somebody_are_listed_in_few_statements(village, django_assert_num_queries):
    places = units_below([h.path for h in village.actor("xiang").holdings], on=TODAY)
    with django_assert_num_queries(3):
        gaps = {gap.place.name: gap.levels for gap in coverage_gaps(places, on=TODAY)}
    assert gaps["石桥村"] == (Level.TOWN_LEADER, Level.TOWN_CADRE)
    assert "石桥乡中心小学" not in gaps


# --- departments --------------------------------------------------------------------------


@pytest.fixture
def police(village):
    return village.found("police", NewUnit(UnitKind.DEPARTMENT, "石桥派出所"), g="shiqiao")


def give(village, who, text="协助查找流失学生"):
    return give_duty(
        village.units["police"].pk,
        DutyWanted(text, [village.units["shiqiao"].pk], liaison_id=village.people["shao"].pk),
        on=TODAY,
        actor=village.actor(who),
        stamp=village.stamp(who),
    )


@pytest.mark.req("R-005")
def test_a_department_has_duties_and_reports_them_by_itself(village, police):
    duty = give(village, "xiang")
    village.employ("ma", "马宁", Role.DEPARTMENT_LIAISON, "police", approved=False)

    for note in ("查找 2 人", "查找 2 人", "查找 3 人"):
        report_duty(
            duty,
            period="2026年",
            note=note,
            actor=village.actor("ma"),
            today=TODAY,
            stamp=village.stamp("ma"),
        )

    (facts,) = duties_below([h.path for h in village.actor("xiang").holdings], on=TODAY)
    assert (facts.department, facts.liaison, facts.partners) == (
        "石桥派出所",
        "邵文澜",
        ("石桥乡",),
    )
    assert [(r.note, r.by_name) for r in facts.reports] == [("查找 3 人", "马宁")]
    assert verify(village.county_id).findings == []


def test_a_duty_is_given_once_and_not_by_strangers(village, police):
    give(village, "xiang")
    with pytest.raises(DutyThere):
        give(village, "xiang")
    with pytest.raises(Unit.DoesNotExist):
        give(village, "tan")
