"""Looking after the database itself."""

from __future__ import annotations

from datetime import date, datetime

from notoneless.journal.statistics import look_at_tables


def look_at_every_table(now: datetime, today: date) -> None:
    """When the scheduler starts and then once a day; finds nothing to do on PostgreSQL."""
    look_at_tables()
