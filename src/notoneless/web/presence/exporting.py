"""Lists of children that leave the product: for a purpose, marked, and noted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render

from notoneless.children.queries.units import SchoolUnit
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.roles import Capability
from notoneless.web.children.forms import ExportForm
from notoneless.web.exports import send_named
from notoneless.web.presence.scope import Scope
from notoneless.web.request import Request, stamp_of


@dataclass(frozen=True, slots=True)
class NamedList:
    """A list of children as a file shows it."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    child_ids: Sequence[UUID]
    told: str
    """How the list was narrowed, for the log of readings."""


def export_named(
    request: Request, scope: Scope, make: Callable[[SchoolUnit], NamedList], *, back: str
) -> HttpResponseBase:
    """Ask what for, then send the list of the chosen school, marked and noted.

    ``make`` must leave out whom the actor may not export. ``back`` is where the list stands.
    Raises ``NotAllowed``; 404 while no school is chosen.
    """
    request.actor.must(Capability.EXPORT_CHILDREN)
    school = scope.school
    if school is None:
        raise Http404
    return ask_and_send(request, make(school), of=school.name, back=back)


def ask_and_send(request: Request, named: NamedList, *, of: str, back: str) -> HttpResponseBase:
    """Ask what for, then send the list, marked and noted.

    The caller has asked whether the actor may export each of its children; ``of`` names the unit.
    """
    data = (request.POST,) if request.method == "POST" else ()
    form = ExportForm(*data, may_reveal=False)
    if request.method == "POST" and form.is_valid():
        purpose = form.cleaned_data["purpose"].strip()
        note_reading(
            "children.exported",
            stamp=stamp_of(request),
            fields=["name", named.told.split(" ")[0]],
            purpose=purpose,
            listed=Listed.of(named.told, named.child_ids),
        )
        return send_named(request, named.headings, named.rows, title=named.title, purpose=purpose)
    context = {"form": form, "named": named, "of": of, "back": back}
    return render(request, "presence/export.html", context, status=422 if form.errors else 200)


def note_listed(request: Request, told: str, child_ids: Sequence[UUID]) -> None:
    """Note that a list with names was shown: one reading for all."""
    listed = Listed.of(told, child_ids)
    note_reading("children.listed", stamp=stamp_of(request), listed=listed)
