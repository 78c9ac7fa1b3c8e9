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


class SignByUnfit(Refusal):
    """The last day for signing is over, or does not lie in the contract's period."""

    code = "CONTRACT-13"


class FigureInWords(Refusal):
    """An added clause names a per cent in its words, where no target would ever read it."""

    code = "CONTRACT-14"


class FigureNotHere(Refusal):
    """The contract binds to no such target, or what was sent is no per cent."""

    code = "CONTRACT-15"


class FigureLaxer(Refusal):
    """An added clause asks less of a target than the policy does."""

    code = "CONTRACT-16"
