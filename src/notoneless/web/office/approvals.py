"""The approver's page: which posts may see children's data, and until when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from notoneless.flows import access as flows
from notoneless.web.office.fields import DayField
from notoneless.web.office.pages import status_of
from notoneless.web.refusals import sentence_of
from notoneless.web.request import Request, stamp_of


class ApproveForm(forms.Form):
    posts = forms.TypedMultipleChoiceField(
        label=gettext_lazy("岗位"),
        coerce=UUID,
        error_messages={"required": gettext_lazy("请至少勾选一个岗位。")},
    )
    purpose = forms.CharField(
        label=gettext_lazy("用途"), max_length=200, help_text=gettext_lazy("写明为哪项工作查看。")
    )
    last_on = DayField(
        label=gettext_lazy("最后一天"), help_text=gettext_lazy("最长一年，到期自动停止。")
    )

    def __init__(self, *args: Any, posts: list[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posts"].choices = [(str(p), str(p)) for p in posts]  # type: ignore[attr-defined]


def approvals(request: Request) -> HttpResponse:
    """Posts that wait for approval, and approvals that stand; approving many at once."""
    desk = flows.approval_desk(request.actor, today=request.today)
    posts = [p.id for p in desk.pending] + [a.post.id for a in desk.standing]
    form = ApproveForm(
        request.POST or None,
        posts=posts,
        initial={
            "purpose": _("控辍保学日常工作"),
            "last_on": flows.school_year_end(request.today) - timedelta(days=1),
        },
    )
    if request.method == "POST" and form.is_valid():
        answer = flows.approve_posts(
            form.cleaned_data["posts"],
            purpose=form.cleaned_data["purpose"],
            to_on=form.cleaned_data["last_on"] + timedelta(days=1),
            actor=request.actor,
            today=request.today,
            stamp=stamp_of(request),
        )
        _tell(request, answer)
        return redirect("approvals")
    context = {
        "desk": desk,
        "form": form,
        "chosen": request.POST.getlist("posts"),
        "crumbs": [(_("管理"), reverse("office"))],
    }
    return render(request, "office/approvals.html", context, status=status_of(form))


def _tell(request: Request, answer: flows.BulkAnswer) -> None:
    if answer.approved:
        said = ngettext("已批准 %(n)s 个岗位。", "已批准 %(n)s 个岗位。", answer.approved)
        messages.success(request, said % {"n": answer.approved})
    for name, refusal in answer.refused:
        words = {"label": name, "said": sentence_of(refusal)}
        messages.warning(request, _("%(label)s：%(said)s") % words)


@require_POST
def withdraw(request: Request, approval_id: UUID) -> HttpResponse:
    """Take an approval back from today."""
    flows.withdraw(approval_id, actor=request.actor, today=request.today, stamp=stamp_of(request))
    messages.success(request, _("已撤销，从现在起不能再查看儿童信息。"))
    return redirect("approvals")
