"""Why a guardian is not invited, or what he said is not taken or decided."""

from __future__ import annotations

from notoneless.rules.refusal import Refusal


class NobodyToInvite(Refusal):
    """The record names no guardian of this child, or none in the whole class."""

    code = "FAMILY-01"


class AlreadyDecided(Refusal):
    """Somebody decided it before."""

    code = "FAMILY-02"


class AddressUnsaid(Refusal):
    code = "FAMILY-03"
