"""Cases from before a place used the system: their old papers, and the steps they stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from notoneless.rules.cases.kinds import AWAY, State, StepKind
from notoneless.rules.cases.ladder import transition_of
from notoneless.rules.documents.kinds import DocumentKind, ServiceMethod

K, D = StepKind, DocumentKind
OLD_PAPERS: Mapping[DocumentKind, tuple[StepKind, StepKind]] = MappingProxyType(
    {
        D.PERSUASION_LETTER: (K.LETTER_ISSUED, K.LETTER_SERVED),
        D.DROPOUT_REPORT: (K.REPORTED, K.REPORTED),
        D.RETURN_NOTICE: (K.NOTICE_ISSUED, K.NOTICE_SERVED),
        D.STATEMENT_RECORD: (K.STATEMENT_HEARD, K.STATEMENT_HEARD),
        D.CORRECTION_ORDER: (K.ORDER_ISSUED, K.ORDER_SERVED),
        D.PENALTY_DECISION: (K.PENALTY_ISSUED, K.PENALTY_SERVED),
        D.DEMAND: (K.DEMAND_ISSUED, K.DEMAND_SERVED),
        D.ENFORCEMENT_APPLICATION: (K.APPLIED_TO_COURT, K.APPLIED_TO_COURT),
        D.CIVIL_COMPLAINT: (K.SUED, K.SUED),
    }
)
"""Papers that a case can bring along: the step of having issued it, and of its having arrived."""
SERVED = frozenset(kind for kind, (issued, arrived) in OLD_PAPERS.items() if issued is not arrived)
"""Those that somebody brought to the guardian; the others need no service."""
PROVED_BY: Mapping[State, DocumentKind] = MappingProxyType(
    {
        State.NOTICE_SERVED: D.RETURN_NOTICE,
        State.NOTICE_EXPIRED: D.RETURN_NOTICE,
        State.ORDERED: D.CORRECTION_ORDER,
        State.ORDER_EXPIRED: D.CORRECTION_ORDER,
        State.PENALISED: D.PENALTY_DECISION,
    }
)
"""The paper without which no later one can be written: a demand names it, a suit proves by it."""
RUNNING = frozenset({State.NOTICE_SERVED, State.ORDERED})
"""Stages in which that paper's deadline runs: without one it would never run out."""
_RUNGS: Mapping[State, tuple[StepKind, ...]] = MappingProxyType(
    {
        State.SUSPECTED: (),
        State.CONFIRMED: (K.DETERMINED,),
        State.MOBILISING: (K.VISITED,),
        State.PERSUADED_LETTER: (K.LETTER_SERVED,),
        State.REPORTED: (K.REPORTED, K.ACCEPTED),
        State.NOTICE_SERVED: (K.NOTICE_SERVED,),
        State.NOTICE_EXPIRED: (K.NOTICE_EXPIRED,),
        State.ORDERED: (K.ORDER_SERVED,),
        State.ORDER_EXPIRED: (K.ORDER_EXPIRED,),
        State.PENALISED: (K.PENALTY_SERVED,),
        State.JUDICIAL: (K.SUED,),
    }
)
_ALWAYS = frozenset({State.CONFIRMED, State.REPORTED, State.NOTICE_SERVED})
"""What must have been before anything later; the rest is there where a paper shows it."""
_SEQUENCE = (
    *(K.DETERMINED, K.VISITED, K.LETTER_ISSUED, K.LETTER_SERVED, K.REPORTED, K.ACCEPTED),
    *(K.NOTICE_ISSUED, K.NOTICE_SERVED, K.NOTICE_EXPIRED, K.STATEMENT_HEARD),
    *(K.ORDER_ISSUED, K.ORDER_SERVED, K.ORDER_EXPIRED, K.PENALTY_ISSUED, K.PENALTY_SERVED),
    *(K.DEMAND_ISSUED, K.DEMAND_SERVED, K.APPLIED_TO_COURT, K.SUED),
)
_COURT = frozenset({D.ENFORCEMENT_APPLICATION, D.CIVIL_COMPLAINT})
_EARLIEST: Mapping[DocumentKind, State] = MappingProxyType(
    {
        D.PERSUASION_LETTER: State.PERSUADED_LETTER,
        D.DROPOUT_REPORT: State.REPORTED,
        D.RETURN_NOTICE: State.NOTICE_SERVED,
        D.STATEMENT_RECORD: State.REPORTED,
        D.CORRECTION_ORDER: State.ORDERED,
        D.PENALTY_DECISION: State.PENALISED,
        D.DEMAND: State.ORDER_EXPIRED,
        **dict.fromkeys(_COURT, State.JUDICIAL),
    }
)
"""The first stage at which a paper can have arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OldPaper:
    """A paper that was issued before the place used the system; it lies in a folder somewhere."""

    kind: DocumentKind
    number_text: str
    """As it is printed on it; an order without a number can be named in no later paper."""
    office_id: UUID
    issued_on: date
    served_on: date | None = None
    """``None``: it has not reached the guardian yet, or goes to none."""
    method: ServiceMethod | None = None
    deadline_on: date | None = None
    scans: tuple[bytes, ...] = ()
    """Photos or scanned pages, as they were sent."""

    @property
    def has_arrived(self) -> bool:
        return self.kind not in SERVED or self.served_on is not None


class PaperFault(StrEnum):
    """What can be wrong with an old paper; each has its sentence at the edge."""

    NUMBER = "number"
    TWICE = "twice"
    """The case has two of a kind; only the one that stands is brought in."""
    BEFORE_ABSENCE = "before_absence"
    IN_FUTURE = "in_future"
    SERVED_EARLY = "served_early"
    METHOD = "method"
    """Served, and nobody says how; or how, and not when."""
    DEADLINE_EARLY = "deadline_early"
    NO_DEADLINE = "no_deadline"
    """Its time runs still, and nobody says until when."""
    BEYOND = "beyond"
    """It belongs to a later step than the case is said to have reached."""
    NOT_SERVED = "not_served"
    """The case is said to stand where this paper has arrived, and it has not."""
    LACKING = "lacking"
    """The step stands on a paper of this kind, and none was given."""


def paper_faults(
    state: State, papers: Sequence[OldPaper], *, away_since: date, today: date
) -> list[tuple[DocumentKind, PaperFault]]:
    """What is wrong with the papers of a case that is said to stand at ``state``, paper by paper.

    A missing paper is named last. Empty when nothing is wrong.
    """
    found: list[tuple[DocumentKind, PaperFault]] = []
    kinds: set[DocumentKind] = set()
    for paper in papers:
        wrong = list(_faults(paper, state, away_since, today))
        if paper.kind in kinds:
            wrong.append(PaperFault.TWICE)
        kinds.add(paper.kind)
        found += [(paper.kind, fault) for fault in wrong]
    wanted = PROVED_BY.get(state)
    if wanted is not None and wanted not in kinds:
        found.append((wanted, PaperFault.LACKING))
    return found


def _faults(paper: OldPaper, state: State, away_since: date, today: date) -> Iterator[PaperFault]:
    if not paper.number_text.strip():
        yield PaperFault.NUMBER
    yield from _faults_of_days(paper, away_since, today)
    if (paper.served_on is None) is not (paper.method is None):
        yield PaperFault.METHOD
    is_of_stage = PROVED_BY.get(state) is paper.kind
    if is_of_stage and state in RUNNING and paper.deadline_on is None:
        yield PaperFault.NO_DEADLINE
    if is_of_stage and not paper.has_arrived:
        yield PaperFault.NOT_SERVED
    elif not _fits(paper, state):
        yield PaperFault.BEYOND


def _faults_of_days(paper: OldPaper, away_since: date, today: date) -> Iterator[PaperFault]:
    arrived = paper.served_on or paper.issued_on
    if paper.issued_on < away_since:
        yield PaperFault.BEFORE_ABSENCE
    if max(paper.issued_on, arrived) > today:
        yield PaperFault.IN_FUTURE
    if arrived < paper.issued_on:
        yield PaperFault.SERVED_EARLY
    if paper.deadline_on is not None and paper.deadline_on < arrived:
        yield PaperFault.DEADLINE_EARLY


def _fits(paper: OldPaper, state: State) -> bool:
    """Whether a case at this stage can have the paper: what has arrived has left its mark."""
    if paper.has_arrived:
        return AWAY.index(_EARLIEST[paper.kind]) <= AWAY.index(state)
    return state in transition_of(OLD_PAPERS[paper.kind][0]).sources


def steps_up_to(state: State, papers: Collection[OldPaper] = ()) -> tuple[StepKind, ...]:
    """The steps that bring a case to a state in which the child is still away, in order.

    The opening is not among them. What its papers show has its step as well. Raises
    ``ValueError`` for a state that is no rung.
    """
    if state not in AWAY:
        raise ValueError(f"{state} is no rung of the ladder")
    here = AWAY.index(state)
    rungs = [rung for rung in AWAY[:here] if rung in _ALWAYS] + [state]
    found = {step for rung in rungs for step in _RUNGS[rung]}
    if any(paper.kind in _COURT for paper in papers):
        found.discard(K.SUED)
    for paper in papers:
        issued, arrived = OLD_PAPERS[paper.kind]
        found |= {issued, arrived} if paper.has_arrived else {issued}
    return tuple(step for step in _SEQUENCE if step in found)


def paper_of_step(step: StepKind, papers: Collection[OldPaper]) -> OldPaper | None:
    """The old paper that a step issued or that arrived with it."""
    return next((paper for paper in papers if step in OLD_PAPERS[paper.kind]), None)
