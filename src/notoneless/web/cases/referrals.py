"""What a department was asked, and its answer; nothing leads from here to the child."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from uuid_utils.compat import uuid7

from notoneless.access.actor import Actor
from notoneless.flows.cases.choosing import Offered
from notoneless.flows.cases.referring import (
    Answer,
    ReferralPage,
    SubCasePage,
    acknowledge,
    answer,
    referral_followed,
    referral_for,
    referrals_for,
    settle,
    subcase_followed,
    subcase_for,
    subcases_for,
)
from notoneless.flows.cases.refusals import StepFaulty
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.cases.referrals import SHOWN, Field
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.cases.forms import StepForm
from notoneless.web.cases.words import FIELDS, REFERRALS, SUBCASE_RESULTS, SUBCASES
from notoneless.web.day_words import day
from notoneless.web.kept_forms import drop_kept_form, kept_form, kept_over_sign_in
from notoneless.web.request import Request, stamp_of


@never_cache
@require_safe
def referrals(request: Request) -> HttpResponse:
    """What my unit was asked: open, then answered; sub-cases beside them."""
    request.actor.must(Capability.ANSWER_REFERRALS)
    waiting = referrals_for(request.actor)
    done = referrals_for(request.actor, is_open=False)
    listed = Listed.of("referrals", [each.child_id for each in (*waiting, *done)])
    note_reading("referrals.listed", stamp=stamp_of(request), listed=listed)
    context = {
        "waiting": [_line(each, request) for each in waiting],
        "done": [_line(each, request) for each in done],
        "subcases": [(each, SUBCASES[each.kind]) for each in subcases_for(request.actor)],
    }
    return render(request, "cases/referrals.html", context)


@never_cache
@kept_over_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: Request, referral_id: UUID) -> HttpResponse:
    """One referral with the fields it was given, and the form of the answer."""
    if request.method != "POST" and not _answers(request, referral_id, referral_for):
        return _followed(request, referral_id)
    found = referral_for(request.actor, referral_id)
    form = _form(request, StepKind.REFERRAL_ANSWERED)
    if request.method != "POST":
        note_reading(
            "referral.opened",
            stamp=stamp_of(request),
            child_id=found.child_id,
            fields=[field.value for field, _text in found.shown],
        )
        return _referral_page(request, found, form)
    if not form.is_valid():
        return _referral_page(request, found, form, status=422)
    given = Answer(id=form.cleaned_data["id"], said=form.taking().said)
    try:
        answer(request.actor, referral_id, given, today=request.today, now=request.now)
    except Refusal as refusal:
        return _refused(request, form, refusal, referral_for(request.actor, referral_id))
    drop_kept_form(request)
    messages.success(request, _("已答复，来文单位会看到。"))
    return redirect("referral", referral_id)


@require_POST
def referral_acknowledge(request: Request, referral_id: UUID) -> HttpResponse:
    """Say that it was seen."""
    acknowledge(request.actor, referral_id, today=request.today)
    messages.success(request, _("已签收。"))
    return redirect("referral", referral_id)


@never_cache
@kept_over_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def subcase(request: Request, subcase_id: UUID) -> HttpResponse:
    """One sub-case and how it ended."""
    if request.method != "POST" and not _answers(request, subcase_id, subcase_for):
        return _subcase_followed(request, subcase_id)
    found = subcase_for(request.actor, subcase_id)
    form = _form(request, StepKind.SUBCASE_SETTLED)
    if request.method != "POST":
        return _subcase_page(request, found, form)
    if not form.is_valid():
        return _subcase_page(request, found, form, status=422)
    given = Answer(id=form.cleaned_data["id"], said=form.taking().said)
    try:
        settle(request.actor, subcase_id, given, today=request.today, now=request.now)
    except StepFaulty as refusal:
        form.tell(refusal.faults)
        return _subcase_page(request, found, form, status=422)
    except Refusal as refusal:
        fresh = subcase_for(request.actor, subcase_id)
        return _subcase_page(request, fresh, form, status=409, refusal=refusal)
    drop_kept_form(request)
    messages.success(request, _("已办结，来文单位会看到。"))
    return redirect("subcase", subcase_id)


def _answers(request: Request, key: UUID, find: Callable[[Actor, UUID], object]) -> bool:
    """Whether the reader's own unit was asked."""
    try:
        find(request.actor, key)
    except ObjectDoesNotExist:
        return False
    return True


def _followed(request: Request, referral_id: UUID) -> HttpResponse:
    found = referral_followed(request.actor, referral_id, today=request.today)
    note_reading(
        "referral.opened", stamp=stamp_of(request), child_id=found.child_id, fields=["answer"]
    )
    return _referral_page(request, found, None)


def _subcase_followed(request: Request, subcase_id: UUID) -> HttpResponse:
    found = subcase_followed(request.actor, subcase_id, today=request.today)
    note_reading(
        "subcase.opened", stamp=stamp_of(request), child_id=found.child_id, fields=["finding"]
    )
    return _subcase_page(request, found, None)


def _form(request: Request, step: StepKind) -> StepForm:
    data = request.POST if request.method == "POST" else kept_form(request)
    initial = {"id": uuid7(), "on": request.today}
    form = StepForm(data, initial=initial, step=step, offers=Offered(), today=request.today)
    # A department answers on the day on which it writes.
    form.fields["on"].required = False
    form.fields["on"].widget = form.fields["on"].hidden_widget()
    return form


def _refused(
    request: Request, form: StepForm, refusal: Refusal, found: ReferralPage
) -> HttpResponse:
    if isinstance(refusal, StepFaulty):
        form.tell(refusal.faults)
        return _referral_page(request, found, form, status=422)
    return _referral_page(request, found, form, status=409, refusal=refusal)


def _referral_page(
    request: Request, found: ReferralPage, form: StepForm | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "each": found,
        "words": REFERRALS[found.kind],
        "shown": _shown(found),
        "form": form,
        **more,
    }
    return render(request, "cases/referral.html", context, status=status)


def _shown(found: ReferralPage) -> list[tuple[str | Promise, str]]:
    """The fields in the order in which a letter names them; days as people read them."""
    texts = dict(found.shown)
    return [
        (FIELDS[field], _day(texts[field]) if field is Field.AWAY_SINCE else texts[field])
        for field in SHOWN[found.kind]
        if field in texts
    ]


def _day(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def _subcase_page(
    request: Request, found: SubCasePage, form: StepForm | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "each": found,
        "words": SUBCASES[found.kind],
        "result": SUBCASE_RESULTS[found.result] if found.result else "",
        "form": form,
        **more,
    }
    return render(request, "cases/subcase.html", context, status=status)


def _line(each: ReferralPage, request: Request) -> dict[str, Any]:
    name = next((text for field, text in each.shown if field.value == "name"), "")
    is_late = each.is_open and each.due_on is not None and each.due_on < request.today
    return {"each": each, "words": REFERRALS[each.kind], "name": name, "is_late": is_late}
