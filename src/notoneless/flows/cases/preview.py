"""What the paper of a step would look like; nothing is written and no number given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.flows.cases.addressees import receivers_of
from notoneless.flows.cases.beside import what_it_answers
from notoneless.flows.cases.doors import Acting, acting_in, case_known
from notoneless.flows.cases.papers import paper_of, shown_cause
from notoneless.flows.cases.reading import KnownCase
from notoneless.flows.cases.refusals import AnsweredAlready
from notoneless.flows.cases.stepping import Taking, fact_for, leaves_in, must_not_be_barred
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.cases.ladder import transition_of
from notoneless.rules.cases.said import Faulty, answers_of, faults_in
from notoneless.rules.documents.blocks import Sheet
from notoneless.rules.documents.forms import blocks_of
from notoneless.rules.documents.lacking import lacking
from notoneless.rules.documents.payloads.parts import Payload

TURNS_ON: Mapping[StepKind, str] = MappingProxyType(
    {
        StepKind.STATEMENT_HEARD: "way",
        StepKind.PLACED: "placement",
        StepKind.REFERRED: "kind",
        StepKind.CLOSED: "outcome",
    }
)
"""The choice without which there is no paper to show yet."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A paper as it would be issued now."""

    payload: Payload
    lacks: tuple[str, ...]
    """What it must say and does not yet."""
    faults: tuple[Faulty, ...]
    """Answers that could not be taken so."""
    shown_cause: str
    """A typed word that would tell a restricted cause outside the school; empty when none does."""

    @property
    def sheet(self) -> Sheet:
        return blocks_of(self.payload)


def preview(actor: Actor, case_id: UUID, taking: Taking, *, today: date) -> Sheet | None:
    """The sheet of a step's paper with its gaps; ``None`` for a step without one, or undecided.

    Asks what ``take_step`` asks, but that answers may be missing or wrong: they leave room. Raises
    ``Case.DoesNotExist``, ``NotAllowed``, ``StepBlocked``, ``ContactPaused``, ``PlanIncomplete``.
    """
    found = previewed(actor, case_id, taking, today=today)
    return found.sheet if found else None


def previewed(actor: Actor, case_id: UUID, taking: Taking, *, today: date) -> Preview | None:
    """The same with what is still lacking. Raises as ``preview``."""
    known = case_known(actor, case_id, today=today)
    said = answers_of(taking.kind, taking.said)
    acting = acting_in(actor, known, transition_of(taking.kind, leaves=leaves_in(said)))
    must_not_be_barred(known, taking, acting, said, actor, today)
    faults = faults_in(taking.kind, taking.said)
    if waits_for_choice(taking):
        return None
    fact = _fact(actor, known, taking, acting, said)
    new = paper_of(known, fact, acting)
    if new is None:
        return None
    return Preview(new.payload, lacking(new.payload), faults, shown_cause(new, fact))


def waits_for_choice(taking: Taking) -> bool:
    """Whether the step's paper turns on an answer that is missing or wrong as yet."""
    return TURNS_ON.get(taking.kind) in {each.name for each in faults_in(taking.kind, taking.said)}


def _fact(
    actor: Actor, known: KnownCase, taking: Taking, acting: Acting, said: Mapping[str, object]
) -> StepFact:
    try:
        answers = what_it_answers(known, taking.kind, taking.answers, acting)
    except AnsweredAlready:
        answers = None
    more = receivers_of(known, taking.kind, said)
    return fact_for(actor, taking, acting, {**said, **more}, answers=answers)
