"""Who knows of a flag: its reporter and the one officer who has it; nobody concerned, ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notoneless.access.models import AccessApproval, User
from notoneless.children.models import Child
from notoneless.flows.protection.handling import name_concerned
from notoneless.flows.protection.refusals import NobodyDescribed
from notoneless.protection.models import CriticalFlag, FlagConcerned
from notoneless.protection.queries import open_count, waiting
from notoneless.protection.queries.doors import has_officer
from notoneless.protection.queries.flags import flag_page
from notoneless.rules.roles import CEILING, Capability, Role, capabilities_of
from tests.protection.desk import (
    answer,
    close,
    concerned,
    flag_row,
    knows,
    name_officers,
    propose,
    raised,
    staff,
    who_knows,
)
from tests.world import NOW, TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-022", "R-294")]


@pytest.fixture
def watched(village: Village) -> Village:
    return name_officers(village)


def test_only_the_reporter_and_the_schools_officers_know(watched: Village):
    assert who_knows(watched, raised(watched)) == {"chen", "an", "bai"}


def test_a_school_without_an_officer_leaves_it_to_the_township_and_that_to_the_bureau(
    village: Village,
):
    name_officers(village, "cen", "deng")
    flag = raised(village)
    assert who_knows(village, flag) == {"chen", "cen"}

    far = raised(village, by="tan", child_id=village.children["far"].pk)
    assert who_knows(village, far) == {"tan", "deng"}  # 河口镇 has nobody


def test_an_officer_who_is_concerned_is_passed_over(village: Village):
    name_officers(village, "an", "cen")

    assert who_knows(village, raised(village, staff(village, "an"))) == {"chen", "cen"}


def test_the_other_officer_of_the_school_has_it_when_one_is_concerned(watched: Village):
    assert who_knows(watched, raised(watched, staff(watched, "an"))) == {"chen", "bai"}


def test_where_nobody_names_the_member_of_staff_the_school_is_passed_over(watched: Village):
    assert who_knows(watched, raised(watched, concerned("staff"))) == {"chen", "cen"}


def test_an_officer_without_a_sign_in_or_with_access_run_out_does_not_hold_it_up(
    village: Village,
):
    name_officers(village, "an", "cen")
    flag = raised(village)
    User.objects.filter(username="an").update(is_active=False)
    assert knows(village, "cen", flag)

    User.objects.filter(username="an").update(is_active=True)
    assert not knows(village, "cen", flag)
    post = village.people["an"].posts.get()
    AccessApproval.objects.filter(post=post).update(to_on=TODAY)
    assert who_knows(village, flag) == {"chen", "cen"}


def test_an_officer_who_left_hands_it_up_by_leaving(village: Village):
    name_officers(village, "an", "cen")
    flag = raised(village)
    village.people["an"].posts.update(to_on=TODAY)

    assert who_knows(village, flag) == {"chen", "cen"}


def test_whoever_is_named_later_loses_sight_of_it_at_once(watched: Village):
    flag = raised(watched)
    name_concerned(watched.actor("an"), flag, staff(watched, "bai"), today=TODAY, now=NOW)
    assert who_knows(watched, flag) == {"chen", "an"}

    name_concerned(watched.actor("an"), flag, staff(watched, "chen"), today=TODAY, now=NOW)
    assert who_knows(watched, flag) == {"an"}
    with pytest.raises(CriticalFlag.DoesNotExist):
        flag_page(watched.actor("chen"), flag, on=TODAY, now=NOW)


def test_nobody_names_himself(watched: Village):
    flag = raised(watched, staff(watched, "chen"))

    assert {row.person_id for row in FlagConcerned.objects.all()} == {None}
    assert knows(watched, "chen", flag)


def test_the_levels_above_see_it_only_while_a_closing_waits_for_a_second_officer(
    watched: Village,
):
    flag = raised(watched)
    proposal = propose(watched, "an", flag)
    assert who_knows(watched, flag) == {"chen", "an", "bai", "cen", "deng"}

    answer(watched, "cen", flag, proposal, agrees=False)
    assert who_knows(watched, flag) == {"chen", "an", "bai"}


def test_without_any_officer_it_can_be_raised_and_nobody_else_knows(village: Village):
    flag = raised(village)

    assert who_knows(village, flag) == {"chen"}
    assert not has_officer(flag, on=TODAY)
    assert not flag_page(village.actor("chen"), flag, on=TODAY, now=NOW).has_officer


def test_a_child_out_of_reach_cannot_be_flagged_but_described(watched: Village):
    with pytest.raises(Child.DoesNotExist):
        raised(watched, child_id=watched.children["peng"].pk)
    with pytest.raises(NobodyDescribed):
        raised(watched, child_id=None, child_words="  ")

    flag = raised(watched, child_id=None, child_words="初二的一个男孩，住河边")
    assert who_knows(watched, flag) == {"chen", "an", "bai"}
    assert flag_row(flag).child_words == "初二的一个男孩，住河边"


def test_somebody_without_any_post_about_children_can_describe_one(watched: Village):
    flag = raised(watched, by="shi", child_id=None, child_words="校门口的一个女孩")

    assert who_knows(watched, flag) == {"shi", "an", "bai"}


def test_a_village_officer_reaches_the_childs_school(watched: Village):
    watched.employ("pan", "潘金花", Role.VILLAGE_OFFICER, "village")
    flag = raised(watched, by="pan", child_id=None, child_words="三组的一个孩子")

    assert who_knows(watched, flag) == {"pan", "cen"}


def test_the_reporter_reads_his_own_words_and_only_that_things_were_done(watched: Village):
    flag = raised(watched, concerned("guardian", words="他的父亲"))
    name_concerned(
        watched.actor("an"), flag, concerned("other", words="一个邻居"), today=TODAY, now=NOW
    )
    propose(watched, "an", flag)

    page = flag_page(watched.actor("chen"), flag, on=TODAY, now=NOW)
    assert page.facts == "手臂有多处旧伤，说是摔的。"
    assert [line.words for line in page.concerned] == ["他的父亲"]
    assert (page.steps, page.proposal, page.state.value) == ((), None, "open")
    office = flag_page(watched.actor("an"), flag, on=TODAY, now=NOW)
    assert [line.words for line in office.concerned] == ["他的父亲", "一个邻居"]
    assert (office.reporter, office.state.value) == ("陈小满", "closing")


@pytest.mark.parametrize("key", ["chen", "qin", "lu", "mo"])
def test_waiting_flags_cost_nobody_but_officers_a_statement(watched: Village, key: str):
    raised(watched)
    actor = watched.actor(key)
    with CaptureQueriesContext(connection) as seen:
        assert waiting(actor, on=TODAY) is None
        assert open_count(actor, on=TODAY) == 0
    assert len(seen) == 0


def test_an_officers_waiting_flags_are_one_statement(watched: Village):
    raised(watched, now=NOW - timedelta(hours=30))
    raised(watched)
    close(watched, raised(watched))
    actor = watched.actor("an")
    with CaptureQueriesContext(connection) as seen:
        found = waiting(actor, on=TODAY)

    assert (found.count, found.oldest_at) == (2, NOW - timedelta(hours=30))
    assert len(seen) == 1
    assert waiting(watched.actor("cen"), on=TODAY).count == 0


def test_only_the_named_post_can_ever_handle_flags_and_no_policy_takes_that_away():
    assert [r for r in Role if Capability.HANDLE_CRITICAL in CEILING[r]] == [
        Role.CHILD_PROTECTION_OFFICER
    ]
    given = capabilities_of(
        Role.CHILD_PROTECTION_OFFICER,
        is_approved=True,
        taken_away=frozenset({Capability.HANDLE_CRITICAL, Capability.SEE_HEALTH}),
    )
    assert Capability.HANDLE_CRITICAL in given
    assert Capability.SEE_HEALTH not in given
