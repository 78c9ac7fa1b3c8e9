"""What can be said about a roster row: the codes, whether they stop the row, and their facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as having
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Weight(StrEnum):
    """What a finding does to its row."""

    REFUSE = "refuse"
    """The row is not taken; the others go on."""
    PARK = "park"
    """The row waits for a person's decision."""
    WARN = "warn"
    """The row is taken; somebody should look."""
    NOTE = "note"
    """The row is taken and not listed as warned; the remark is kept beside it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about one row."""

    code: str
    """Stable; the sentence is looked up by it at the edge."""
    field: str
    """Key of the column concerned."""
    weight: Weight
    facts: Mapping[str, str] = having(default_factory=dict)
    """Named parts of the sentence. Never a whole identity number."""


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row after reading: normalized values and what was found."""

    values: Mapping[str, object]
    """Column key → text, bool or number; ISO dates; ``guardians`` and ``extra`` hold the rest."""
    findings: tuple[Finding, ...]

    @property
    def is_refused(self) -> bool:
        """Whether anything stops this row."""
        return any(finding.weight is Weight.REFUSE for finding in self.findings)


_REFUSALS: Final = (
    "school_code_missing school_code_wrong school_kind_out_of_scope unknown_school "
    "school_not_yours name_missing name_has_markup name_unreadable name_too_long formula_in_cell "
    "id_missing id_length id_characters id_impossible_date id_check_digit id_scientific_notation "
    "birth_date_missing birth_date_unreadable birth_date_mismatch sex_missing sex_mismatch "
    "unknown_ethnic_value class_missing class_unreadable grade_unknown beyond_compulsory "
    "entry_month_missing entry_month_unreadable entry_month_impossible duplicate_in_file "
    "value_too_long"
)
_PARKINGS: Final = ["listed_by_two_schools"]
_WARNINGS: Final = (
    "bad_phone disabled_not_in_inclusive_class inclusive_class_without_disability "
    "class_grade_mismatch sex_from_id birth_date_from_id id_kind_unknown field_missing "
    "unknown_value unreadable_value region_code_wrong student_number_wrong guardian_id_wrong "
    "name_has_digits name_private_sign age_unlikely text_like_formula loose_value no_id_number"
)

_NOTES: Final = ["other_disability_not_in_inclusive_class"]

KNOWN: Final[Mapping[str, frozenset[Weight]]] = MappingProxyType(
    {code: frozenset({Weight.REFUSE}) for code in _REFUSALS.split()}
    | {code: frozenset({Weight.PARK}) for code in _PARKINGS}
    | {code: frozenset({Weight.WARN}) for code in _WARNINGS.split()}
    | {code: frozenset({Weight.NOTE}) for code in _NOTES}
    | {"unknown_ethnic_value": frozenset({Weight.REFUSE, Weight.WARN})}
)
"""Every code a row can bear. A code is never reused with another meaning."""


def refuse(code: str, field_key: str, **facts: str) -> Finding:
    """A finding that stops its row."""
    return Finding(code, field_key, Weight.REFUSE, facts)


def warn(code: str, field_key: str, **facts: str) -> Finding:
    """A finding that lets its row pass."""
    return Finding(code, field_key, Weight.WARN, facts)


def note(code: str, field_key: str, **facts: str) -> Finding:
    """A finding that is kept beside its row without asking anybody to look."""
    return Finding(code, field_key, Weight.NOTE, facts)
