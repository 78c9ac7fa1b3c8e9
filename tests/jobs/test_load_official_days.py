"""The command that loads the packaged days off."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from notoneless.places.queries.calendar_desk import notices_standing

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-305")]


def load(*arguments) -> list[str]:
    out = StringIO()
    call_command("load_official_days", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_four_years_are_loaded_and_the_last_is_provisional(village) -> None:
    lines = load("--to-year=2027")

    assert lines[2:] == [
        "青禾县 2026: 33 days off, 6 make-up days, as published",
        "青禾县 2027: 19 days off, 0 make-up days, provisional",
    ]
    standing = notices_standing(village.county_id)
    assert [(n.year, n.is_provisional) for n in standing] == [
        (2024, False),
        (2025, False),
        (2026, False),
        (2027, True),
    ]


def test_the_second_run_has_nothing_to_say(village) -> None:
    load("--to-year=2027")

    assert load("--to-year=2027") == []
