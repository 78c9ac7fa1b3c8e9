"""Pages about one person: posts, hand-over, leaving, sign-in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from notoneless.access.reach import ElsewhereToo, FromAboveOnly
from notoneless.flows import accounts
from notoneless.flows import posts as flows
from notoneless.flows.directory import reveal_phone
from notoneless.places.queries.people import person_facts, posts_of
from notoneless.rules.masking import mask_phone
from notoneless.rules.roles import Capability
from notoneless.web.duties.post_words import going_along
from notoneless.web.office.pages import Crumbs, Words, carry_out, form_page, suggestions
from notoneless.web.office.post_forms import HandOverForm, LeaveForm
from notoneless.web.request import Request, stamp_of


def person(request: Request, person_id: UUID) -> HttpResponse:
    """One person: the posts; the sign-in and what can be done for those who look after it."""
    facts = _account(request, person_id)
    named = person_facts(person_id, county_id=request.actor.county_id)
    context = {
        "person": named,
        "phone": mask_phone(named.phone),
        "account": facts,
        "is_idle": facts is not None and facts.is_idle(request.now),
        "posts": posts_of(person_id),
        "crumbs": _crumbs(),
        "may_act": facts is not None and person_id != request.actor.person_id,
        "may_post": request.actor.may(Capability.MANAGE_POSTS),
    }
    return render(request, "office/person.html", context)


def _account(request: Request, person_id: UUID) -> accounts.AccountFacts | None:
    """The sign-in; ``None`` for a person in reach whose account is others' to look after."""
    try:
        return accounts.account_facts(person_id, actor=request.actor, today=request.today)
    except (ElsewhereToo, FromAboveOnly):
        return None


def _crumbs(name: str = "", person_id: UUID | None = None) -> Crumbs:
    crumbs: Crumbs = [(_("管理"), reverse("office")), (_("账号"), reverse("accounts"))]
    if person_id is not None:
        crumbs.append((name, reverse("person", args=[person_id])))
    return crumbs


@require_POST
def phone(request: Request, person_id: UUID) -> HttpResponse:
    """Show a colleague's whole phone number; the look is noted."""
    number = reveal_phone(
        person_id, actor=request.actor, today=request.today, stamp=stamp_of(request)
    )
    page = "office/phone_part.html" if request.htmx else "office/phone.html"
    return render(request, page, {"number": number})


def hand_over(request: Request, person_id: UUID) -> HttpResponse:
    """Give all posts and lessons of one person to another."""
    accounts.account_facts(person_id, actor=request.actor, today=request.today)
    facts = person_facts(person_id, county_id=request.actor.county_id)
    form = HandOverForm(
        request.POST or None,
        county_id=request.actor.county_id,
        initial={"on": request.today},
    )

    def act() -> None:
        flows.hand_over(
            person_id,
            form.cleaned_data["to"],
            on=form.cleaned_data["on"],
            actor=request.actor,
            today=request.today,
            stamp=stamp_of(request),
        )

    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("已移交。接手人的数据访问还需负责人审批。"))
        return redirect("person", person_id)
    held = [(post.role, post.unit_id) for post in posts_of(person_id) if post.to_on is None]
    title = _("移交 %(name)s 的全部岗位和任课") % {"name": facts.name}
    words = Words(title, _("移交"), going_along(request, held))
    crumbs = _crumbs(facts.name, person_id)
    return form_page(request, form, words, crumbs=crumbs, people=suggestions(request))


def leave(request: Request, person_id: UUID) -> HttpResponse:
    """Somebody leaves: posts end, the sign-in is switched off."""
    accounts.account_facts(person_id, actor=request.actor, today=request.today)
    facts = person_facts(person_id, county_id=request.actor.county_id)
    form = LeaveForm(request.POST or None, initial={"on": request.today, "version": facts.version})

    def act() -> None:
        accounts.see_off(
            person_id,
            version=form.cleaned_data["version"],
            on=form.cleaned_data["on"],
            actor=request.actor,
            today=request.today,
            stamp=stamp_of(request),
        )

    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("%(name)s 的离岗已登记。") % {"name": facts.name})
        return redirect("accounts")
    words = Words(
        _("登记 %(name)s 离岗") % {"name": facts.name},
        _("登记离岗"),
        intro=_("如有人接手，请先办移交，再登记离岗。"),
        question=_("确定登记 %(name)s 离岗吗？") % {"name": facts.name},
    )
    return form_page(request, form, words, crumbs=_crumbs(facts.name, person_id))


@require_POST
def switch(request: Request, person_id: UUID) -> HttpResponse:
    """Close a sign-in, or open a closed one again."""
    act = accounts.reopen_account if "reopen" in request.POST else accounts.close_account
    act(person_id, actor=request.actor, today=request.today, stamp=stamp_of(request))
    messages.success(
        request, _("已恢复，请打印纸条。") if "reopen" in request.POST else _("账号已停用。")
    )
    return redirect("person", person_id)
