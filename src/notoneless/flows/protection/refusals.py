"""What the protection pages refuse. Who may not know of a flag is not refused but told 404."""

from __future__ import annotations

from notoneless.rules.refusal import Refusal


class FlagClosed(Refusal):
    """Nothing is added to a flag that two people have closed; raise a new one."""

    code = "PROTECT-01"


class SamePerson(Refusal):
    """Who proposed the closing does not confirm it."""

    code = "PROTECT-02"


class PoliceNotTold(Refusal):
    """Only a mistake is closed without the police."""

    code = "PROTECT-03"


class ClosingProposed(Refusal):
    """Another officer has proposed to close it a moment ago."""

    code = "PROTECT-04"


class NothingProposed(Refusal):
    """The proposal was answered a moment ago, or there is none."""

    code = "PROTECT-05"


class NobodyDescribed(Refusal):
    """Neither a child's file nor words about the child."""

    code = "PROTECT-06"
