"""What a reader is shown inside a case: texts, court steps, who gave a tip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.cases.models import CaseStep
from notoneless.contacts.queries.shown import shown_of
from notoneless.rules.cases.kinds import Source, State, StepKind
from notoneless.rules.cases.ladder import transition_of
from notoneless.rules.documents.reach import CIRCLE, Circle, reads
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind

COURT_STEPS = frozenset(
    kind
    for kind in StepKind
    if (paper := transition_of(kind).paper) is not None and CIRCLE[paper] is Circle.COURT
) | {
    StepKind.CHALLENGED,
    StepKind.CHALLENGE_DECIDED,
    StepKind.COURT_ACTED,
    StepKind.ADVICE_RECEIVED,
}
ABOUT_GROWN_UPS = frozenset({StepKind.SUBCASE_OPENED, StepKind.SUBCASE_SETTLED})
"""They name somebody whose conduct is looked into."""
COURT_STATES = frozenset({State.PENALISED, State.JUDICIAL})
_TEACHES = frozenset({UnitKind.CLASS, UnitKind.GRADE})


@dataclass(frozen=True, slots=True)
class Sight:
    """What one reader is shown of one child's cases."""

    person_id: UUID | None
    contacts: bool
    """That there were contacts with the family."""
    statements: bool
    """What was written into steps; a village sees what happened, not what was said."""
    court: bool
    """Court steps, hearings, advice, referrals."""
    leads: bool
    """Who told that the child is not in school, and whose conduct is looked into."""

    def sees(self, kind: StepKind) -> bool:
        return self.court or kind not in COURT_STEPS

    def reads(self, step: CaseStep, source: Source) -> bool:
        """Whether the step's own words show; whoever wrote them reads them."""
        if self.person_id is not None and step.by_id == self.person_id:
            return True
        is_tip = step.kind == StepKind.OPENED and source is Source.TIP
        if is_tip or step.kind in ABOUT_GROWN_UPS:
            return self.statements and self.leads
        return self.statements

    def state(self, state: State) -> State:
        """Where the case stands, as far as this reader is told."""
        return state if self.court or state not in COURT_STATES else State.ORDER_EXPIRED


def sight_of(actor: Actor, child_id: UUID, *, on: date) -> Sight:
    """What ``actor`` is shown of the cases of a child that he sees; one statement."""
    shown = shown_of(actor, [child_id], on=on).get(child_id)
    court = any(reads(Circle.COURT, h.unit_kind, h.capabilities) for h in actor.holdings)
    leads = any(
        Capability.SEE_CASES in held.capabilities and held.unit_kind not in _TEACHES
        for held in actor.holdings
    )
    statements = shown is not None and shown.statements
    return Sight(
        actor.person_id,
        contacts=shown is not None,
        statements=statements,
        court=statements and court,
        leads=statements and leads,
    )


def list_sight(actor: Actor) -> Sight:
    """The same for a list: no texts, and court states for those who read court papers."""
    court = any(reads(Circle.COURT, h.unit_kind, h.capabilities) for h in actor.holdings)
    return Sight(actor.person_id, contacts=False, statements=False, court=court, leads=False)
