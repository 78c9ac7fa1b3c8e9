"""Whether a class or school met what it had promised."""

from __future__ import annotations

from notoneless.rules.consequences.figures import Condition, Figure, Standing, figure
from notoneless.rules.consequences.outcome import Outcome
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.units import Stage, UnitKind

STAGE_CEILING = {
    Stage.PRIMARY: "dropout_ceiling_primary_pct",
    Stage.JUNIOR: "dropout_ceiling_junior_pct",
}
EXTERNAL = "dropout_ceiling_external_pct"
HEADCOUNT = "baseline_kind"
"""The rule by which pupils are counted, named where the count is lacking."""


def retention(found: Figure, outcome: Outcome) -> Condition:
    """Kept of the base, against a retention target."""
    return found.about(outcome.base - len(outcome.lost), outcome.base)


def rate(found: Figure, outcome: Outcome) -> Condition:
    """Lost of the base, against a ceiling or a line."""
    return found.about(len(outcome.lost), outcome.base)


def ceiling_of(outcome: Outcome, policy: ResolvedPolicy) -> Figure | None:
    """The ceiling that an outcome is held to: its stage's before the one for all schools."""
    stage = STAGE_CEILING.get(outcome.stage) if outcome.stage else None
    for key in (stage, "dropout_ceiling_school_pct", EXTERNAL):
        found = figure(policy, key) if key else None
        if found is not None:
            return found
    return None


def target_of(outcome: Outcome, policy: ResolvedPolicy) -> tuple[Figure, Condition] | None:
    """The target of an outcome with the question whether it is met; ``None`` without a target.

    A class is held to its own retention target where the policy has one, else like a school to a
    retention target or a ceiling; a figure still to be entered gives way to one that is there.
    """
    own = "class" if outcome.kind is UnitKind.CLASS else "school"
    kept = figure(policy, f"retention_target_{own}_pct")
    ceiling = ceiling_of(outcome, policy)
    asked = [(found, retention(found, outcome)) for found in (kept,) if found is not None]
    asked += [(found, rate(found, outcome)) for found in (ceiling,) if found is not None]
    entered = [pair for pair in asked if pair[0].standing is Standing.IN_FORCE]
    return next(iter(entered or asked), None)


def has_pupils(outcome: Outcome) -> bool:
    """Whether there was anybody to keep, though the headcount may be still to be entered."""
    return outcome.base > 0 or outcome.lacks is not None


def unless_counted(condition: Condition) -> Standing:
    """A share of an unknown headcount is to be entered, never guessed."""
    return Standing.TO_BE_ENTERED if condition.lacks_base else Standing.IN_FORCE


def fell_short(outcome: Outcome, policy: ResolvedPolicy) -> bool:
    """Whether pupils were lost and the target missed; without a target any loss is."""
    if not outcome.lost:
        return False
    found = target_of(outcome, policy)
    return found is None or found[1].is_met is not True


def alone(outcome: Outcome) -> Condition:
    """How many were lost, as the bare reason of a line."""
    return Condition("", len(outcome.lost), None, None, None)
