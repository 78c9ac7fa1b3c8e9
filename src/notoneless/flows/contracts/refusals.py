"""Why a contract is not drawn up, signed or changed."""

from __future__ import annotations

from notoneless.rules.refusal import Refusal


class NotNow(Refusal):
    """The contract has come too far, or not far enough, for this act."""

    code = "CONTRACT-01"


class NotYourLine(Refusal):
    """The actor holds no line of this contract that is still to be signed."""

    code = "CONTRACT-04"


class NobodyToSign(Refusal):
    """No post is held, or no unit, teacher or family is there, to draw a contract up for."""

    code = "CONTRACT-06"


class WordsMissing(Refusal):
    """A reason, a place or a clause was left empty."""

    code = "CONTRACT-07"


class NoSuccessor(Refusal):
    """The post is vacant, or its holder has not changed."""

    code = "CONTRACT-08"


class NotThisLayer(Refusal):
    """A unit of this kind is not party A of such a contract."""

    code = "CONTRACT-09"


class WrongCopies(Refusal):
    code = "CONTRACT-10"


class TooManyToPrint(Refusal):
    code = "CONTRACT-12"
