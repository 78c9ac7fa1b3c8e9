"""Classes of a school, one class, and what happens to classes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from notoneless.children.queries.classes import (
    capability_for_classes,
    class_children,
    count_classes,
    homeroom_names,
)
from notoneless.children.queries.units import (
    ClassUnit,
    class_in_reach,
    schools_wholly_in_reach,
)
from notoneless.flows.children.classes import graduate_classes
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.roles import Capability
from notoneless.rules.units import school_year_of
from notoneless.web.request import Request, stamp_of
from notoneless.web.rolls.week import class_week


@require_safe
def classes(request: Request) -> HttpResponse:
    """My school's classes with counts; whoever has several schools chooses one first."""
    to = capability_for_classes(request.actor)
    request.actor.must(to)
    schools = schools_wholly_in_reach(request.actor, on=request.today, to=to)
    school = next((s for s in schools if str(s.id) == request.GET.get("school")), None)
    school = schools[0] if len(schools) == 1 else school
    if school is None and schools:
        return render(request, "classes/schools.html", {"schools": schools})
    rows = count_classes(request.actor, school_id=school.id if school else None, on=request.today)
    context = {
        "school": school,
        "rows": rows,
        "total": sum(row.children for row in rows),
        "leaving": [row for row in rows if row.is_leaving],
        "may_manage": request.actor.may(Capability.MANAGE_CLASSES),
    }
    return render(request, "classes/list.html", context)


@require_safe
def school_class(request: Request, class_id: UUID) -> HttpResponse:
    """One class: its children, its teacher, and what may be done with it."""
    context = class_context(request, class_id)
    context["week"] = class_week(request, class_id)
    context["week_pages"] = True
    return render(request, "classes/class.html", context)


@require_safe
def class_print(request: Request, class_id: UUID) -> HttpResponse:
    """The class list on paper: A4, names and empty columns to write in."""
    request.actor.must(Capability.SEE_CHILDREN)
    return render(request, "classes/print.html", class_context(request, class_id))


def class_context(request: Request, class_id: UUID) -> dict[str, Any]:
    """What the pages of a class show; the list is noted as one reading."""
    unit = _unit(request, class_id)
    rows = class_children(request.actor, unit.id, on=request.today)
    sees = request.actor.may(Capability.SEE_CHILDREN)
    if sees:
        listed = Listed.of(f"class={unit.id}", [row.id for row in rows])
        note_reading("children.listed", stamp=stamp_of(request), listed=listed)
    return {
        "unit": unit,
        "rows": rows if sees else None,
        "boys": sum(row.sex == "1" for row in rows),
        "girls": sum(row.sex == "2" for row in rows),
        "boarders": sum(row.is_boarding for row in rows),
        "homeroom": homeroom_names([unit.id], on=request.today).get(unit.id, []),
        "may_manage": request.actor.may(Capability.MANAGE_CLASSES, at=unit.path),
        "may_add": request.actor.may(Capability.ADD_CHILDREN, at=unit.path),
        "may_invite": request.actor.may(Capability.INVITE_FAMILIES, at=unit.path),
        "may_export": request.actor.may(Capability.EXPORT_CHILDREN, at=unit.path),
    }


def _unit(request: Request, class_id: UUID) -> ClassUnit:
    to = capability_for_classes(request.actor)
    request.actor.must(to)
    return class_in_reach(request.actor, class_id, on=request.today, to=to)


@require_POST
def classes_graduate(request: Request, school_id: UUID) -> HttpResponse:
    """Close the classes that have finished their stage."""
    request.actor.must(Capability.MANAGE_CLASSES)
    done = graduate_classes(
        school_id,
        school_year=school_year_of(request.today),
        actor=request.actor,
        today=request.today,
        stamp=stamp_of(request),
    )
    text = _("已办理毕业：%(classes)s 个班，%(children)s 名学生。")
    messages.success(request, text % {"classes": done.classes, "children": done.children})
    return redirect("classes")
