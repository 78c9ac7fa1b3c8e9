"""Several cases at once: accept several, sign twelve notices; each in its own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.core.exceptions import ObjectDoesNotExist

from notoneless.access.actor import Actor
from notoneless.cases.models import Case, CaseStep
from notoneless.flows.cases.stepping import Taking, take_step
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.refusal import Refusal

MOST_AT_ONCE = 60
"""One after the other in one request; more are chosen again."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One of several: a case, and the step that is answered where one is."""

    case_id: UUID
    answers: UUID | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """The same step for several cases."""

    id: UUID
    """Made by the page: the same form sent twice takes each step once."""
    kind: StepKind
    said: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one of them."""

    case_id: UUID
    name: str
    paper_id: UUID | None
    refusal: Refusal | None
    """Why it did not go through; ``None`` where it did."""


def take_several(
    actor: Actor, batch: Batch, wanted: Iterable[Wanted], *, today: date, now: datetime
) -> list[Done]:
    """Take the same step in several cases, and say of each whether it went through and why not.

    Cases out of reach are left out. At most ``MOST_AT_ONCE``.
    """
    done = []
    for each in list(wanted)[:MOST_AT_ONCE]:
        taking = Taking(
            id=uuid5(batch.id, each.case_id.hex),
            kind=batch.kind,
            on=today,
            said=batch.said,
            answers=each.answers,
        )
        refusal: Refusal | None = None
        try:
            take_step(actor, each.case_id, taking, today=today, now=now)
        except ObjectDoesNotExist:
            continue
        except Refusal as refused:
            refusal = refused
        done.append((each.case_id, taking.id, refusal))
    return _named(done)


def _named(done: list[tuple[UUID, UUID, Refusal | None]]) -> list[Done]:
    names = dict(
        Case.objects.filter(pk__in=[case for case, _, _ in done]).values_list("pk", "child__name")
    )
    steps = CaseStep.objects.filter(pk__in=[step for _, step, _ in done])
    papers = dict(steps.values_list("pk", "paper_id"))
    return [
        Done(case, names.get(case, ""), papers.get(step), refusal) for case, step, refusal in done
    ]
