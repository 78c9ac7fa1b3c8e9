"""Every component with realistic examples; only where a developer or a test looks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from notoneless.access.actor import NotAllowed
from notoneless.web.styleguide import samples
from notoneless.web.styleguide.forms import SampleFilter, SampleForm, SampleUpload


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    wrong = SampleForm(samples.TYPED_WRONG)
    return _show(
        request,
        "styleguide/components.html",
        form=SampleForm(initial={"name": samples.CHILD["name"], "sex": "2"}),
        wrong=wrong,
        upload=SampleUpload(),
        week=samples.week(),
        story=samples.story(),
        steps=samples.steps(),
        refusal=NotAllowed(capability="case.close"),
        tabs=_tabs(),
        child=samples.CHILD,
        crumbs=[(_("首页"), "/styleguide")],
        masked_name=_("身份证号"),
    )


@login_not_required
def lists(request: HttpRequest) -> HttpResponse:
    pages = Paginator(samples.children(60), 60 if "all" in request.GET else 20)
    page = pages.get_page(request.GET.get("page"))
    return _show(
        request, "styleguide/lists.html", rows=page, filter_form=SampleFilter(request.GET or None)
    )


@login_not_required
def paper(request: HttpRequest) -> HttpResponse:
    return _show(
        request,
        "styleguide/paper.html",
        slips=samples.slips(),
        rows=samples.children(24),
        class_name=samples.CHILD["class_name"],
    )


@login_not_required
@require_POST
def reveal(request: HttpRequest) -> HttpResponse:
    return _show(request, "styleguide/revealed.html")


@login_not_required
@require_POST
def received(request: HttpRequest) -> HttpResponse:
    """Takes a workbook's name for its content: only .csv is received."""
    if settings.IS_PRODUCTION:
        raise Http404
    if not str(request.FILES.get("roster", "")).endswith(".csv"):
        return refused(request)
    messages.success(request, _("名册已收到，正在检查。"))
    return redirect("styleguide-lists")


@login_not_required
def refused(request: HttpRequest) -> HttpResponse:
    return _show(
        request, "errors/409.html", status=409, refusal=NotAllowed(capability="case.close")
    )


def _show(
    request: HttpRequest, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    if settings.IS_PRODUCTION:
        raise Http404
    frame = {"nav": samples.menu(), "actor": samples.ACTOR, "today": samples.TODAY}
    return render(request, template, {**frame, **context}, status=status)


def _tabs() -> list[dict[str, object]]:
    return [
        {"label": _("全部"), "url": "?tab=all", "is_current": True, "count": 60},
        {"label": _("逾期"), "url": "?tab=late", "is_current": False, "count": 9},
        {"label": _("今日到期"), "url": "?tab=today", "is_current": False, "count": 4},
        {"label": _("已办结"), "url": "?tab=done", "is_current": False, "count": None},
    ]
