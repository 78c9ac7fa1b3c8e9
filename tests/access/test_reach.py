"""Where an actor may act, and where not."""

from __future__ import annotations

import pytest

from notoneless.access.actor import NotAllowed
from notoneless.access.reach import FromAboveOnly, must_at, must_be_above
from notoneless.places.models import Unit
from notoneless.places.queries import home_path
from notoneless.places.services.units import NewUnit
from notoneless.rules.roles import Capability, Role
from notoneless.rules.units import UnitKind
from tests.world import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-022")]
POSTS = Capability.MANAGE_POSTS


def reaches(village, who, at, capability=POSTS):
    unit = village.units[at].pk
    try:
        must_at(village.actor(who), capability, unit, on=TODAY)
    except NotAllowed:
        return "refused"
    except Unit.DoesNotExist:
        return "not there"
    return "yes"


@pytest.mark.parametrize(
    ("who", "at", "answer"),
    [
        ("mo", "county", "yes"),
        ("mo", "village", "yes"),
        ("mo", "primary-1", "yes"),
        ("he", "primary-1", "yes"),
        ("he", "other", "not there"),
        ("he", "shiqiao", "not there"),
        ("qin", "primary-2", "yes"),
        ("qin", "centre", "not there"),
        ("xiang", "village", "yes"),
        ("xiang", "primary", "refused"),
        ("xiang", "hekou", "not there"),
        ("chen", "primary-1", "refused"),
        ("chen", "primary-2", "not there"),
        ("shao", "primary", "refused"),
    ],
)
def test_units_are_administered_in_their_home_line(village, who, at, answer):
    assert reaches(village, who, at) == answer


@pytest.mark.parametrize(
    ("who", "role", "at", "allowed"),
    [
        ("shi", Role.PRINCIPAL, "primary", False),
        ("qin", Role.PRINCIPAL, "primary", False),
        ("he", Role.PRINCIPAL, "primary", True),
        ("he", Role.CENTRE_HEAD, "centre", False),
        ("mo", Role.CENTRE_HEAD, "centre", True),
        ("mo", Role.BUREAU_HEAD, "bureau", True),
        ("xiang", Role.TOWNSHIP_HEAD, "shiqiao", False),
        ("shi", Role.STATUS_CLERK, "primary", True),
    ],
)
def test_heads_are_dealt_with_from_above_only(village, who, role, at, allowed):
    path = home_path(village.units[at].pk, on=TODAY)
    if allowed:
        must_be_above(village.actor(who), role, path)
    else:
        with pytest.raises(FromAboveOnly):
            must_be_above(village.actor(who), role, path)


@pytest.mark.req("R-001")
def test_the_basic_education_office_looks_after_its_township(village):
    village.found("office", NewUnit(UnitKind.EDUCATION_OFFICE, "石桥乡基教办"), g="shiqiao")
    village.employ("jin", "金办", Role.TOWNSHIP_OFFICER, "office")

    assert reaches(village, "jin", "village") == "yes"
    assert reaches(village, "jin", "hekou") == "not there"
