"""Key-pupil lists, their files, needs; what planning hears of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.children.models import Child
from notoneless.duties.models import Duty
from notoneless.flows.duties.told import told_about
from notoneless.flows.signs.key_lists import strike_pupil, write_in_file
from notoneless.flows.signs.needs import drop_need, name_need, needs_page
from notoneless.flows.signs.refusals import (
    ListChanged,
    ListNeedsReason,
    NotOfThisClass,
    NotOnTheList,
    PupilWithoutCriterion,
)
from notoneless.journal.models import Entry
from notoneless.places.models import Unit
from notoneless.policy.services.adoptions import NewAdoption, adopt
from notoneless.rules.duties.facts import Tag
from notoneless.rules.signs.kinds import FilePart
from notoneless.rules.signs.needs import Need, OfficeList
from notoneless.signs.models import KeyList, NeedTag
from notoneless.signs.queries.key_lists import file_of
from notoneless.signs.services.key_lists import NewEntry
from tests.attendance.register import at
from tests.places.calendar_desk import AUTUMN
from tests.signs.desk import close, fill_class, open_with_people, page_of, put
from tests.world import TERM_START, TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-077")]


@pytest.fixture
def school(village: Village) -> Village:
    return open_with_people(village)


@pytest.fixture
def banded(school: Village) -> Village:
    """A class of 47 under a plan that expects a tenth to three twentieths."""
    adopt(
        NewAdoption(school.units["bureau"].pk, "S1-25/2026", TERM_START, reason="首次启用"),
        today=TODAY,
        stamp=school.stamp("lu"),
    )
    fill_class(school, 45)
    return school


def tags(school: Village, name: str, on: date = TODAY) -> frozenset[Tag]:
    child = school.children[name].pk
    told = told_about([child], county_id=school.county_id, from_on=on, until=on)
    return told.tags.get(child, frozenset())


@pytest.mark.parametrize(("count", "closes"), [(4, False), (5, True), (7, True), (8, False)])
def test_a_list_of_47_closes_from_five_to_seven(banded: Village, count: int, closes: bool):
    for n in range(count):
        put(banded, f"primary-1-c{n}")

    if not closes:
        with pytest.raises(ListNeedsReason) as refused:
            close(banded)
        assert refused.value.facts == {"count": count, "least": 5, "most": 7, "size": 47}
        close(banded, reason="逐个核实过，就是这些")
    else:
        close(banded)

    standing = page_of(banded).standing
    assert (len(standing.pupils), standing.size, standing.least, standing.most) == (
        count,
        47,
        5,
        7,
    )


def test_nobody_found_closes_with_one_reason(banded: Village):
    with pytest.raises(ListNeedsReason):
        close(banded)

    close(banded, reason="经核实没有发现")

    assert page_of(banded).standing.pupils == ()
    assert page_of(banded).standing.reason == "经核实没有发现"


def test_a_closed_list_stands_while_a_change_makes_the_next_version(school: Village):
    put(school, "lan")
    close(school)
    put(school, "gang")

    page = page_of(school)

    assert page.standing.version == 1
    assert [p.name for p in page.standing.pupils] == ["吴小兰"]
    assert page.draft.version == 2
    assert len(page.draft.pupils) == 2
    close(school)
    assert page_of(school).standing.version == 2
    assert KeyList.objects.get(version=1).superseded_at is not None
    assert Entry.objects.filter(kind="key_list.closed").count() == 2


def test_closing_twice_is_once_and_closing_an_old_page_is_refused(school: Village):
    put(school, "lan")
    close(school, version=1)
    close(school, version=1)

    assert KeyList.objects.count() == 1
    put(school, "gang")
    with pytest.raises(ListChanged):
        close(school, version=1)


def test_a_pupil_needs_a_criterion_evidence_and_the_class(school: Village):
    with pytest.raises(PupilWithoutCriterion):
        put(school, "lan", criteria=[])
    with pytest.raises(PupilWithoutCriterion):
        put(school, "lan", criteria=["ethnic"])
    with pytest.raises(PupilWithoutCriterion):
        put(school, "lan", evidence=" ")
    with pytest.raises(NotOfThisClass):
        put(school, "yan")


@pytest.mark.parametrize(("key", "wrong"), [("gao", NotAllowed), ("ke", Unit.DoesNotExist)])
def test_who_may_not_keep_the_list(school: Village, key: str, wrong: type[Exception]):
    with pytest.raises(wrong):
        put(school, "lan", by=key)


@pytest.mark.parametrize("key", ["lu", "xiang", "tan"])
def test_nobody_outside_the_school_opens_the_list(school: Village, key: str):
    with pytest.raises(Unit.DoesNotExist):
        page_of(school, key)


@pytest.mark.req("R-085", "R-090")
def test_planning_counts_key_pupils_from_closing_on(banded: Village):
    for n in range(5):
        put(banded, f"primary-1-c{n}")
    assert tags(banded, "primary-1-c0") == frozenset()

    close(banded)

    assert tags(banded, "primary-1-c0") == {Tag.KEY}
    assert tags(banded, "lan") == frozenset()
    assert Duty.objects.filter(rule="quota.visit_key", state="open").count() == 5


def test_planning_forgets_who_is_struck_from_the_next_version(school: Village):
    put(school, "lan")
    close(school)
    class_id = school.units["primary-1"].pk
    actor = school.actor("chen")
    strike_pupil(actor, class_id, school.lan.pk, today=TODAY, now=at(TODAY))
    assert tags(school, "lan") == {Tag.KEY}

    close(school, reason="已转好")

    assert tags(school, "lan") == frozenset()


def test_the_tag_ends_with_its_term(school: Village):
    put(school, "lan")
    close(school)

    assert tags(school, "lan", AUTUMN.to_on - timedelta(days=1)) == {Tag.KEY}
    assert tags(school, "lan", AUTUMN.to_on) == frozenset()


@pytest.mark.req("R-078")
def test_the_file_of_a_key_pupil_grows_entry_by_entry(school: Village):
    def write(part: FilePart, text: str, key=None):
        new = NewEntry(key or uuid7(), school.lan.pk, TODAY, part, TODAY, text)
        return write_in_file(school.actor("chen"), new, today=TODAY, now=at(TODAY))

    with pytest.raises(NotOnTheList):
        write(FilePart.RISK, "成绩下滑")
    put(school, "lan")
    close(school)
    key = uuid7()
    write(FilePart.RISK, "成绩下滑", key)
    write(FilePart.RISK, "成绩下滑", key)
    write(FilePart.CONCLUSION, "已稳定")

    assert [(e.part, e.text) for e in file_of(school.lan.pk)] == [
        (FilePart.RISK, "成绩下滑"),
        (FilePart.CONCLUSION, "已稳定"),
    ]


def need(school: Village, what: Need, name: str = "lan", by: str = "chen", on: date = TODAY):
    child = school.children[name].pk
    return name_need(school.actor(by, today=on), child, what, reason="", today=on, now=at(on, 9))


@pytest.mark.req("R-083")
def test_needs_make_the_office_s_lists_and_show_who_was_not_visited(school: Village):
    need(school, Need.LEARNING)
    need(school, Need.AID)
    need(school, Need.AID, "gang")

    page = needs_page(school.actor("chen"), school.units["primary-1"].pk, today=TODAY)

    assert [row.member.name for row in page.lists[OfficeList.DOUBLY_HARD]] == ["吴小兰"]
    assert len(page.lists[OfficeList.POOR]) == 2
    assert all(row.visited_on is None for row in page.children)


@pytest.mark.req("R-083")
def test_a_need_is_gone_when_the_term_is_and_a_second_time_changes_nothing(school: Village):
    need(school, Need.READING)
    need(school, Need.READING)

    row = NeedTag.objects.get()
    assert row.to_on == AUTUMN.to_on
    actor = school.actor("chen", today=AUTUMN.to_on)
    page = needs_page(actor, school.units["primary-1"].pk, today=AUTUMN.to_on)
    assert page.children == ()


@pytest.mark.req("R-085")
def test_who_came_back_counts_for_more_visits_until_the_watch_ends(school: Village):
    adopt(
        NewAdoption(school.units["bureau"].pk, "S0-8/2026", TERM_START, reason="首次启用"),
        today=TODAY,
        stamp=school.stamp("lu"),
    )

    need(school, Need.RETURNING)

    ends = NeedTag.objects.get().to_on
    assert tags(school, "lan", ends - timedelta(days=1)) == {Tag.RETURNED}
    assert tags(school, "lan", ends) == frozenset()
    assert Duty.objects.filter(rule="quota.visit_returned", state="open").count() == 1


@pytest.mark.req("R-083")
def test_a_need_can_be_taken_away_and_only_by_who_answers_for_the_class(school: Village):
    row = need(school, Need.READING)
    with pytest.raises(NotAllowed):
        drop_need(school.actor("gao"), row, today=TODAY, now=at(TODAY))
    with pytest.raises(Child.DoesNotExist):
        drop_need(school.actor("tan"), row, today=TODAY, now=at(TODAY))

    drop_need(school.actor("chen"), row, today=TODAY, now=at(TODAY))
    drop_need(school.actor("chen"), row, today=TODAY, now=at(TODAY))

    assert NeedTag.objects.get().ended_at is not None
    assert Entry.objects.filter(kind="need.ended").count() == 1
