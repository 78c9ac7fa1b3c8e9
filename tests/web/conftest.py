from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
import time_machine
from django.test import Client

from tests.world import Village

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def browse(village: Village):
    """``browse("chen", WED)`` is a browser in which Chen is signed in at eight on Wednesday;
    ``minutes`` later if said."""
    travels = []

    def sign_in(key: str, day, *, minutes: int = 0) -> Client:
        at = datetime(day.year, day.month, day.day, tzinfo=timezone.utc)
        travel = time_machine.travel(at + timedelta(minutes=minutes), tick=False)
        travel.start()
        travels.append(travel)
        client = Client()
        client.force_login(village.account(key), backend=BACKEND)
        return client

    yield sign_in
    for travel in reversed(travels):
        travel.stop()
