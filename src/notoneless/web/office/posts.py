"""Pages about posts: appointing, ending, standing in, vacancies, lessons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notoneless.flows import posts as flows
from notoneless.flows.posts import LessonWanted, NewPerson, Term
from notoneless.places.queries.people import lessons_at, post_facts, vacancies
from notoneless.places.queries.units import UnitFacts, home_path, units_below
from notoneless.places.services.people import Appointment
from notoneless.rules.roles import Capability, Role, Tenure
from notoneless.rules.subjects import usual_subjects
from notoneless.rules.units import Stage, UnitKind, school_year_of
from notoneless.web.duties.post_words import going_along
from notoneless.web.office.pages import (
    Words,
    carry_out,
    crumbs_of,
    export_url,
    form_page,
    status_of,
    suggestions,
    title_of,
    unit_for,
    wants_export,
)
from notoneless.web.office.post_forms import AppointForm, EndPostForm, LessonsForm, StandInForm
from notoneless.web.office.sheets import send_vacancies
from notoneless.web.request import Request, stamp_of
from notoneless.web.words import ROLES, class_name


def appoint(request: Request, unit_id: UUID) -> HttpResponse:
    """Appoint somebody at a unit, or enter a vacant post."""
    facts = unit_for(request, unit_id, Capability.MANAGE_POSTS)
    form = AppointForm(
        request.POST or None,
        county_id=request.actor.county_id,
        kind=facts.kind,
        initial={"from_on": request.today, "role": request.GET.get("role", "")},
    )
    if request.method == "POST" and carry_out(form, lambda: _appointed(request, facts, form)):
        messages.success(request, _("已任命。要查看儿童信息，还需负责人审批。"))
        return redirect("unit", unit_id)
    title = _("在 %(unit)s 任命") % {"unit": title_of(request, facts)}
    people = suggestions(request)
    words = Words(title, _("任命"))
    return form_page(request, form, words, crumbs=crumbs_of(request, facts), people=people)


def _appointed(request: Request, facts: UnitFacts, form: AppointForm) -> None:
    data = form.cleaned_data
    newcomer = None
    if data["is_new"] and data["person"]:
        newcomer = NewPerson(data["person"].strip(), data["phone"], data["staff_number"])
    person = None if newcomer or data["is_vacant"] else data["person"]
    flows.appoint(
        Appointment(
            Role(data["role"]), facts.id, person, Tenure(data["tenure"]), title=data["title"]
        ),
        _term(data),
        actor=request.actor,
        today=request.today,
        stamp=stamp_of(request),
        newcomer=newcomer,
    )


def _term(data: dict[str, Any]) -> Term:
    last = data["to_on"]
    return Term(data["from_on"], last + timedelta(days=1) if last else None)


def end(request: Request, post_id: UUID) -> HttpResponse:
    """End a post."""
    post = post_facts(post_id)
    facts = unit_for(request, post.unit_id, Capability.MANAGE_POSTS)
    form = EndPostForm(
        request.POST or None, post=post, initial={"on": request.today, "version": post.version}
    )

    def act() -> None:
        flows.end_post(
            post_id,
            version=form.cleaned_data["version"],
            leave_vacant=form.cleaned_data.get("leave_vacant", False),
            on=form.cleaned_data["on"] + timedelta(days=1),
            actor=request.actor,
            stamp=stamp_of(request),
        )

    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("已登记。"))
        return redirect("unit", post.unit_id)
    named = {"name": post.person_name or _("空缺"), "role": ROLES[post.role]}
    intro = going_along(request, [(post.role, post.unit_id)])
    words = Words(_("结束任职：%(name)s（%(role)s）") % named, _("结束任职"), intro)
    return form_page(request, form, words, crumbs=crumbs_of(request, facts))


def stand_in(request: Request, post_id: UUID) -> HttpResponse:
    """Name somebody who stands in for a post for a time."""
    post = post_facts(post_id)
    facts = unit_for(request, post.unit_id, Capability.MANAGE_POSTS)
    form = StandInForm(
        request.POST or None,
        county_id=request.actor.county_id,
        initial={"from_on": request.today},
    )

    def act() -> None:
        flows.stand_in(
            post_id,
            person_id=form.cleaned_data["person"],
            term=_term(form.cleaned_data),
            actor=request.actor,
            today=request.today,
            stamp=stamp_of(request),
        )

    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("已登记顶岗，期间的任务由顶岗人接办。"))
        return redirect("unit", post.unit_id)
    named = {"name": post.person_name or _("空缺"), "role": ROLES[post.role]}
    intro = going_along(request, [(post.role, post.unit_id)])
    words = Words(_("为 %(name)s（%(role)s）安排顶岗") % named, _("安排顶岗"), intro)
    people = suggestions(request)
    return form_page(request, form, words, crumbs=crumbs_of(request, facts), people=people)


def vacant(request: Request) -> HttpResponseBase:
    """Posts that nobody holds, in the actor's reach."""
    request.actor.must(Capability.MANAGE_POSTS)
    reach = request.actor.reach(Capability.MANAGE_POSTS)
    rows = vacancies(reach, on=request.today)
    if wants_export(request):
        return send_vacancies(request, rows)
    context = {
        "rows": rows,
        "count": len(rows),
        "export_url": export_url(request),
        "crumbs": crumbs_of(request)[:1],
    }
    return render(request, "office/vacancies.html", context)


