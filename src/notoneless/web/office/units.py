"""Pages about units: the tree, one unit, founding, correcting, moving, closing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from notoneless.flows import units as flows
from notoneless.flows.coverage import missing_in_group
from notoneless.places.queries.coverage import coverage_of, two_lines_for
from notoneless.places.queries.divisions import divisions_below
from notoneless.places.queries.groups import group_of
from notoneless.places.queries.people import (
    has_designated_person,
    lessons_at,
    posts_at,
    posts_coming,
    responsible_history,
)
from notoneless.places.queries.units import (
    UnitFacts,
    chain_above,
    history_of,
    home_path,
    paths_of,
    possible_parents,
    tree_below,
    units_below,
)
from notoneless.places.services.units import NewUnit
from notoneless.rules.groups import GroupKind
from notoneless.rules.paths import Line
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS, UnitKind, home_line
from notoneless.web.office.pages import (
    Words,
    carry_out,
    crumbs_of,
    export_url,
    form_page,
    title_of,
    unit_for,
    unit_seen,
    wants_export,
)
from notoneless.web.office.plans import plan_of_unit
from notoneless.web.office.sheets import send_units
from notoneless.web.office.telephones import telephone_of_unit
from notoneless.web.office.unit_forms import (
    CloseForm,
    DescribeForm,
    MoveForm,
    NewUnitForm,
    kinds_below,
)
from notoneless.web.request import Request, stamp_of
from notoneless.web.words import LINES

SMALL_TREE = 60
"""Up to so many units grades and classes are shown in the tree too."""
_SHOWN = [kind for kind in UnitKind if kind not in {UnitKind.GRADE, UnitKind.CLASS}]


def units(request: Request) -> HttpResponseBase:
    """The tree of units in the actor's reach, by line."""
    request.actor.must(Capability.SEE_DIRECTORY)
    line = Line.GOVERNMENT if request.GET.get("line") == "g" else Line.EDUCATION
    held = {h.path for h in request.actor.holdings}
    own = sorted({p for h in request.actor.holdings for p in paths_of(h.unit_id, on=request.today)})
    roots = [p for p in {*held, *own} if p.startswith(line.value + ".")]
    tops = [p for p in roots if not any(p != o and p.startswith(o) for o in roots)]
    found = units_below(tops, on=request.today)
    kinds = () if len(found) <= SMALL_TREE else _SHOWN
    if wants_export(request):
        return send_units(request, [p for p in found if not kinds or p.kind in kinds])
    tree = tree_below(tops, on=request.today, kinds=kinds)
    tabs = [
        {"label": LINES[each], "url": f"?line={each.value}", "is_current": each is line}
        for each in (Line.EDUCATION, Line.GOVERNMENT)
    ]
    count = sum(place.kind in kinds for place in found) if kinds else len(found)
    context = {
        "tree": tree,
        "tabs": tabs,
        "count": count,
        "export_url": export_url(request),
        "crumbs": crumbs_of(request)[:1],
    }
    return render(request, "office/units.html", context)


def unit(request: Request, unit_id: UUID) -> HttpResponse:
    """All about one unit."""
    facts = unit_seen(request, unit_id)
    on = request.today
    context = {
        "unit": facts,
        "title": title_of(request, facts),
        "crumbs": crumbs_of(request),
        "chains": [(LINES[line], chain_above(unit_id, line, on=on)) for line in Line],
        "history": history_of(unit_id),
        "posts": [*posts_at(unit_id, on=on), *posts_coming(unit_id, on=on)],
        "responsible": responsible_history(unit_id, facts.kind),
        "below": _directly_below(request, facts),
        "lacks_designated": facts.kind in SCHOOLS and not has_designated_person(unit_id, on=on),
        "movable": [(line, LINES[line]) for line in Line if _can_move(facts, line)],
        "may": _may(request, facts),
        **_groups(request, facts),
        **_coverage(request, facts),
        **plan_of_unit(request, facts, home_path=home_path(unit_id, on=on)),
        **telephone_of_unit(request, facts, home_path=home_path(unit_id, on=on)),
    }
    return render(request, "office/unit.html", context)


