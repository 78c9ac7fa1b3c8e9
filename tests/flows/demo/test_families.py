"""Families with several children: one guardian, one number, one page for all of them."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.test import TestCase

from notoneless.children.models import Child, Guardian
from notoneless.families.models import Saying, SayingVerdict
from notoneless.families.queries.invitations import visitor_of
from notoneless.families.services.invitations import open_visit
from notoneless.flows.demo import families
from notoneless.flows.demo.county import FIRST_DAY, DemoChild, DemoCounty, read_county
from notoneless.flows.demo.families import DECIDED_ON, SAID_ON, hear_families
from notoneless.flows.families.inviting import invite_guardian
from notoneless.flows.families.whose import children_of
from notoneless.flows.sample.children import enrol_sample_children
from notoneless.flows.sample.county import found_sample_county
from notoneless.flows.sample.school import found_sample_school
from notoneless.journal.models import Entry
from notoneless.journal.services import simulated
from tests.flows.demo.small import FOUNDED, found, told_are


def page_of(county, child_id, day):
    """The children whom the guardian of a child sees after opening his slip."""
    each = next(one for one in county.classes if child_id in county.children_of(one.id))
    guardian = Guardian.objects.get(child=child_id, superseded_at=None)
    now = county.at(day, 18)
    teacher = county.actor(each.homeroom, day)
    slip = invite_guardian(teacher, child_id, guardian.pk, today=day, now=now)
    secret = open_visit(slip.made.link, slip.made.code, address="", today=day, now=now)
    found_visitor: Any = visitor_of(secret or "", now=now)
    return {each.id for each in children_of(found_visitor[0])}


class TestOfTheRosters(TestCase):
    """Two pairs whom the record gives a father of the same name, each child another number."""

    county: DemoCounty
    asked: dict[str, list[UUID]]

    @classmethod
    def setUpTestData(cls):
        cls.county = read_county(found(children=3), day=SAID_ON)
        with told_are(), simulated(), patch.object(families, "APART", timedelta(days=300)):
            cls.asked = cls._same_names(cls.county)
            for day in (SAID_ON, DECIDED_ON):
                hear_families(cls.county, day)

    @staticmethod
    def _same_names(county):
        """The small ground's fathers bear the same names in both classes already."""
        pairs: dict[str, list[UUID]] = {}
        for row in Guardian.objects.filter(superseded_at=None).select_related("child"):
            pairs.setdefault(row.name, []).append(row.child_id)
        return pairs

    def test_one_guardian_sees_two_children_of_different_classes(self):
        for children in self.asked.values():
            assert len(children) == 2
            assert page_of(self.county, children[0], DECIDED_ON) == set(children)

    def test_the_clerk_has_accepted_number_and_address_through_the_pages_flow(self):
        said = Saying.objects.values_list("kind", flat=True)

        assert sorted(said) == ["address"] * 3 + ["phone"] * 3
        assert set(SayingVerdict.objects.values_list("verdict", flat=True)) == {"accepted"}
        assert SayingVerdict.objects.count() == 6
        assert self.county.refused == []

    def test_before_the_clerk_has_decided_nothing_is_overwritten(self):
        older = Guardian.objects.exclude(superseded_at=None)

        assert older.exists()
        assert all(row.superseded_at >= self.county.at(DECIDED_ON, 15) for row in older)

    def test_all_of_it_bears_the_mark_of_a_demo(self):
        assert not Entry.objects.filter(is_simulated=False).exists()

    def test_on_other_days_nothing_is_said(self):
        before = Saying.objects.count()
        hear_families(self.county, FIRST_DAY)

        assert Saying.objects.count() == before


class TestLeftAlone(TestCase):
    def test_a_family_of_which_a_person_has_a_child_in_hand_says_nothing(self):
        county = read_county(found(children=2), day=SAID_ON)
        child = next(iter(county.children))
        county.kept["taken"] = frozenset({child})
        with told_are(), simulated(), patch.object(families, "APART", timedelta(days=300)):
            hear_families(county, SAID_ON)

        name = Guardian.objects.get(child=child, superseded_at=None).name
        of_it = Guardian.objects.filter(name=name).values("child")
        assert Saying.objects.exists()
        assert not Saying.objects.filter(child__in=of_it).exists()


def test_children_born_too_close_are_not_of_one_mother():
    def born(day):
        return DemoChild(None, f"x/{day}", None, None, False, "x")  # type: ignore[arg-type]

    tight, enough = born("2017-01-01"), born("2017-11-27")
    assert list(families._apart([born("2016-02-06"), tight, enough])) == [
        born("2016-02-06"),
        tight,
        enough,
    ]
    assert list(families._apart([born("2016-02-07"), tight])) == [born("2016-02-07")]


@pytest.mark.django_db
def test_three_families_of_the_village_school_enter_two_or_three_children():
    with simulated():
        county_id = found_sample_county(now=FOUNDED, today=FOUNDED.date())
        school = found_sample_school(county_id, now=FOUNDED, today=FIRST_DAY)
        enrol_sample_children(school, Random(1))  # noqa: S311  # invented people
        seats = {grade: sorted(children) for grade, children in school.children.items()}
        families.enrol_siblings(school)
    county = read_county(county_id, day=FIRST_DAY)
    younger = Child.objects.exclude(pk__in=[c for members in seats.values() for c in members])

    assert younger.count() == 4
    sizes = sorted(
        len(page_of(county, child, FIRST_DAY)) for child in younger.values_list("pk", flat=True)
    )
    assert sizes == [2, 2, 3, 3]
    # The script names children by their seat: nobody sits before them.
    assert all(child > max(seats[6]) for child in younger.values_list("pk", flat=True))