def lessons(request: Request, unit_id: UUID) -> HttpResponse:
    """Who teaches which class what: a matrix to fill in."""
    facts = unit_for(request, unit_id, Capability.MANAGE_POSTS)
    form, subjects = _lessons_form(request, facts)
    done: list[int] = []
    if request.method == "POST" and carry_out(
        form, lambda: done.append(_assigned(request, unit_id, form))
    ):
        said = ngettext("已保存，改动 %(n)s 处。", "已保存，改动 %(n)s 处。", done[0])
        messages.success(request, said % {"n": done[0]})
        return redirect("lessons", unit_id)
    context = {
        "form": form,
        "subjects": subjects,
        "title": _("%(unit)s 任课安排") % {"unit": facts.name},
        "crumbs": crumbs_of(request, facts),
        "people": suggestions(request, unit_id),
    }
    return render(request, "office/lessons.html", context, status=status_of(form))


def _lessons_form(request: Request, facts: UnitFacts) -> tuple[LessonsForm, list[str]]:
    path = home_path(facts.id, on=request.today)
    year = school_year_of(request.today)
    found = units_below([path], on=request.today, kinds=[UnitKind.CLASS])
    here = sorted(
        (p for p in found if p.entered_in and p.entered_in <= year),
        key=lambda p: (p.stage != "primary", -(p.entered_in or 0), len(p.name), p.name),
    )
    classes = [
        (p.id, class_name(p.stage, p.entered_in or 0, p.name, today=request.today)) for p in here
    ]
    rows = lessons_at([p.id for p in here], on=request.today)
    stages = {p.stage for p in here}
    usual = usual_subjects(has_primary=Stage.PRIMARY in stages, has_junior=Stage.JUNIOR in stages)
    subjects = [*usual, *sorted({row.subject for row in rows} - set(usual))]
    form = LessonsForm(
        request.POST or None,
        county_id=request.actor.county_id,
        classes=classes,
        subjects=subjects,
        taught={(row.class_id, row.subject): row.person_name for row in rows},
        today=request.today,
    )
    return form, subjects


def _assigned(request: Request, school_id: UUID, form: LessonsForm) -> int:
    changed = [
        LessonWanted(class_id, subject, form.cleaned_data[key])
        for key, (class_id, subject) in form.cells.items()
        if key in form.changed_data
    ]
    return flows.assign_lessons(
        school_id,
        changed,
        on=form.cleaned_data["on"],
        actor=request.actor,
        today=request.today,
        stamp=stamp_of(request),
    )
