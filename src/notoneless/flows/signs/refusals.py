"""Why a word, a list or a need is not taken."""

from __future__ import annotations

from notoneless.rules.refusal import Refusal


class KindUnknown(Refusal):
    """The place's policy has no such sign."""

    code = "SIGN-01"


class CauseUnknown(Refusal):
    code = "SIGN-02"


class SeenInFuture(Refusal):
    code = "SIGN-03"


class NotInAnyClass(Refusal):
    """The child is registered in no class, so that nobody would read the word."""

    code = "SIGN-04"


class WordCleared(Refusal):
    """Somebody has cleared it before."""

    code = "SIGN-05"


class ClearedWithoutVisit(Refusal):
    """A sign is cleared after a visit on or after the day on which it was seen."""

    code = "SIGN-06"


class NothingSaid(Refusal):
    code = "SIGN-07"


class UntilTooFar(Refusal):
    """Acting goes on from today, for a stretch that somebody can oversee."""

    code = "SIGN-08"


class IdUsedTwice(Refusal):
    """Another record was sent under this id."""

    code = "SIGN-09"


class NotEscalated(Refusal):
    """A joint measure follows an escalation."""

    code = "SIGN-10"


class AlreadyEscalated(Refusal):
    code = "SIGN-11"


class ListNeedsReason(Refusal):
    """Outside the plan's band, or empty: one written reason closes it (R-077)."""

    code = "KEY-01"


class PupilWithoutCriterion(Refusal):
    """A child stands on the list by criteria that are met, with what shows it."""

    code = "KEY-02"


class NotOfThisClass(Refusal):
    code = "KEY-03"


class NoTerm(Refusal):
    """Lists and needs belong to a term; none is loaded for the day."""

    code = "KEY-04"


class NothingToClose(Refusal):
    """The list stands closed and nobody has changed it."""

    code = "KEY-05"


class NotOnTheList(Refusal):
    """A file is kept on a pupil whom a closed list of the term names."""

    code = "KEY-06"


class ListChanged(Refusal):
    """Somebody changed or closed the list after the page was opened."""

    code = "KEY-07"


class NotInPeriod(Refusal):
    """The accuracy of signs is counted over a stretch of at most three years."""

    code = "SIGN-12"
