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
from notoneless.rules.faults.kinds import FaultStep, Measure, SourceKind
from notoneless.web.oversight import words
from notoneless.web.oversight.pointers import Record, record
from notoneless.web.oversight.telling import head_of, told
from notoneless.web.request import Request

RARE = (FaultStep.WITHDRAWN, FaultStep.TAKEN_FURTHER)
PRINTED = {Measure.NOTICE_OF_CRITICISM.value, Measure.ADMONISHING_TALK.value}


@never_cache
@require_safe
def fault(request: Request, fault_id: UUID) -> HttpResponse:
    """The matter as its reader may see it."""
    shown = fault_shown(request.actor, fault_id, today=request.today)
    file = shown.file
    context = {
        "shown": shown,
        "line": file.line,
        "head": head_of(file.line, request.today),
        "story": [told(step, file.line) for step in reversed(file.steps)],
        "records": _records(shown),
        "ready": [(s, words.STEPS[s]) for s in shown.ready if s not in RARE],
        # To accept or to ask for a review is the person's free choice: neither stands out.
        "has_primary": not (shown.is_own and len(shown.ready) > 1),
        "rare": [(s, words.STEPS[s]) for s in shown.ready if s in RARE],
        "waiting": _waiting(shown.waiting),
        "source": words.SOURCES[SourceKind(file.source_kind)] if file.source_kind else "",
        "has_notice": any(PRINTED & set(_listed(step.said.get("measures"))) for step in file.steps),
    }
    return render(request, "oversight/fault.html", context)


def _records(shown: FaultShown) -> list[Record]:
    found = [record(link.kind, link.target_id, link.on, shown.rolls) for link in shown.file.links]
    # He knows his own records by their day; whose child a case is, is not his to be led to.
    return [Record(each.label, "") for each in found] if shown.is_own else found


def _waiting(
    found: Iterable[tuple[FaultStep, tuple[Obstacle, ...]]],
) -> list[tuple[str, str]]:
    return [(str(words.STEPS[step]), words.obstacles_words(missing)) for step, missing in found]


def _listed(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []
