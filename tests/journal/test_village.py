"""The journal of a county at work: what other parts of the product wrote checks out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps

from notoneless.children.models import Enrolment
from notoneless.children.models.places import SpellEnded
from notoneless.children.services.spells import end_spells
from notoneless.journal.queries import Trouble, verify
from notoneless.journal.services import seal
from notoneless.places.services.people import end_post
from tests.world import NOW

FRIDAY = date(2026, 11, 13)


def test_every_row_that_the_village_recorded_still_has_its_digest(village):
    seal(village.county_id, now=NOW + timedelta(minutes=1))
    report = verify(village.county_id)
    assert report.findings == []
    assert report.rows_checked == report.sealed > 20


def test_checking_rows_costs_a_few_statements_for_each_table(
    village, django_assert_max_num_queries
):
    seal(village.county_id, now=NOW + timedelta(minutes=1))
    tables = sum(hasattr(model, "journal_facts") for model in apps.get_models())
    with django_assert_max_num_queries(10 + 4 * tables):
        verify(village.county_id)


@pytest.fixture
def lans_spell(village):
    """Lan's registration, ended on a Friday and written down."""
    child = village.children["lan"].pk
    (spell,) = end_spells(
        [child], on=FRIDAY, ended=SpellEnded.TRANSFERRED_OUT, stamp=village.stamp("chen")
    )
    assert verify(village.county_id).is_whole
    return spell


def troubles(village):
    return [finding.trouble for finding in verify(village.county_id).findings]


def test_an_end_dated_back_is_found(village, lans_spell):
    Enrolment.objects.filter(pk=lans_spell.pk).update(to_on=date(2026, 10, 1))
    assert troubles(village) == [Trouble.ROW_CHANGED]


def test_another_way_of_ending_is_found(village, lans_spell):
    Enrolment.objects.filter(pk=lans_spell.pk).update(ended=SpellEnded.CLASS_CHANGED)
    assert troubles(village) == [Trouble.ROW_CHANGED]


def test_an_end_taken_back_is_found(village, lans_spell):
    Enrolment.objects.filter(pk=lans_spell.pk).update(to_on=None, ended="")
    assert troubles(village) == [Trouble.ROW_CHANGED]


def test_a_spell_ended_quietly_is_found(village):
    child = village.children["lan"].pk
    Enrolment.objects.filter(child=child).update(to_on=FRIDAY, ended=SpellEnded.TRANSFERRED_OUT)
    assert troubles(village) == [Trouble.ENDED_UNRECORDED]


def test_an_end_that_was_lawfully_dated_anew_counts_as_last_written(village):
    post = village.people["chen"].posts.get()
    end_post(post.pk, on=date(2026, 12, 31), stamp=village.stamp("fang"))
    end_post(post.pk, on=date(2026, 11, 30), stamp=village.stamp("fang"))
    assert troubles(village) == []
    post.refresh_from_db()
    post.to_on = date(2026, 12, 31)
    post.save()
    assert troubles(village) == [Trouble.ROW_CHANGED]
