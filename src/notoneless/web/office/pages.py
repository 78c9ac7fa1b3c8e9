"""What the administration's form pages share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from notoneless.access.actor import NotAllowed
from notoneless.access.reach import must_at, must_see
from notoneless.places.queries.people import PostFacts, people_below
from notoneless.places.queries.units import Place, UnitFacts, home_path, paths_of, unit_facts
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.refusals import sentence_of
from notoneless.web.request import Request
from notoneless.web.words import unit_title

Crumbs = list[tuple[str, str]]
MOST_SUGGESTIONS = 300


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words of a form page."""

    title: str
    button: str | Promise
    intro: str = ""
    question: str = ""
    """Asked before sending; for what is hard to undo."""


def carry_out(form: Form, act: Callable[[], object]) -> bool:
    """Do what a valid form asks; a refusal becomes the form's own, and nothing typed is lost.

    Raises ``NotAllowed``: that is an answer for a whole page.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(None, sentence_of(refusal))
        form.refusal = refusal  # type: ignore[attr-defined]  # read back by status_of
        return False
    return True


def status_of(form: Form) -> int:
    """200 for a fresh form, 422 for a bad one, 409 for a refusal."""
    if getattr(form, "refusal", None):
        return 409
    return 422 if form.is_bound else 200


def form_page(
    request: Request, form: Form, words: Words, *, crumbs: Crumbs, people: Sequence[str] = ()
) -> HttpResponse:
    """The page around one form; ``people`` are suggestions for fields that name somebody."""
    context = {
        "form": form,
        "words": words,
        "crumbs": crumbs,
        "back": crumbs[-1][1],
        "people": people,
    }
    return render(request, "office/form.html", context, status=status_of(form))


def unit_for(request: Request, unit_id: UUID, capability: Capability) -> UnitFacts:
    """The unit, if the actor has ``capability`` there. Raises as ``must_at``."""
    must_at(request.actor, capability, unit_id, on=request.today)
    return unit_facts(unit_id)


def unit_seen(request: Request, unit_id: UUID) -> UnitFacts:
    """The unit, if it lies in the actor's reach. Raises ``Unit.DoesNotExist``."""
    must_see(request.actor, unit_id, on=request.today)
    return unit_facts(unit_id)


def title_of(request: Request, unit: UnitFacts) -> str:
    return unit_title(
        unit.kind, unit.name, stage=unit.stage, entered_in=unit.entered_in, today=request.today
    )


def title_of_post(request: Request, post: PostFacts) -> str:
    """What people call the unit of a post."""
    return unit_title(
        post.unit_kind,
        post.unit_name,
        stage=post.unit_stage,
        entered_in=post.unit_entered_in,
        today=request.today,
    )


def title_of_place(request: Request, place: Place) -> str:
    return unit_title(
        place.kind, place.name, stage=place.stage, entered_in=place.entered_in, today=request.today
    )


def crumbs_of(request: Request, unit: UnitFacts | None = None) -> Crumbs:
    """Administration, units, and the unit's page."""
    crumbs: Crumbs = [(_("管理"), reverse("office")), (_("单位"), reverse("units"))]
    if unit is not None:
        crumbs.append((title_of(request, unit), reverse("unit", args=[unit.id])))
    return crumbs


def reach_of(request: Request) -> list[str]:
    """Every path at or below which the actor may look, in both lines for his own units."""
    held = {h.path for h in request.actor.holdings}
    own = {p for h in request.actor.holdings for p in paths_of(h.unit_id, on=request.today)}
    return sorted(held | own)


def wants_export(request: Request) -> bool:
    """Whether the list is asked for as a file."""
    return "export" in request.GET


def export_url(request: Request) -> str:
    """The list as it is filtered now, as a file."""
    query = request.GET.copy()
    query.pop("page", None)
    query["export"] = "1"
    return f"?{query.urlencode()}"


def suggestions(request: Request, unit_id: UUID | None = None) -> list[str]:
    """People as a field that names somebody takes them: of the unit, or of the actor's reach."""
    paths = [home_path(unit_id, on=request.today)] if unit_id else _own_paths(request)
    people = people_below(paths, on=request.today)[:MOST_SUGGESTIONS]
    return [f"{p.name}（{p.staff_number}）" if p.staff_number else p.name for p in people]


def _own_paths(request: Request) -> list[str]:
    return [held.path for held in request.actor.holdings]
