"""Who may read a paper: by its kind, by the tie to its child, by the post that looks.

Somebody reads a paper through its child, as its office, or as its receiver; each way is judged
alone. A report of a crime against a child is read through its flag only. Source: R-300, product
§Protection.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS, UnitKind


class Circle(StrEnum):
    """Within which circle a paper is read."""

    SCHOOL = "school"
    """The school and those above it in the education line: what was said and found at home."""
    CASE = "case"
    """Whoever works with the child's case."""
    COURT = "court"
    """The same, but no village and no group: court papers and what was said to defend oneself."""
    FLAG = "flag"
    """Nobody but the flag's door."""


K = DocumentKind
CIRCLE: Mapping[DocumentKind, Circle] = MappingProxyType(
    {
        **dict.fromkeys(DocumentKind, Circle.CASE),
        **dict.fromkeys(
            (K.VISIT_RECORD, K.CLASS_REPORT, K.WATCH_RECORD, K.PLACEMENT_PLAN), Circle.SCHOOL
        ),
        **dict.fromkeys(
            (
                K.STATEMENT_RECORD,
                K.PENALTY_DECISION,
                K.DEMAND,
                K.ENFORCEMENT_APPLICATION,
                K.CIVIL_COMPLAINT,
                K.REFERRAL,
                K.ADVICE_REPLY,
            ),
            Circle.COURT,
        ),
        K.MANDATORY_REPORT: Circle.FLAG,
    }
)
CASE_TIES = frozenset({"school", "residence", "hukou", "helper"})
TIES: Mapping[Circle, frozenset[str]] = MappingProxyType(
    {
        Circle.SCHOOL: frozenset({"school"}),
        Circle.CASE: CASE_TIES,
        Circle.COURT: CASE_TIES - {"helper"},
        Circle.FLAG: frozenset(),
    }
)
"""Through which ties between a unit and the child a circle reads."""
EDUCATION = SCHOOLS | {
    UnitKind.CLASS,
    UnitKind.GRADE,
    UnitKind.CENTRE_SCHOOL,
    UnitKind.EDUCATION_OFFICE,
    UnitKind.BUREAU,
}
NOT_COURT = frozenset({UnitKind.VILLAGE, UnitKind.GROUP, UnitKind.DEPARTMENT})
READS_AS_RECEIVER = frozenset({Capability.SEE_CASES, Capability.ANSWER_REFERRALS})
ORDERS = frozenset(
    {
        K.CORRECTION_ORDER,
        K.PENALTY_DECISION,
        K.DEMAND,
        K.ENFORCEMENT_APPLICATION,
        K.CIVIL_COMPLAINT,
    }
)
"""Papers that only who may order guardians signs, withdraws and replaces."""


def reads(circle: Circle, unit: UnitKind, capabilities: frozenset[Capability]) -> bool:
    """Whether a post at a unit of this kind reads papers of ``circle`` about children it reaches,
    and those that its office or one below it wrote."""
    if Capability.SEE_CASES not in capabilities or circle is Circle.FLAG:
        return False
    if circle is Circle.SCHOOL:
        return unit in EDUCATION
    return circle is Circle.CASE or unit not in NOT_COURT


def kinds_of(circle: Circle) -> frozenset[DocumentKind]:
    return frozenset(kind for kind, its in CIRCLE.items() if its is circle)


def signs(kind: DocumentKind) -> Capability:
    """What signing, withdrawing and replacing such a paper needs."""
    return Capability.ORDER_GUARDIANS if kind in ORDERS else Capability.ISSUE_PAPERS


FILE_OF_CASE = "case"
"""The kind of the file that a case's papers lie in."""
ANSWERED_IN_CASE = frozenset({DocumentKind.DROPOUT_REPORT, DocumentKind.REFERRAL})
"""Of a case's file: accepted, sent back and answered there, by each receiver once."""
