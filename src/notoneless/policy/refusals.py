"""What policy refuses, and names in both languages for the sentences of refusals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from notoneless.rules.policy.pack import Fault, Pack
from notoneless.rules.policy.parameters import PARAMETERS
from notoneless.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A name that is data, not interface: the edge picks the reader's language."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh


def rule_names(keys: Iterable[str], *packs: Pack) -> Bilingual:
    """What rules are called: the catalogue's labels, or those of one of ``packs``."""
    holders = [_labelled(key, packs) for key in sorted(keys)]
    return Bilingual("、".join(h.zh for h in holders), ", ".join(h.en for h in holders))


def _labelled(key: str, packs: tuple[Pack, ...]) -> Bilingual:
    if parameter := PARAMETERS.get(key):
        return Bilingual(parameter.label_zh, parameter.label_en)
    for pack in packs:
        if key in pack.rules:
            return Bilingual(pack.rules[key].label_zh, pack.rules[key].label_en)
    return Bilingual(key, key)


class CannotAdopt(Refusal):
    """A unit of this kind has no policy of its own; the place above it decides."""

    code = "POLICY-01"


class NationalHolds(Refusal):
    """The national pack holds everywhere; nobody adopts it or gives it up."""

    code = "POLICY-02"


class ClosedPeriod(Refusal):
    """The rules of days gone by never change (R-303)."""

    code = "POLICY-03"


class ReasonNeeded(Refusal):
    """Setting policy for days gone by, while a county is set up, needs its reason."""

    code = "POLICY-04"


class OutsidePackPeriod(Refusal):
    """The pack itself does not hold on that day."""

    code = "POLICY-05"


class AlreadyAdopted(Refusal):
    """The place has taken this system from that very day."""

    code = "POLICY-06"


class ValueMisfit(Refusal):
    """An own value does not fit its rule."""

    code = "POLICY-07"


class SameRuleTwice(Refusal):
    """Two packs at one place would say the same rule in the same days."""

    code = "POLICY-08"


class BelowFloor(Refusal):
    """A rule would be laxer than the law."""

    code = "POLICY-09"


class AlreadyEnded(Refusal):
    code = "POLICY-10"


class NothingToRelease(Refusal):
    """No money or sanction rule with a value stands here on that day."""

    code = "POLICY-11"


class NeverOnPupils(Refusal):
    """No instrument can let a rule take money from pupils or punish them."""

    code = "POLICY-12"


class AlreadyProposed(Refusal):
    code = "POLICY-13"


class SamePerson(Refusal):
    """Whoever proposed a release does not grant it."""

    code = "POLICY-14"


class AlreadyDecided(Refusal):
    code = "POLICY-15"


class InstrumentFromTheFuture(Refusal):
    """A legal instrument cannot bear a later date than today."""

    code = "POLICY-16"


class PackTaken(Refusal):
    """A pack with this id is there with another text; a change needs a new version."""

    code = "POLICY-17"


class NotARuleHere(Refusal):
    """The adoption has no such rule."""

    code = "POLICY-18"


class SystemMovedOn(Refusal):
    """Another version of the same system was confirmed since this one was begun."""

    code = "POLICY-19"


class VersionDayTaken(Refusal):
    """Another version of the system begins on that very day."""

    code = "POLICY-20"


class DraftMoved(Refusal):
    """The draft was changed in another window since this page was opened."""

    code = "POLICY-21"


class NothingChanged(Refusal):
    """A new version that says what the old one says is none."""

    code = "POLICY-22"


class PackFaulty(Refusal):
    """The text is no pack that a county may write; its faults are named beside it."""

    code = "POLICY-23"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(count=len(faults))
        self.faults = faults
