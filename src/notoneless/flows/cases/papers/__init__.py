"""The paper that belongs to a step: its payload is filled from what is known, and it is issued."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from notoneless.documents.services.issuing import NewDocument, issue
from notoneless.flows.cases.doors import Acting
from notoneless.flows.cases.papers import between, court, orders, returning, school
from notoneless.flows.cases.papers.material import Material, material_of
from notoneless.flows.cases.reading import KnownCase
from notoneless.flows.cases.refusals import CauseShown
from notoneless.journal.services import Stamp
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.cases.ladder import Transition
from notoneless.rules.contacts.discreet import telling_word
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.reach import CIRCLE, Circle

Filler = Callable[[Material], NewDocument | None]
K = StepKind
FILLERS: Mapping[StepKind, Filler] = MappingProxyType(
    {
        K.DETERMINED: school.register,
        K.LETTER_ISSUED: school.letter,
        K.REPORTED: school.report,
        K.NOTICE_ISSUED: orders.notice,
        K.STATEMENT_HEARD: orders.statement,
        K.ORDER_ISSUED: orders.order,
        K.PENALTY_ISSUED: orders.penalty,
        K.DEMAND_ISSUED: orders.demand,
        K.APPLIED_TO_COURT: court.application,
        K.SUED: court.complaint,
        K.ADVICE_ANSWERED: between.advice_reply,
        K.REFERRED: between.referral,
        K.RETURNED: returning.registration,
        K.RETURN_REPORTED: returning.report,
        K.PLACED: returning.plan,
        K.WATCH_ENDED: returning.watch,
        K.CLOSED: returning.closing,
    }
)
"""Steps that issue a paper by themselves; others name one that was issued before, or need none."""
VERBATIM = frozenset({DocumentKind.STATEMENT_RECORD})
"""Papers that keep a guardian's own words as they were said; neither village nor guardian's
neighbour reads them."""


def paper_for(
    known: KnownCase, fact: StepFact, row: Transition, acting: Acting, *, stamp: Stamp
) -> StepFact:
    """Issue the paper of a step and answer the step with it; the step itself where it has none.

    Raises ``PaperIncomplete``, ``CauseShown``.
    """
    new = paper_of(known, fact, acting)
    if new is None:
        return fact
    must_be_discreet(new, fact)
    document = issue(new, stamp=stamp)
    return replace(fact, paper_id=document.pk)


def paper_of(known: KnownCase, fact: StepFact, acting: Acting) -> NewDocument | None:
    """The paper of a step as it would be issued; ``None`` where the step has none."""
    fill = FILLERS.get(fact.kind)
    return fill(material_of(known, fact, acting)) if fill is not None else None


def must_be_discreet(new: NewDocument, fact: StepFact) -> None:
    """Raise ``CauseShown`` for typed words that would take a restricted cause out of the school.

    Causes that were chosen are folded; this looks at what somebody typed. Source: R-300, product
    §Protection.
    """
    word = shown_cause(new, fact)
    if word:
        raise CauseShown(word=word)


def shown_cause(new: NewDocument, fact: StepFact) -> str:
    """The first such word; empty where the paper stays inside or tells nothing."""
    kind = new.payload.kind
    if CIRCLE[kind] is Circle.SCHOOL or kind in VERBATIM:
        return ""
    return next((word for text in _typed(fact) if (word := telling_word(text))), "")


def _typed(fact: StepFact) -> Iterator[str]:
    for value in fact.said.values():
        if isinstance(value, str):
            yield value
