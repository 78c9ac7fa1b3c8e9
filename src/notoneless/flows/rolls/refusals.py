"""Why a roll, a lesson mark or a leave is not taken."""

from __future__ import annotations

from notoneless.rules.refusal import Refusal


class NotInClass(Refusal):
    """Somebody on the form was not in the class that day; the whole form is refused."""

    code = "ROLL-01"


class FutureDay(Refusal):
    code = "ROLL-02"


class NoClassThatDay(Refusal):
    """The calendar has no class; the teacher must say that there was."""

    code = "ROLL-03"


class NotHeldWithoutReason(Refusal):
    code = "ROLL-04"


class LateWithoutReason(Refusal):
    code = "ROLL-05"


class CorrectionWithoutReason(Refusal):
    code = "ROLL-06"


class IdUsed(Refusal):
    """A roll with this id says something else; the phone must make a new id."""

    code = "ROLL-07"


class NotYourSession(Refusal):
    """Subject teachers call lessons, dormitory keepers the evening and the return."""

    code = "ROLL-08"


class EmptyClass(Refusal):
    code = "ROLL-09"


class UnknownSession(Refusal):
    code = "ROLL-10"


class MarkedTwice(Refusal):
    code = "ROLL-11"


class NothingToDecide(Refusal):
    """The roll chosen no longer stands or contends: somebody decided before."""

    code = "ROLL-12"


class DecisionWithoutReason(Refusal):
    code = "ROLL-13"


class MarksInNoClass(Refusal):
    """A session that was not held has no absentees."""

    code = "ROLL-14"


class LeaveBackwards(Refusal):
    code = "LEAVE-01"


class LeaveOverlaps(Refusal):
    code = "LEAVE-02"


class LeaveDecided(Refusal):
    code = "LEAVE-03"


class LeaveNotApproved(Refusal):
    """Proof is noted of leave that stands."""

    code = "LEAVE-04"


class EventBackwards(Refusal):
    code = "AREA-01"


class EventWithoutCause(Refusal):
    code = "AREA-02"


class EventOver(Refusal):
    code = "AREA-03"


class LeaveSaidElse(Refusal):
    """A leave with this id says something else; the page was left open and filled in again."""

    code = "LEAVE-05"


class LeaveOutsideTerm(Refusal):
    """A guardian asks for days of this term only."""

    code = "LEAVE-06"


class HardshipUnsaid(Refusal):
    code = "HARDSHIP-01"


class HardshipInFuture(Refusal):
    """The day lies after today, or the measure before the alert."""

    code = "HARDSHIP-02"


class TravelOutOfMeasure(Refusal):
    code = "TRAVEL-01"


class TravelBackwards(Refusal):
    """It cannot hold from a day to come, nor from before what it replaces."""

    code = "TRAVEL-02"
