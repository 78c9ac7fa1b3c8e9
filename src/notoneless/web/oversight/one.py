"""One matter: where it stands, whose turn it is, what was said."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notoneless.flows.oversight.reading import FaultShown, fault_shown
from notoneless.rules.faults.guards import Obstacle
from notoneless.rules.faults.kinds import FaultStep, SourceKind
from notoneless.rules.faults.life import Turn
from notoneless.web.oversight import words
from notoneless.web.oversight.papers import printed
from notoneless.web.oversight.pointers import Record, record
from notoneless.web.oversight.telling import head_of, step_name, time_rows, told
from notoneless.web.request import Request

BESIDES = (FaultStep.STATED, FaultStep.APPEALED)
"""What somebody takes in for the person."""
RARE = (FaultStep.WITHDRAWN, FaultStep.TAKEN_FURTHER)


@never_cache
@require_safe
def fault(request: Request, fault_id: UUID) -> HttpResponse:
    """The matter as its reader may see it."""
    shown = fault_shown(request.actor, fault_id, today=request.today)
    file = shown.file
    ready = sorted((s for s in shown.ready if s not in RARE), key=lambda s: s in BESIDES)
    primary = _primary(ready, shown)
    context = {
        "shown": shown,
        "line": file.line,
        "head": head_of(file.line, request.today),
        "story": [told(step, file.line) for step in reversed(file.steps)],
        "records": _records(shown),
        "times": time_rows(shown.times),
        "ready": [(s, step_name(s, shown), s is primary) for s in ready],
        "rare": [(s, words.STEPS[s]) for s in shown.ready if s in RARE],
        "waiting": _waiting(shown.waiting),
        "source": words.SOURCES[SourceKind(file.source_kind)] if file.source_kind else "",
        "has_notice": printed(shown) is not None,
    }
    return render(request, "oversight/fault.html", context)


def _primary(ready: list[FaultStep], shown: FaultShown) -> FaultStep | None:
    """The step that stands out: the one that is awaited of the reader, if there is just one.

    To accept or to ask for a review is the person's free choice; a statement is taken in for
    somebody else, or added to, when there is one.
    """
    is_awaited = (shown.file.line.turn is Turn.PERSON) is shown.is_own
    if shown.is_own:
        return ready[0] if is_awaited and len(ready) == 1 else None
    if not is_awaited:
        return None
    return next((step for step in ready if step not in BESIDES), None)


def _records(shown: FaultShown) -> list[Record]:
    found = [record(link.kind, link.target_id, link.on, shown.rolls) for link in shown.file.links]
    # He knows his own records by their day; whose child a case is, is not his to be led to.
    return [Record(each.label, "") for each in found] if shown.is_own else found


def _waiting(
    found: Iterable[tuple[FaultStep, tuple[Obstacle, ...]]],
) -> list[tuple[str, str]]:
    return [(str(words.STEPS[step]), words.obstacles_words(missing)) for step, missing in found]
