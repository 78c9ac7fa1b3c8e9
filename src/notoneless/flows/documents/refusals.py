"""Why a verb about papers says no."""

from __future__ import annotations

from notoneless.rules.documents.serving import ServiceFault
from notoneless.rules.refusal import Refusal


class ServiceFaulty(Refusal):
    """The service lacks what its way of serving needs; ``faults`` says what."""

    code = "DOCUMENT-09"

    def __init__(self, faults: tuple[ServiceFault, ...]) -> None:
        super().__init__(count=len(faults))
        self.faults = faults


class ServiceIdUsed(Refusal):
    """The same form was sent before with something else in it."""

    code = "DOCUMENT-10"


class Unexplained(Refusal):
    """Withdrawing, replacing and taking back need a reason."""

    code = "DOCUMENT-11"


class TooManyPapers(Refusal):
    """More papers than are bound at once, or none; ``most``."""

    code = "DOCUMENT-12"


class KeeperUnknown(Refusal):
    """Nobody of the directory keeps the volume."""

    code = "DOCUMENT-13"


class NotReplaced(Refusal):
    """Only a standing letter, notice, order, decision or demand to a guardian is replaced."""

    code = "DOCUMENT-15"


class RestedUpon(Refusal):
    """A later paper or the court rests on the service of this one."""

    code = "DOCUMENT-16"


class NotForYou(Refusal):
    """Only the unit that received a paper takes it over or sends it back."""

    code = "DOCUMENT-14"
