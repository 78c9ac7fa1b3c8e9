"""Why a contact, a report or anything around them is not taken."""

from __future__ import annotations

from collections.abc import Iterable

from notoneless.rules.contacts.forms import Fault
from notoneless.rules.refusal import Refusal


class ContactFaulty(Refusal):
    """The form holds something that cannot be; ``faults`` says what."""

    code = "CONTACT-01"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(count=len(self.faults))


class TwoAdultsNeeded(Refusal):
    """A visit that finds a child alone is made by two adults."""

    code = "CONTACT-02"


class VisitWithoutProof(Refusal):
    """The plan closes a visit only with a photo, a signature, a house front or a witness."""

    code = "CONTACT-03"


class ContactIdUsed(Refusal):
    """Another contact was sent under this id."""

    code = "CONTACT-04"


class NotYourContact(Refusal):
    """Only who wrote it, or answers for the class, corrects it."""

    code = "CONTACT-05"


class ContactReplaced(Refusal):
    """Somebody has corrected or withdrawn it before."""

    code = "CONTACT-06"


class CorrectionUnexplained(Refusal):
    code = "CONTACT-07"


class TooManyPictures(Refusal):
    code = "CONTACT-08"


class PersonUnknown(Refusal):
    """Somebody named as present is not in the directory."""

    code = "CONTACT-09"


class NothingToAdd(Refusal):
    """Neither a picture nor a signature was sent."""

    code = "CONTACT-10"


class CauseUnknown(Refusal):
    """A cause that the plan's list does not have."""

    code = "CONTACT-11"


class ReportIdUsed(Refusal):
    code = "CREPORT-01"


class ReportWithoutReason(Refusal):
    """The report says why the child is away, as far as is known, and what was done."""

    code = "CREPORT-02"


class ReportReceived(Refusal):
    code = "CREPORT-03"


class ChildWithoutClass(Refusal):
    """A report goes to the school in which the child is registered in a class."""

    code = "CREPORT-04"


class NothingTried(Refusal):
    code = "NUMBERS-01"


class NumberShape(Refusal):
    code = "NUMBERS-02"


class NobodyChosen(Refusal):
    code = "VISITOR-01"


class VisitorElsewhere(Refusal):
    """The visitor has no post from which the children can be seen."""

    code = "VISITOR-02"


class SummaryMissing(Refusal):
    """The term's visit report needs an analysis and a summary first (R-094)."""

    code = "TERMSUM-01"


class SummaryFiled(Refusal):
    """The term's visit report was filed; its summary stays as it is."""

    code = "TERMSUM-02"


class SummaryTooShort(Refusal):
    code = "TERMSUM-03"


class NoTerm(Refusal):
    """The calendar knows no such term of this school."""

    code = "TERMSUM-04"
