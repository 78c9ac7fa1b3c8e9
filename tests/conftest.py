from __future__ import annotations

import os

# Set before Django reads its settings: cheap password hashes, no debug pages.
os.environ.setdefault("NOTONELESS_MODE", "test")
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests.world import NOW, Village, build

# How fast a machine is says nothing about what is right.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def nobody_left_another_language_on():
    """A page asked for in English leaves its language on for the next test of the worker."""
    translation.activate("zh-hans")


@pytest.fixture
def village(db: None) -> Village:
    return build()


@pytest.fixture
def signed_in(village: Village):
    """``signed_in("chen")`` is a browser in which Chen is signed in, at 08:00 on 2026-11-20."""
    with time_machine.travel(NOW, tick=False):

        def sign_in(key: str) -> Client:
            client = Client()
            client.force_login(
                village.account(key), backend="django.contrib.auth.backends.ModelBackend"
            )
            return client

        yield sign_in
