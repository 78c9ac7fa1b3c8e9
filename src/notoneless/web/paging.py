"""A page of rows that a query has cut already, for the pager's links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator


class _Counted(Paginator[Any]):
    def __init__(self, total: int, per_page: int) -> None:
        super().__init__((), per_page)
        self._total = total

    @property
    def count(self) -> int:  # a cached property in Django
        return self._total


def page_of(rows: Sequence[Any], *, total: int, number: int, per_page: int) -> Page[Any]:
    """``rows`` as page ``number`` (from 1) of ``total`` rows; asks the database nothing."""
    return Page(rows, number, _Counted(total, per_page))


def number_in(text: str) -> int:
    """A page number typed into an address; 1 for whatever is none."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 8 else 1
