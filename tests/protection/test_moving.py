"""A child that moves takes its flag along: one post has it, the one where the child is now."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notoneless.children.models.places import SpellBegun
from notoneless.children.services.spells import NewSpell, begin_spells
from notoneless.flows.protection.following import follow_children
from notoneless.journal.queries import verify
from notoneless.protection.models import FlagLine
from notoneless.protection.queries.silence import silenced
from notoneless.rules.roles import Role
from tests.duties.desk import sweep
from tests.protection.desk import close, knows, name_officers, raised, staff, who_knows
from tests.world import NOW, TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-294")]
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def watched(village: Village) -> Village:
    """Officers at 石桥 and above, and one at the other school."""
    name_officers(village)
    village.employ("gao", "高远", Role.CHILD_PROTECTION_OFFICER, "other")
    village.account("gao")
    return village


def move(v: Village, name: str = "lan", to: str = "other", on=TODAY) -> None:
    spell = NewSpell(
        v.children[name].pk, v.units[to].pk, v.units[f"{to}-1"].pk, SpellBegun.TRANSFERRED_IN
    )
    begin_spells([spell], from_on=on, stamp=v.stamp())


def follow(v: Village, on=TODAY) -> int:
    return follow_children(v.county_id, today=on, now=NOW)


def test_after_the_move_the_new_schools_officer_has_it_and_the_old_one_no_longer(watched: Village):
    flag = raised(watched)
    move(watched)
    assert who_knows(watched, flag) == {"chen", "an", "bai"}  # until the night

    assert follow(watched) == 1
    assert who_knows(watched, flag) == {"chen", "gao"}
    assert silenced([watched.lan.pk], county_id=watched.county_id, on=TODAY)


def test_the_night_does_it_and_a_dry_run_does_not(watched: Village):
    flag = raised(watched)
    move(watched)
    sweep(watched, TODAY, is_dry=True)
    assert not knows(watched, "gao", flag)

    sweep(watched, TODAY)
    assert knows(watched, "gao", flag)


def test_without_a_move_nothing_is_written_however_often(watched: Village):
    raised(watched)
    rows = FlagLine.objects.count()

    assert [follow(watched), follow(watched)] == [0, 0]
    assert FlagLine.objects.count() == rows


def test_a_child_that_comes_back_brings_it_back(watched: Village):
    flag = raised(watched, on=YESTERDAY)
    move(watched, on=YESTERDAY)
    follow(watched, YESTERDAY)
    move(watched, to="primary", on=TODAY)

    assert follow(watched) == 1
    assert who_knows(watched, flag) == {"chen", "an", "bai"}
    assert not [f for f in verify(watched.county_id).findings if "protection." in f.row]


def test_where_the_new_line_has_no_officer_it_stays_with_who_has_it(village: Village):
    name_officers(village, "an", "bai")
    flag = raised(village)
    rows = FlagLine.objects.count()
    move(village)

    assert follow(village) == 0
    assert who_knows(village, flag) == {"chen", "an", "bai"}
    assert FlagLine.objects.count() == rows


def test_whoever_is_concerned_does_not_get_it_by_the_move(watched: Village):
    flag = raised(watched, staff(watched, "gao"))
    move(watched)
    follow(watched)

    assert not knows(watched, "gao", flag)
    assert knows(watched, "deng", flag)  # 河口镇 has no officer of its own


def test_a_closed_flag_stays_where_it_was_closed(watched: Village):
    flag = raised(watched)
    close(watched, flag)
    move(watched)

    assert follow(watched) == 0
    assert not knows(watched, "gao", flag)
