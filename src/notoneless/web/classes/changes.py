"""Move children, split, renumber, hand over and close: each a small form of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from notoneless.children.queries.classes import class_children, homeroom_holder, staff_of
from notoneless.children.queries.units import ClassUnit, class_in_reach, classes_in_reach
from notoneless.flows.children import classes as flow
from notoneless.rules.paths import ancestors
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.classes.forms import HandOverForm, MoveForm, RenameForm, SplitForm
from notoneless.web.request import Request, stamp_of


def class_move(request: Request, class_id: UUID) -> HttpResponse:
    """Children of this class into another class of the school."""
    request.actor.must(Capability.SEE_CHILDREN)
    unit = _unit(request, class_id)
    others = [c for c in _siblings(request, unit) if c.id != unit.id]
    form = MoveForm(request.POST or None, classes=others, today=request.today)

    def move() -> str:
        n = flow.move_children(
            unit.id, form.child_ids, target_id=form.cleaned_data["target"], **_by(request)
        )
        said = ngettext("已调整 %(n)s 名学生。", "已调整 %(n)s 名学生。", n)
        return said % {"n": n}

    return _answer(request, unit, form, move, "classes/move.html")


def class_split(request: Request, class_id: UUID) -> HttpResponse:
    """A new class of the same grade, with the children chosen."""
    request.actor.must(Capability.SEE_CHILDREN)
    unit = _unit(request, class_id)
    taken = [
        int(c.name.number)
        for c in _siblings(request, unit)
        if c.grade_id == unit.grade_id and c.name.number.isdigit()
    ]
    initial = {"number": str(max(taken, default=0) + 1)}
    form = SplitForm(request.POST or None, initial=initial)

    def split() -> str:
        flow.split_class(
            unit.id, form.child_ids, number=form.cleaned_data["number"], **_by(request)
        )
        return _("已分出新班，选中的学生已编入。")

    return _answer(request, unit, form, split, "classes/split.html")


def class_rename(request: Request, class_id: UUID) -> HttpResponse:
    """Another number for a class."""
    unit = _unit(request, class_id)
    name = unit.name
    initial = {"number": name.number, "nickname": name.nickname, "version": unit.version}
    form = RenameForm(request.POST or None, initial=initial)

    def rename() -> str:
        said = form.cleaned_data
        new = flow.NewName(said["number"], said["nickname"], said["version"])
        flow.rename_class(unit.id, name=new, **_by(request))
        return _("班号已改。")

    return _answer(request, unit, form, rename, "classes/rename.html")


def class_hand_over(request: Request, class_id: UUID) -> HttpResponse:
    """A new homeroom teacher from a day."""
    unit = _unit(request, class_id)
    staff = staff_of(ancestors(unit.path)[-3], on=request.today)
    form = HandOverForm(request.POST or None, staff=staff, initial={"from_on": request.today})

    def hand_over() -> str:
        said = form.cleaned_data
        approved = flow.hand_over_class(
            unit.id, said["person"], from_on=said["from_on"], **_by(request)
        )
        if approved:
            return _("已交接，新班主任的数据访问已一并批准到本学年结束。")
        return _("已交接。新班主任还需本单位负责人批准数据访问后才能看到学生。")

    holder = homeroom_holder(unit.id, on=request.today)
    return _answer(request, unit, form, hand_over, "classes/hand_over.html", holder=holder)


@require_POST
def class_close(request: Request, class_id: UUID) -> HttpResponse:
    """Close an empty class."""
    unit = _unit(request, class_id)
    flow.close_class(unit.id, **_by(request))
    messages.success(request, _("班级已撤销。"))
    return redirect("classes")


def _unit(request: Request, class_id: UUID) -> ClassUnit:
    request.actor.must(Capability.MANAGE_CLASSES)
    return class_in_reach(request.actor, class_id, on=request.today, to=Capability.MANAGE_CLASSES)


def _siblings(request: Request, unit: ClassUnit) -> list[ClassUnit]:
    return classes_in_reach(
        request.actor,
        on=request.today,
        to=Capability.MANAGE_CLASSES,
        school_id=unit.school_id,
    )


def _by(request: Request) -> dict[str, Any]:
    return {"actor": request.actor, "today": request.today, "stamp": stamp_of(request)}


def _answer(
    request: Request,
    unit: ClassUnit,
    form: forms.Form,
    act: Callable[[], str],
    template: str,
    **more: Any,
) -> HttpResponse:
    """The form, what is wrong with it, the refusal, or back to the class with what was done."""
    status, refusal = 200, None
    if request.method == "POST":
        if not form.is_valid():
            status = 422
        else:
            try:
                messages.success(request, act())
            except Refusal as problem:
                status, refusal = 409, problem
            else:
                return redirect("class", unit.id)
    context = {
        "unit": unit,
        "form": form,
        "refusal": refusal,
        "rows": class_children(request.actor, unit.id, on=request.today),
        "chosen": {str(child) for child in getattr(form, "child_ids", ())},
        **more,
    }
    return render(request, template, context, status=status)