def _may(request: Request, facts: UnitFacts) -> dict[str, bool]:
    path = home_path(facts.id, on=request.today)
    actor = request.actor
    return {
        "units": actor.may(Capability.MANAGE_UNITS, at=path) and facts.active_to is None,
        "below": bool(kinds_below(facts.kind)),
        "posts": actor.may(Capability.MANAGE_POSTS, at=path),
        "coverage": any(
            actor.may(Capability.MANAGE_COVERAGE, at=each)
            for each in paths_of(facts.id, on=request.today)
        ),
    }


def _can_move(facts: UnitFacts, line: Line) -> bool:
    fixed = {UnitKind.GRADE, UnitKind.CLASS, UnitKind.COUNTY, UnitKind.BUREAU}
    return facts.kind not in fixed and (line is home_line(facts.kind) or facts.kind in SCHOOLS)


def _directly_below(request: Request, facts: UnitFacts) -> list[Any]:
    found = {}
    for path in paths_of(facts.id, on=request.today):
        for place in units_below([path], on=request.today):
            if place.path.count(".") == path.count(".") + 1:
                found[place.id] = place
    return sorted(found.values(), key=lambda p: (p.kind.value, p.code, p.entered_in or 0, p.name))


def _groups(request: Request, facts: UnitFacts) -> dict[str, Any]:
    kinds = SCHOOLS | {
        UnitKind.TOWNSHIP,
        UnitKind.COMMUNITY,
        UnitKind.VILLAGE,
        UnitKind.CENTRE_SCHOOL,
        UnitKind.BUREAU,
        UnitKind.COUNTY,
    }
    if facts.kind not in kinds:
        return {"groups": []}
    on = request.today
    missing = missing_in_group(facts.id, GroupKind.DROPOUT, on=on)
    return {
        "groups": [(kind, group_of(facts.id, kind, on=on)) for kind in GroupKind],
        "missing": missing,
    }


def _coverage(request: Request, facts: UnitFacts) -> dict[str, Any]:
    on = request.today
    if facts.kind in {UnitKind.VILLAGE, UnitKind.GROUP, UnitKind.COMMUNITY}:
        lines = two_lines_for(home_id=facts.id, class_id=None, on=on).government
        return {"lines": lines, "covers": coverage_of([facts.id])}
    if facts.kind is UnitKind.CLASS:
        lines = two_lines_for(home_id=None, class_id=facts.id, on=on).school
        return {"lines": lines, "lessons": lessons_at([facts.id], on=on)}
    if facts.kind in SCHOOLS:
        return {"covers": coverage_of([facts.id]), "lines": ()}
    return {"lines": ()}


def add(request: Request, unit_id: UUID) -> HttpResponse:
    """Found a unit under this one."""
    above = unit_for(request, unit_id, Capability.MANAGE_UNITS)
    form = NewUnitForm(
        request.POST or None,
        above=above,
        divisions=divisions_below(above.code, county_id=request.actor.county_id)
        if above.code
        else [],
        other_parents=_other_parents(request, above),
        initial={"from_on": request.today},
    )
    made: list[UUID] = []
    if request.method == "POST" and carry_out(
        form, lambda: made.append(_found(request, above, form))
    ):
        messages.success(request, _("已新增。"))
        return redirect("unit", made[0])
    words = Words(_("在 %(unit)s 下新增单位") % {"unit": above.name}, _("新增"))
    return form_page(request, form, words, crumbs=crumbs_of(request, above))


