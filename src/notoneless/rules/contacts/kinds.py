"""The closed sets that contacts are made of."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from notoneless.rules.duties.facts import ContactKind


class Kind(StrEnum):
    """How somebody was reached, or tried to be."""

    CALL = "call"
    VISIT = "visit"
    """At the child's home."""
    TALK = "talk"
    """With the child, at school."""
    LETTER = "letter"
    MESSAGE = "message"
    MEETING = "meeting"
    """A mobilisation meeting in a village, about several children (R-098)."""

    @property
    def for_duties(self) -> ContactKind | None:
        """The same kind as duties know it; a meeting answers for no child by itself."""
        return None if self is Kind.MEETING else ContactKind(self.value)


class Result(StrEnum):
    """What came of it."""

    NOT_REACHED = "not_reached"
    WRONG_NUMBER = "wrong_number"
    REACHED = "reached"
    WILL_RETURN = "will_return"
    UNDECIDED = "undecided"
    REFUSED = "refused"


UNREACHED = frozenset({Result.NOT_REACHED, Result.WRONG_NUMBER})
IN_VAIN = UNREACHED | {Result.UNDECIDED, Result.REFUSED}
"""A visit that ends so was in vain: after some of them the written report is due (R-099)."""
SEVERAL = frozenset({Kind.VISIT, Kind.LETTER, Kind.MESSAGE, Kind.CALL, Kind.MEETING})
"""Kinds that may be about several children: siblings at one door, a whole meeting."""
ATTEMPTS = frozenset({Kind.CALL, Kind.VISIT, Kind.LETTER, Kind.MESSAGE, Kind.TALK})
"""Kinds that are numbered as attempts to persuade."""


class Met(StrEnum):
    """Who was there on the family's side."""

    GUARDIAN = "guardian"
    RELATIVE = "relative"
    CHILD = "child"
    VILLAGE_CADRE = "village_cadre"
    OTHER = "other"


ADULTS = frozenset(Met) - {Met.CHILD}


class Purpose(StrEnum):
    ABSENCE = "absence"
    PERSUASION = "persuasion"
    KEY_PUPIL = "key_pupil"
    AFTER_RETURN = "after_return"
    ROUTINE = "routine"
    OTHER = "other"


class Proof(StrEnum):
    """What a piece of evidence is."""

    PHOTO = "photo"
    HOUSE_FRONT = "house_front"
    SIGNATURE = "signature"
    """Drawn on the phone."""
    PAPER = "paper"
    """The signed paper form, photographed."""


class Feedback(StrEnum):
    """At home as the parents tell it, and at school (R-097)."""

    LABOUR = "labour"
    LIFE = "life"
    STUDY = "study"
    CONDUCT = "conduct"
    SCHOOL = "school"


OTHER_CAUSE = "other"
RESTRICTED_CAUSES = ("illness", "pregnancy", "violence", "religion")
"""Never outside the school's door: not in a notice, a village's view, a referral or a chart."""


def fold(cause: str) -> str:
    """A cause as everybody may see it: a restricted one is "other"; nothing stays nothing."""
    return OTHER_CAUSE if cause in RESTRICTED_CAUSES else cause


def folded(causes: Iterable[str]) -> tuple[str, ...]:
    """Several causes as everybody may see them, each once, in their order."""
    return tuple(dict.fromkeys(fold(cause) for cause in causes))


class NumberState(StrEnum):
    """What trying a family's numbers showed."""

    WORKS = "works"
    WRONG = "wrong"
    NONE = "none"
    """The family has no number; somebody nearby is noted instead."""

    @property
    def is_settled(self) -> bool:
        """A wrong number is not: the next one has to be found and tried."""
        return self is not NumberState.WRONG
