"""Why a whole file cannot be read."""

from __future__ import annotations

from notoneless.rules.refusal import Refusal


class UnusableFile(Refusal):
    """Nothing of this file can be taken. ``fault`` says why, ``facts`` fill its sentence."""

    code = "ROSTER-01"

    def __init__(self, fault: str, **facts: object) -> None:
        super().__init__(fault=fault, **facts)
        self.fault = fault


FAULTS = (
    "not_a_sheet",
    "web_page",
    "encrypted",
    "broken",
    "too_large",
    "packed_too_tightly",
    "wrong_encoding",
    "empty",
    "no_heading_row",
    "columns_missing",
    "column_twice",
    "no_rows",
    "gone",
)
"""Every ``fault`` that a file can have; sentences are in ``flows.roster.sentences``."""
