"""Anticipated "no": something the rules or the record do not allow."""

from __future__ import annotations


class Refusal(Exception):
    """An answer, not a bug. ``code`` is stable and never reused; ``facts`` fill the message.

    The sentence is written at the edge, in the reader's language (``web/refusals.py``).
    """

    code = "REFUSED"

    def __init__(self, **facts: object) -> None:
        super().__init__(f"{self.code} {facts}")
        self.facts = facts
