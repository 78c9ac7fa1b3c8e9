"""Why a step of a case is not taken."""

from __future__ import annotations

from collections.abc import Iterable

from notoneless.rules.cases.balances import PaperFault
from notoneless.rules.cases.guards import Obstacle
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.cases.said import Faulty
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.refusal import Refusal


class StepBlocked(Refusal):
    """Something stands in the step's way; ``obstacles`` says what, and until when."""

    code = "CASE-01"

    def __init__(self, step: StepKind, obstacles: Iterable[Obstacle]) -> None:
        self.step, self.obstacles = step, tuple(obstacles)
        super().__init__(step=step.value, missing=[o.missing.value for o in self.obstacles])


class StepFaulty(Refusal):
    """Answers that cannot be taken; ``faults`` says which."""

    code = "CASE-02"

    def __init__(self, step: StepKind, faults: Iterable[Faulty]) -> None:
        self.step, self.faults = step, tuple(faults)
        super().__init__(step=step.value, fields=[fault.name for fault in self.faults])


class StepOutOfTime(Refusal):
    """A day in the future, before the case, or a deadline that is no day after the step's."""

    code = "CASE-03"


class CaseOpenAlready(Refusal):
    """The child has an open case; ``case_id`` says which."""

    code = "CASE-04"


class ChildNowhere(Refusal):
    """The child is registered at no school of the county: whose case would it be?"""

    code = "CASE-05"


class ContactPaused(Refusal):
    """Nobody is to go to this family now. Nothing says why."""

    code = "CASE-06"


class StepIdUsed(Refusal):
    """Another step has this id already."""

    code = "CASE-07"


class NotTakenBack(Refusal):
    """The step cannot be taken back: it is not the last, or it proves itself."""

    code = "CASE-08"


class PapersFaulty(Refusal):
    """The old papers of a case do not bear out its step; ``faults``: kind and what is wrong."""

    code = "BALANCE-01"

    def __init__(self, faults: Iterable[tuple[DocumentKind, PaperFault]]) -> None:
        self.faults = tuple(faults)
        super().__init__(count=len(self.faults))


class OfficeUnknown(Refusal):
    """No unit that has to do with the child's case wrote this old paper."""

    code = "BALANCE-06"


class PlanIncomplete(Refusal):
    """The plan of this place lacks a figure that the step needs; ``key`` says which."""

    code = "CASE-09"


class AnsweredAlready(Refusal):
    """A hand-over, referral, sub-case or request that has its answer."""

    code = "CASE-10"


class CauseShown(Refusal):
    """Typed words would tell people outside the school a cause that stays inside; ``word``."""

    code = "CASE-11"
