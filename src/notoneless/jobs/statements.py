"""Long work without Django's memory of statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def statements_forgotten() -> Iterator[None]:
    """Keep no list of SQL statements meanwhile, also in development.

    With ``DEBUG`` Django writes every statement out with its values and keeps the last 9,000: an
    import takes a sixth longer and half a gigabyte more. For processes that do one thing at a time.
    """
    was = settings.DEBUG
    settings.DEBUG = False
    try:
        yield
    finally:
        settings.DEBUG = was
