"""The paper that belongs to a step: its payload is filled from what is known, and it is issued."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from notoneless.documents.services.issuing import NewDocument, issue
from notoneless.flows.cases.doors import Acting
from notoneless.flows.cases.reading import KnownCase
from notoneless.journal.services import Stamp
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.cases.ladder import Transition

Filler = Callable[[KnownCase, StepFact, Acting], NewDocument]

FILLERS: Mapping[StepKind, Filler] = MappingProxyType({})
"""Steps that issue a paper by themselves; others name one that was issued before, or need none."""


def paper_for(
    known: KnownCase, fact: StepFact, row: Transition, acting: Acting, *, stamp: Stamp
) -> StepFact:
    """Issue the paper of a step and answer the step with it; the step itself where it has none.

    Raises ``PaperIncomplete``.
    """
    fill = FILLERS.get(fact.kind)
    if fill is None:
        return fact
    document = issue(fill(known, fact, acting), stamp=stamp)
    return replace(fact, paper_id=document.pk)
