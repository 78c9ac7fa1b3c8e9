"""A child that is registered nowhere while its case stands open: who keeps the case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notoneless.access.actor import NotAllowed
from notoneless.cases.models import Case
from notoneless.children.models import Child, ChildPlace
from notoneless.children.models.places import Relation, SpellBegun, SpellEnded
from notoneless.children.services.spells import NewSpell, begin_spells, end_spells
from notoneless.contacts.queries.shown import NOTHING, shown_of
from notoneless.flows.cases.comparing import Mismatch, differences
from notoneless.flows.cases.doors import case_seen
from notoneless.rules.cases.kinds import State, StepKind
from tests.attendance.register import FRI, MON, NEXT_MON, THU, TUE, WED, call
from tests.cases.desk import case_of, family, look, state_of, take
from tests.duties.desk import S1_29, under
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-120", "R-121")]
K = StepKind


@pytest.fixture
def gone(village: Village) -> Village:
    """Lan's case opened on Tuesday; on Wednesday the roster has her no more. No home is known."""
    v = under(family(village), S1_29)
    ChildPlace.objects.filter(child=v.lan).exclude(relation=Relation.SCHOOL).delete()
    for day in (MON, TUE):
        call(v, day, "lan")
    look(v, TUE)
    end_spells([v.lan.pk], on=WED, ended=SpellEnded.TRANSFERRED_OUT, stamp=v.stamp("qin"))
    look(v, WED)
    return v


def sees(v: Village, who: str, day=WED) -> bool:
    try:
        case_seen(v.actor(who, today=day), case_of(v).pk, today=day)
    except Case.DoesNotExist:
        return False
    return True


def doors(v: Village) -> int:
    return ChildPlace.objects.filter(relation=Relation.CASE, to_on=None).count()


def test_the_last_school_and_all_above_it_keep_the_case_and_nobody_else(gone: Village):
    assert {who for who in ("chen", "qin", "xiang", "lu", "tan") if sees(gone, who)} == {
        "qin",
        "xiang",
        "lu",
    }
    qin = gone.actor("qin", today=WED)
    assert Child.objects.seen_by(qin, on=WED).filter(pk=gone.lan.pk).exists()


def test_the_comparison_lists_it_for_them(gone: Village):
    for who in ("qin", "xiang", "lu"):
        found = differences(gone.actor(who, today=THU), today=THU)
        assert [(each.kind, each.child_id) for each in found] == [
            (Mismatch.LEFT_REGISTER, gone.lan.pk)
        ]
    assert differences(gone.actor("tan", today=THU), today=THU) == []


def test_they_work_in_it_until_it_is_closed_and_then_the_door_closes(gone: Village):
    with pytest.raises((NotAllowed, Case.DoesNotExist)):
        take(gone, K.DETERMINED, by="tan", day=THU, result="dropped_out", criteria="未到校")
    take(gone, K.CLOSING_ASKED, by="qin", day=THU, outcome="transferred", evidence="接收证明")
    take(gone, K.CLOSED, by="lu", day=THU, outcome="transferred")

    look(gone, FRI)

    assert state_of(gone) is State.CLOSED_OTHER
    assert (doors(gone), sees(gone, "qin", FRI)) == (0, False)


def test_a_school_that_has_the_child_again_has_its_own_door(gone: Village):
    spell = NewSpell(
        gone.lan.pk, gone.units["primary"].pk, gone.units["primary-1"].pk, SpellBegun.ENROLLED
    )
    begin_spells([spell], from_on=THU, stamp=gone.stamp("qin"))

    look(gone, THU)

    assert (doors(gone), sees(gone, "chen", THU)) == (0, True)


def test_looking_again_opens_no_second_door(gone: Village):
    before = doors(gone)

    look(gone, THU)
    look(gone, NEXT_MON + timedelta(days=1), everything=True)

    assert doors(gone) == before == 2  # one in each line


def test_a_child_that_is_registered_has_no_such_door(village: Village):
    under(family(village), S1_29)
    for day in (MON, TUE):
        call(village, day, "lan")
    look(village, TUE)

    assert doors(village) == 0


def test_what_was_said_at_home_stays_hidden_behind_this_door(gone: Village):
    shown = shown_of(gone.actor("qin", today=THU), [gone.lan.pk], on=THU)

    assert shown.get(gone.lan.pk, NOTHING) != NOTHING
    assert not shown[gone.lan.pk].statements
