"""The foreseen noes of reports, meetings and campaigns."""

from __future__ import annotations

from notoneless.rules.refusal import Refusal


class NotAsked(Refusal):
    """No plan here asks for this report of these days, or its days have not begun."""

    code = "RETURN-04"


class TextTooShort(Refusal):
    """A written report says something in its author's own words."""

    code = "RETURN-05"


class NothingToAccept(Refusal):
    """Nothing waits any more."""

    code = "RETURN-06"


class MeetingFaulty(Refusal):
    """Minutes lack what they must say: ``lacks`` names it."""

    code = "MEETING-01"


class MeetingUsed(Refusal):
    """This page was sent before, with another meeting in it."""

    code = "MEETING-02"


class DecisionAnswered(Refusal):
    """Somebody has said already what came of it."""

    code = "MEETING-03"


class AlreadyWithdrawn(Refusal):
    code = "MEETING-04"


class MeetingAnswered(Refusal):
    """Something came of its decisions already: it cannot be withdrawn."""

    code = "MEETING-05"


class CampaignFaulty(Refusal):
    """A plan, an activity or a report lacks what it must say, or its day lies outside."""

    code = "CAMPAIGN-01"


class CampaignUsed(Refusal):
    """This page was sent before, with something else in it."""

    code = "CAMPAIGN-02"