def _other_parents(request: Request, above: UnitFacts) -> list[tuple[UUID, str]]:
    """For a school founded in one line: where it may stand in the other."""
    line = Line.EDUCATION if home_line(above.kind) is Line.GOVERNMENT else Line.GOVERNMENT
    county = units_below(
        [f"{h.path}" for h in request.actor.holdings if h.path.count(".") == 2],
        on=request.today,
    )
    if not any(kind in SCHOOLS for kind, _label in kinds_below(above.kind)):
        return []
    tops = [
        p.path for p in county if p.path.startswith(line.value + ".") and p.path.count(".") == 2
    ]
    return [
        (p.id, p.name)
        for p in possible_parents(UnitKind.SCHOOL, line, within=tops, on=request.today)
    ]


def _found(request: Request, above: UnitFacts, form: NewUnitForm) -> UUID:
    data = form.cleaned_data
    kind = UnitKind(data["kind"])
    parents: dict[Line, UUID] = {}
    here = home_line(above.kind)
    parents[here if kind in SCHOOLS else home_line(kind)] = above.id
    if other := data.get("other_parent"):
        parents[Line.EDUCATION if here is Line.GOVERNMENT else Line.GOVERNMENT] = other
    new = NewUnit(
        kind,
        data["name"],
        code=data["code"],
        stage=data["stage"],
        is_boarding=data["is_boarding"],
    )
    return flows.found_unit(
        new,
        parents=parents,
        actor=request.actor,
        on=data["from_on"],
        stamp=stamp_of(request),
    )


def edit(request: Request, unit_id: UUID) -> HttpResponse:
    """Correct a unit's name, code and so on."""
    facts = unit_for(request, unit_id, Capability.MANAGE_UNITS)
    initial = {name: getattr(facts, name) for name in DescribeForm.base_fields}
    form = DescribeForm(request.POST or None, unit=facts, initial=initial)

    def act() -> None:
        changes = dict(form.cleaned_data)
        flows.describe_unit(
            unit_id,
            version=changes.pop("version"),
            actor=request.actor,
            today=request.today,
            stamp=stamp_of(request),
            changes=changes,
        )

    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("已保存。"))
        return redirect("unit", unit_id)
    words = Words(_("更正 %(unit)s") % {"unit": facts.name}, _("保存"))
    return form_page(request, form, words, crumbs=crumbs_of(request, facts))


def move(request: Request, unit_id: UUID, line: Line) -> HttpResponse:
    """Put a unit under another parent in one line."""
    facts = unit_for(request, unit_id, Capability.MANAGE_UNITS)
    reach = request.actor.reach(Capability.MANAGE_UNITS)
    parents = possible_parents(facts.kind, line, within=reach, on=request.today)
    form = MoveForm(request.POST or None, parents=parents, line=line, initial={"on": request.today})

    def act() -> None:
        flows.move_unit(
            unit_id,
            line,
            parent_id=form.cleaned_data["parent"],
            actor=request.actor,
            on=form.cleaned_data["on"],
            stamp=stamp_of(request),
        )

    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("已调整归属。下属单位和儿童一并归入新的上级。"))
        return redirect("unit", unit_id)
    title = _("调整 %(unit)s 的上级（%(line)s）") % {"unit": facts.name, "line": LINES[line]}
    return form_page(request, form, Words(title, _("调整归属")), crumbs=crumbs_of(request, facts))


def close(request: Request, unit_id: UUID) -> HttpResponse:
    """Close a unit."""
    facts = unit_for(request, unit_id, Capability.MANAGE_UNITS)
    form = CloseForm(request.POST or None, initial={"on": request.today, "version": facts.version})

    def act() -> None:
        flows.close_unit(
            unit_id,
            version=form.cleaned_data["version"],
            actor=request.actor,
            on=form.cleaned_data["on"],
            today=request.today,
            stamp=stamp_of(request),
        )

    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("%(unit)s 已撤销。") % {"unit": facts.name})
        return redirect(reverse("units"))
    words = Words(
        _("撤销 %(unit)s") % {"unit": facts.name},
        _("撤销单位"),
        intro=_("还有在册儿童或下级单位时不能撤销。历史资料都会保留。"),
        question=_("确定撤销 %(unit)s 吗？") % {"unit": facts.name},
    )
    return form_page(request, form, words, crumbs=crumbs_of(request, facts))
