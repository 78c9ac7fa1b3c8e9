"""Adding one child by hand, and correcting what makes a row one certain child."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.children.queries.file import ChildFile, child_file
from notoneless.children.queries.matches import rows_of
from notoneless.children.queries.units import (
    classes_in_reach,
    schools_wholly_in_reach,
)
from notoneless.children.services.adding import PerhapsThere, add_child
from notoneless.children.services.identity import (
    NumberTakenHere,
    WrongParticulars,
    correct_particulars,
)
from notoneless.flows.children.revealing import reveal
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.rules.visibility import FieldGroup
from notoneless.web.children.faults import put_on_form
from notoneless.web.children.forms import AddForm, CorrectForm
from notoneless.web.request import Request, stamp_of


def child_add(request: Request) -> HttpResponse:
    """One child by hand: look first whether it is there, then add it once."""
    request.actor.must(Capability.ADD_CHILDREN)
    if request.method != "POST":
        return _add_page(request, _empty_form(request))
    form = _add_form(request, request.POST)
    if not form.is_valid():
        return _add_page(request, form, status=422)
    try:
        child_id = add_child(
            form.new_child(),
            is_another=form.cleaned_data["is_another"],
            actor=request.actor,
            today=request.today,
            stamp=stamp_of(request),
        )
    except Refusal as refusal:
        return _not_added(request, form, refusal)
    messages.success(request, _("已添加 %(name)s。") % {"name": form.cleaned_data["name"]})
    return redirect("child", child_id)


def _not_added(request: Request, form: AddForm, refusal: Refusal) -> HttpResponse:
    if put_on_form(refusal, form):
        return _add_page(request, form, status=422)
    if isinstance(refusal, PerhapsThere):
        alike = rows_of(request.actor, refusal.alike, on=request.today)
        return _add_page(request, form, status=409, alike=alike, elsewhere=refusal.elsewhere)
    if isinstance(refusal, NumberTakenHere):
        alike = rows_of(request.actor, [refusal.other_id], on=request.today)
        return _add_page(request, form, status=409, refusal=refusal, same=alike)
    if isinstance(refusal, NotAllowed):
        raise refusal
    return _add_page(request, form, status=409, refusal=refusal)


def _empty_form(request: Request) -> AddForm:
    initial = {
        "token": uuid7(),
        "from_on": request.today,
        "name": request.GET.get("name", ""),
        "school_class": request.GET.get("class", ""),
        "id_kind": "1",
    }
    return _add_form(request, None, initial=initial)


def _add_form(request: Request, data: Any, **more: Any) -> AddForm:
    """Classes of the school asked for; of all in reach where that is one school."""
    schools = schools_wholly_in_reach(request.actor, on=request.today, to=Capability.ADD_CHILDREN)
    asked = (data or request.GET).get("school", "")
    school = next((s.id for s in schools if str(s.id) == asked or len(schools) == 1), None)
    classes = (
        classes_in_reach(
            request.actor, on=request.today, to=Capability.ADD_CHILDREN, school_id=school
        )
        if school or len(schools) < 2
        else []
    )
    form = AddForm(data, classes=classes, today=request.today, **more)
    form.schools, form.school_id = schools, school
    return form


def _add_page(request: Request, form: AddForm, *, status: int = 200, **found: Any) -> HttpResponse:
    return render(request, "children/add.html", {"form": form, **found}, status=status)


def child_correct(request: Request, child_id: UUID) -> HttpResponse:
    """Correct name, number, birth date or sex with a reason."""
    file = child_file(request.actor, child_id, on=request.today)
    if not any(Capability.CORRECT_CHILDREN in door.capabilities for door in file.doors):
        raise NotAllowed(capability=Capability.CORRECT_CHILDREN.value)
    if request.method != "POST":
        return _correct_page(request, file, _correct_form(request, file))
    form = CorrectForm(request.POST)
    if not form.is_valid():
        return _correct_page(request, file, form, status=422)
    try:
        correct_particulars(
            child_id,
            form.correction(),
            actor=request.actor,
            today=request.today,
            stamp=stamp_of(request),
        )
    except WrongParticulars as wrong:
        put_on_form(wrong, form)
        return _correct_page(request, file, form, status=422)
    except Refusal as refusal:
        return _correct_page(request, file, form, status=409, refusal=refusal)
    messages.success(request, _("已更正，原来的记录仍保留在“记录变更”里。"))
    return redirect("child", child_id)


def _correct_form(request: Request, file: ChildFile) -> CorrectForm:
    """The form with what stands; the number itself only for whoever may reveal it, and noted."""
    number = ""
    if file.may_reveal_identity and file.national_id:
        shown = reveal(
            file.id,
            FieldGroup.IDENTITY,
            purpose="correct",
            actor=request.actor,
            today=request.today,
            stamp=stamp_of(request),
        )
        number = shown["id_number"]
    return CorrectForm(
        initial={
            "name": file.name,
            "id_kind": "1" if number or file.national_id else "Z",
            "id_number": number,
            "born_on": file.born_on,
            "sex": file.sex if file.sex in ("1", "2") else "",
            "version": file.version,
        }
    )


def _correct_page(
    request: Request,
    file: ChildFile,
    form: CorrectForm,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = {"file": file, "form": form, "refusal": refusal}
    if isinstance(refusal, NumberTakenHere) and refusal.may_merge:
        context["merge_with"] = refusal.other_id
    return render(request, "children/correct.html", context, status=status)
