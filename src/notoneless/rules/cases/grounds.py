"""What every family of a case's duties looks at, and who bears what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from notoneless.rules.cases.facts import CaseFact, Standing, StepFact
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.clocks import Due
from notoneless.rules.duties.kinds import DutyRule, EvidenceKind, MatterKind, SubjectKind
from notoneless.rules.duties.wants import (
    Bearer,
    Draft,
    Evidence,
    MatterKey,
    Planning,
    homeroom,
    principal,
    school_line,
)
from notoneless.rules.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A duty as one rule of a case sees it."""

    key: str
    """The policy rule that gives the clock; empty where none does."""
    step: StepFact
    """What made it due."""
    opened_on: date
    bearer: Bearer | None = None
    """``None``: the principal."""
    due: Due | None = None
    closed: StepFact | Evidence | None = None
    which: int = 0
    """Which of several that one step wants."""
    progress: tuple[int, int] | None = None


@dataclass(frozen=True)
class Grounds:
    """One case with its plan and its calendar at one moment."""

    plan: Planning
    case: CaseFact

    @cached_property
    def standing(self) -> Standing:
        return self.case.standing

    @property
    def on(self) -> date:
        return self.plan.until.on

    @cached_property
    def matter(self) -> MatterKey:
        began = self.case.opened_on.isoformat()
        return MatterKey(
            MatterKind.CASE, SubjectKind.CHILD, self.case.child_id, began, self.case.around.of.id
        )

    def occurrence(self, step: StepFact, *, which: int = 0) -> str:
        """Which duty of several: by the step that wants it, and by receiver where it has some."""
        return f"{step.id.hex[-12:]}" + (f".{which}" if which else "")

    def draft(self, rule: DutyRule, wish: Wish) -> Draft:
        """A wish as a duty of this case; who inherits it follows from who bears it."""
        bearer = wish.bearer or self.principal
        return Draft(
            rule,
            wish.key,
            self.case.around.of,
            self.matter,
            wish.opened_on,
            EvidenceKind.STEP,
            occurrence=self.occurrence(wish.step, which=wish.which),
            bearer=bearer,
            due=wish.due,
            closed_by=_evidence(wish.closed),
            progress=wish.progress,
            above=self.above(bearer),
        )

    # -- who ------------------------------------------------------------------------------

    @property
    def homeroom(self) -> Bearer:
        """The class teacher; of a child without a class the principal."""
        of = self.case.around.of
        return homeroom(of) if of.id != of.school_id else principal(of)

    @property
    def principal(self) -> Bearer:
        return principal(self.case.around.of)

    @property
    def county(self) -> Bearer:
        return Bearer(Role.COUNTY_CLERK, self.case.around.of.bureau_id)

    def at(self, unit_id: UUID | None) -> Bearer:
        """Who acts for a unit that has to do with the case; the county where it is none of them."""
        around = self.case.around
        if unit_id is None:
            return self.county
        known = {
            around.of.id: self.homeroom,
            around.of.school_id: self.principal,
            around.of.bureau_id: self.county,
        }
        if around.of.centre_id is not None:
            known[around.of.centre_id] = Bearer(Role.CENTRE_HEAD, around.of.centre_id)
        for place, role in (
            (around.township_id, Role.TOWNSHIP_OFFICER),
            (around.community_id, Role.TOWNSHIP_OFFICER),
            (around.village_id, Role.VILLAGE_OFFICER),
        ):
            if place is not None:
                known[place] = Bearer(role, place)
        return known.get(unit_id, Bearer(Role.DEPARTMENT_LIAISON, unit_id))

    @property
    def township(self) -> Bearer:
        return self.at(self.case.around.township_id)

    @property
    def notice_issuer(self) -> Bearer:
        """Who sends the return notice, as the plan says. Raises ``PolicyHole``."""
        key = "return_notice_issuer"
        if not self.plan.asks(key):
            return self.township
        is_community = self.plan.policy.choice(key) == "community"
        around = self.case.around
        return self.at(around.community_id or around.township_id) if is_community else self.township

    def above(self, bearer: Bearer) -> tuple[Bearer, ...]:
        """Who inherits from a bearer, upward."""
        if bearer.role in (Role.TOWNSHIP_OFFICER, Role.VILLAGE_OFFICER):
            town = self.case.around.township_id or bearer.unit_id
            return (Bearer(Role.TOWNSHIP_HEAD, town), self.county)
        if bearer.role is Role.DEPARTMENT_LIAISON:
            return (self.county,)
        if bearer == self.county:
            return (Bearer(Role.BUREAU_LEADER, bearer.unit_id),)
        line = school_line(self.case.around.of)
        return line[line.index(bearer) + 1 :] if bearer in line else line

    # -- what closes ----------------------------------------------------------------------

    def done(self, after: StepFact, *kinds: StepKind) -> StepFact | None:
        """The first step of these kinds after another, up to now."""
        step = self.standing.after(after, *kinds)
        return step if step is not None and step.on <= self.on else None

    def answer(self, step: StepFact, kind: StepKind) -> StepFact | None:
        """The answer of this kind to a step, as far as it has come by now."""
        found = self.standing.answer_to(step, kind)
        return found if found is not None and found.on <= self.on else None

    def known(self, *kinds: StepKind) -> tuple[StepFact, ...]:
        """Steps of these kinds that have happened by now."""
        return tuple(step for step in self.standing.all(*kinds) if step.on <= self.on)

    def receivers(self, report: StepFact) -> tuple[UUID, ...]:
        """The units to which a report went."""
        named = report.said.get("to", ())
        units = named if isinstance(named, (list, tuple)) else ()
        return tuple(UUID(str(unit)) for unit in units)


BACK_OR_OVER = (
    StepKind.RETURNED,
    StepKind.RETURNED_BY_MEASURE,
    StepKind.CLOSED,
)
"""What ends everything that was asked because the child was away."""


def earliest(steps: Iterable[StepFact | None]) -> StepFact | None:
    found = [step for step in steps if step is not None]
    return min(found, key=lambda step: (step.on, step.hour, str(step.id)), default=None)


def _evidence(closed: StepFact | Evidence | None) -> Evidence | None:
    if closed is None or isinstance(closed, Evidence):
        return closed
    return Evidence(EvidenceKind.STEP, closed.on, closed.id, closed.hour)
