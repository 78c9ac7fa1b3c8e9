"""Pages about sign-ins: the list, entering many people, slips."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from notoneless.flows import accounts as flows
from notoneless.flows.accounts import MOST_SLIPS, AccountFacts
from notoneless.flows.staff_lists import RowAnswer, enter_staff
from notoneless.places.queries.people import PostFacts
from notoneless.rules.roles import Capability
from notoneless.rules.staff_list import ROLE_WORDS, read_rows
from notoneless.web.office.pages import Crumbs, carry_out, export_url, status_of, wants_export
from notoneless.web.office.sheets import send_accounts
from notoneless.web.pasted import PastedForm, as_text
from notoneless.web.refusals import sentence_of
from notoneless.web.request import Request, stamp_of
from notoneless.web.words import unit_title

PER_PAGE = 50


def _crumbs() -> Crumbs:
    return [(_("管理"), reverse("office"))]


def accounts(request: Request) -> HttpResponseBase:
    """Everybody with a post in reach, and the sign-in."""
    rows = flows.accounts_in_reach(request.actor, today=request.today)
    shown = request.GET.get("show", "")
    tests: dict[str, Callable[[AccountFacts], bool]] = {
        "none": lambda a: not a.username,
        "waiting": lambda a: bool(a.username) and a.is_active and a.waits_for_password,
        "idle": lambda a: a.is_idle(request.now),
        "closed": lambda a: bool(a.username) and not a.is_active,
    }
    kept = [row for row in rows if shown not in tests or tests[shown](row)]
    if text := request.GET.get("q", "").strip():
        kept = [row for row in kept if text in row.name or text.lower() == row.username]
    if wants_export(request):
        return send_accounts(request, kept)
    page = Paginator(kept, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "count": len(kept),
        "idle": {row.person_id for row in page if row.is_idle(request.now)},
        "tabs": _tabs(rows, tests, shown),
        "q": text,
        "shown": shown,
        "most": MOST_SLIPS,
        "export_url": export_url(request),
        "crumbs": _crumbs(),
    }
    return render(request, "office/accounts.html", context)


def _tabs(
    rows: list[AccountFacts], tests: dict[str, Callable[[AccountFacts], bool]], shown: str
) -> list[dict[str, Any]]:
    labels = {
        "": _("全部"),
        "none": _("未开通"),
        "waiting": _("还没设密码"),
        "idle": _("90 天未登录"),
        "closed": _("已停用"),
    }
    return [
        {
            "label": label,
            "url": f"?show={key}" if key else "?",
            "is_current": key == shown,
            "count": sum(1 for row in rows if key not in tests or tests[key](row)),
        }
        for key, label in labels.items()
    ]


@require_POST
@never_cache
def slips(request: Request) -> HttpResponse:
    """Print new passwords for the people ticked: shown once, kept nowhere."""
    chosen = [UUID(value) for value in request.POST.getlist("person") if _is_id(value)]
    if not chosen:
        return render(request, "office/no_slips.html", {"crumbs": _crumbs()}, status=422)
    made = flows.print_slips(
        chosen, actor=request.actor, today=request.today, stamp=stamp_of(request)
    )
    note = _("七天内用它登录一次，并设自己的密码。不要拍照外传。")
    cards = [
        {
            "name": slip.name,
            "unit": _called(request, post) if post else "",
            "username": slip.username,
            "secret": slip.secret,
            "note": note,
        }
        for slip, post in made.slips
    ]
    sheets = [cards[start : start + 8] for start in range(0, len(cards), 8)]
    refused = [(name, sentence_of(refusal)) for name, refusal in made.refused]
    context = {"sheets": sheets, "count": len(cards), "refused": refused}
    return render(request, "office/slips.html", context)


def _called(request: Request, post: PostFacts) -> str:
    return unit_title(
        post.unit_kind,
        post.unit_name,
        stage=post.unit_stage,
        entered_in=post.unit_entered_in,
        today=request.today,
    )


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


class StaffListForm(PastedForm):
    pasted_hint = gettext_lazy("从表格里复制整块粘贴即可：姓名、工号、手机号、岗位、单位、登录名。")


def staff_list(request: Request) -> HttpResponse:
    """Enter many people at once: first a preview, then the good rows go on."""
    request.actor.must(Capability.MANAGE_ACCOUNTS)
    form = StaffListForm(request.POST or None, request.FILES or None)
    answers: list[RowAnswer] = []
    is_entered = "enter" in request.POST

    def act() -> None:
        answers.extend(
            enter_staff(
                read_rows(form.cleaned_data["table"]),
                actor=request.actor,
                dry_run=not is_entered,
                today=request.today,
                stamp=stamp_of(request),
            )
        )

    done = request.method == "POST" and carry_out(form, act)
    context = {
        "form": form,
        "is_entered": is_entered and done,
        "good": [answer for answer in answers if answer.is_good],
        "bad": [(a, [sentence_of(r) for r in a.refusals]) for a in answers if not a.is_good],
        "again": as_text(form.cleaned_data["table"]) if done else "",
        "roles": sorted(ROLE_WORDS),
        "most": MOST_SLIPS,
        "crumbs": [*_crumbs(), (_("账号"), reverse("accounts"))],
    }
    return render(
        request, "office/staff_list.html", context, status=200 if done else status_of(form)
    )
