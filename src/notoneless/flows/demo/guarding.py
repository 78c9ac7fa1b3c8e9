"""Keeps invented people and real children apart: production never starts on a demo's data."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError

from notoneless.journal.queries import demo_counties

SAID = (
    "这个数据库里有演示县（虚构人物）的数据，正式环境不能启动。请换一个空的数据库，不要在演示数据上开展工作。\n"
    "This database holds a demo county of invented people: production does not start on it. "
    "Give it an empty database."
)


class DemoInProduction(RuntimeError):
    """A production start found a demo's data; the program must not run."""

    def __init__(self) -> None:
        super().__init__(SAID)


def holds_demo_data() -> bool:
    """Whether a county in the database is a sample; no for one that is not made or not answering:
    others say so."""
    try:
        return bool(demo_counties())
    except DatabaseError:
        return False


def refuse_demo_data() -> None:
    """Raise ``DemoInProduction`` where real work would begin on a demo's data."""
    if settings.IS_PRODUCTION and holds_demo_data():
        raise DemoInProduction
