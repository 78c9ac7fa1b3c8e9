"""Long work on SQLite, which has one writer, lets others write in between."""

from __future__ import annotations

from time import sleep

from django.db import connection

BREATH_SECONDS = 0.06


def let_others_write() -> None:
    """Call between two transactions of long work: a page that waits for its turn to write only
    looks from time to time, and would find the next transaction begun already."""
    if connection.vendor == "sqlite":
        sleep(BREATH_SECONDS)
