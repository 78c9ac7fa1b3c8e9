"""Why a settlement is not computed, decided or confirmed, and an honour not recorded."""

from __future__ import annotations

from notoneless.rules.consequences.life import Obstacle
from notoneless.rules.refusal import Refusal


class AlreadyConfirmed(Refusal):
    """Later facts are shown as differences; the settlement stays as it was confirmed."""

    code = "SETTLE-01"


class NotOver(Refusal):
    code = "SETTLE-02"


class RuleIsOff(Refusal):
    code = "SETTLE-03"


class StepNotNow(Refusal):
    code = "SETTLE-04"


class NotConfirmed(Refusal):
    code = "SETTLE-05"


class NothingToExcuse(Refusal):
    code = "SETTLE-06"


class FiledBefore(Refusal):
    code = "SETTLE-07"


class ConditionUnanswered(Refusal):
    """Of the conditions of an exemption one is answered with no, or not at all (R-216)."""

    code = "SETTLE-08"


class BearerUnnamed(Refusal):
    code = "SETTLE-09"


class MoreThanComputed(Refusal):
    """A change takes off and never adds."""

    code = "SETTLE-10"


class OneBearsIt(Refusal):
    """Whoever bears a line decides nothing of it, nor confirms what it stands in."""

    code = "SETTLE-11"


class OneMadeIt(Refusal):
    """The second person is another than the one who had it computed, or filed the exception."""

    code = "SETTLE-12"


class LinesWait(Refusal):
    code = "SETTLE-13"


class ApproverElsewhere(Refusal):
    """The policy names the level that approves (``reward_penalty_approver``)."""

    code = "SETTLE-14"


class ReasonMissing(Refusal):
    code = "SETTLE-15"


class ComputedAnew(Refusal):
    """Somebody had it computed again meanwhile; this page shows the older one."""

    code = "SETTLE-16"


class NotOnThatDay(Refusal):
    """Nothing is carried out before it was confirmed, or in the future."""

    code = "SETTLE-17"


class NotYetBegun(Refusal):
    code = "SETTLE-18"


class MovedOn(Refusal):
    """Somebody acted after the page was opened: nobody decides over what he has not seen."""

    code = "SETTLE-19"


class NothingChosen(Refusal):
    code = "SETTLE-20"


class RecordedBefore(Refusal):
    code = "HONOUR-01"


OF_OBSTACLE: dict[Obstacle, type[Refusal]] = {
    Obstacle.OFF: RuleIsOff,
    Obstacle.NOT_NOW: StepNotNow,
    Obstacle.CONFIRMED: AlreadyConfirmed,
    Obstacle.NOT_CONFIRMED: NotConfirmed,
    Obstacle.NOTHING_TO_EXCUSE: NothingToExcuse,
    Obstacle.TWICE: FiledBefore,
    Obstacle.UNANSWERED: ConditionUnanswered,
    Obstacle.UNNAMED: BearerUnnamed,
    Obstacle.MORE_THAN_COMPUTED: MoreThanComputed,
}
