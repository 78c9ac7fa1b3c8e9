"""Whom to visit first, and who needs what."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notoneless.flows.signs.accuracy import may_see_accuracy
from notoneless.flows.signs.needs import needs_page
from notoneless.flows.signs.reading import signs_in_reach
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.roles import Capability
from notoneless.web.request import Request, stamp_of
from notoneless.web.signs.accuracy import signs_accuracy
from notoneless.web.signs.exporting import may_export
from notoneless.web.signs.lines import child_line
from notoneless.web.signs.words import OFFICE_LISTS


@never_cache
@require_safe
def signs(request: Request) -> HttpResponse:
    """Children with signs in the reader's classes, first whom to visit first.

    Who sees no child's signs but the county's accuracy is shown that.
    """
    actor = request.actor
    if not actor.may(Capability.SEE_SIGNS) and may_see_accuracy(actor):
        return signs_accuracy(request)
    page = signs_in_reach(actor, today=request.today)
    shown = (*page.to_visit, *page.taken_up)
    listed = Listed.of("signs", [row.child_id for row in shown])
    note_reading("signs.listed", stamp=stamp_of(request), listed=listed)
    sees_health = actor.may(Capability.SEE_HEALTH)
    context = {
        "classes": [each for each in page.classes if each.school_id in page.in_term],
        "class_of": {each.id: each for each in page.classes},
        "to_visit": [child_line(row, sees_health=sees_health) for row in page.to_visit],
        "taken_up": [child_line(row, sees_health=sees_health) for row in page.taken_up],
        "is_early": page.is_early,
        "may_note": actor.may(Capability.NOTE_SIGNS),
        "may_log": actor.may(Capability.LOG_CONTACTS),
        "may_see_accuracy": may_see_accuracy(actor),
    }
    return render(request, "signs/list.html", context)


@never_cache
@require_safe
def needs(request: Request, class_id: UUID) -> HttpResponse:
    """The lists by need of a class with each child's last visit this term (R-083)."""
    page = needs_page(request.actor, class_id, today=request.today)
    listed = Listed.of(f"needs class={class_id}", [row.member.child_id for row in page.children])
    note_reading("signs.listed", stamp=stamp_of(request), listed=listed)
    context = {
        "page": page,
        "may_export": may_export(request.actor, page.at),
        "lists": [(OFFICE_LISTS[word], rows) for word, rows in page.lists.items() if rows],
        "unvisited": sum(row.visited_on is None for row in page.children),
    }
    return render(request, "signs/needs.html", context)
