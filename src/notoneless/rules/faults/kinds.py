"""What a matter of accountability is made of: its states, steps, outcomes, measures, links."""

from __future__ import annotations

from enum import StrEnum


class FaultState(StrEnum):
    """How far it has come (requirements §7.4)."""

    FOUND = "found"
    INVESTIGATED = "investigated"
    HEARING = "hearing"
    """The person was told what is held against him and until when he may state his view."""
    HEARD = "heard"
    DECIDED = "decided"
    APPEALED = "appealed"
    EXECUTED = "executed"
    NOT_UPHELD = "not_upheld"
    """Decided: no fault, or exempt from any measure."""
    OVERTURNED = "overturned"
    WITHDRAWN = "withdrawn"


ENDED = frozenset(
    {
        FaultState.EXECUTED,
        FaultState.NOT_UPHELD,
        FaultState.OVERTURNED,
        FaultState.WITHDRAWN,
    }
)
"""Nobody has the turn; an executed one can still be taken to the next rung."""


class FaultStep(StrEnum):
    """What may happen in it; each is a fact."""

    INVESTIGATED = "investigated"
    NOTICE_GIVEN = "notice_given"
    STATED = "stated"
    """The person's own statement."""
    REFUSED = "refused"
    """He declined to state anything, or the time he was given has passed in silence."""
    DECIDED = "decided"
    SHOWN = "shown"
    """The decision was put before the person."""
    WAIVED = "waived"
    """He accepts it and asks for no review."""
    APPEALED = "appealed"
    APPEAL_DECIDED = "appeal_decided"
    EXECUTED = "executed"
    TAKEN_FURTHER = "taken_further"
    """Not put right after a measure: the next rung is to be considered, with a new hearing."""
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    UPHELD = "upheld"
    EXEMPT = "exempt"
    """The facts are right, and all conditions of exemption hold (R-216)."""
    NOT_UPHELD = "not_upheld"


class AppealResult(StrEnum):
    KEPT = "kept"
    OVERTURNED = "overturned"


class Measure(StrEnum):
    """What a decision can bring about. Nothing here touches a child."""

    CRITICISM = "criticism"
    NOTICE_OF_CRITICISM = "notice_of_criticism"
    SUPERVISED_CORRECTION = "supervised_correction"
    ADMONISHING_TALK = "admonishing_talk"
    ACCOUNTABILITY = "accountability"
    ADMINISTRATIVE_SANCTION = "administrative_sanction"
    ECONOMIC_SANCTION = "economic_sanction"
    POINTS_OFF = "points_off"
    PERFORMANCE_PAY = "performance_pay"
    BONUS = "bonus"
    ALLOWANCE = "allowance"
    POST_TRANSFER = "post_transfer"
    LEGAL_PROCEDURE = "legal_procedure"
    """Handed to the authority that the law names (司法程序): no sanction of ours."""


class LinkKind(StrEnum):
    """A record that bears something out; it opens on its own page, behind its own door."""

    CASE = "case"
    """A dropout case: a decided concealment or cause counts for its loss."""
    DUTY = "duty"
    CONTACT = "contact"
    ROLL = "roll"
    REPORT = "report"


class SourceKind(StrEnum):
    """Where it came from; kept from the person charged (R-214)."""

    INSPECTION = "inspection"
    RECORDS = "records"
    """A check of the records pointed it out."""
    SUBCASE = "subcase"
    """A sub-case of a dropout case found it (T26)."""
    GUARDIAN = "guardian"
    PUPIL = "pupil"
    COLLEAGUE = "colleague"
    OTHER = "other"
