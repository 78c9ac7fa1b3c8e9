"""Why somebody is not charged, or a step in a matter of accountability is not taken."""

from __future__ import annotations

from collections.abc import Iterable

from notoneless.rules.faults.guards import Obstacle
from notoneless.rules.faults.kinds import FaultStep
from notoneless.rules.refusal import Refusal


class FaultBlocked(Refusal):
    """Something stands in the step's way; ``obstacles`` says what, and until when."""

    code = "FAULT-01"

    def __init__(self, step: FaultStep, obstacles: Iterable[Obstacle]) -> None:
        self.step, self.obstacles = step, tuple(obstacles)
        super().__init__(step=step.value, missing=[o.missing.value for o in self.obstacles])


class NowhereWritten(Refusal):
    """Neither the place's plan nor a law lets this post be charged with it."""

    code = "FAULT-02"


class NotChargeable(Refusal):
    """Nobody holds the post, or it is none that answers here."""

    code = "FAULT-03"


class AgainstOneself(Refusal):
    code = "FAULT-04"


class RaisedAlready(Refusal):
    """The same records have been raised or laid aside by somebody else."""

    code = "FAULT-05"


class FormUsed(Refusal):
    """The form was sent before with other content."""

    code = "FAULT-06"


class FaultOutOfTime(Refusal):
    """A day in the future, or before the step before it."""

    code = "FAULT-07"


class NamesAChild(Refusal):
    """What is made known names a child of the unit."""

    code = "FAULT-08"


class NoLongerProposed(Refusal):
    """The records have been put right since, or somebody has looked into it."""

    code = "FAULT-09"


class SaysTooLittle(Refusal):
    """A step needs words that others can follow."""

    code = "FAULT-10"
