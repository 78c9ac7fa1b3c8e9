"""One duty: what wants it, by when, how it changed, what closed it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from notoneless.duties.queries.file import ChangeLine, DutyFile, duty_file
from notoneless.duties.queries.rows import Bucket
from notoneless.journal.services import note_reading
from notoneless.rules.duties.keys import POLICY_KEYS
from notoneless.rules.duties.kinds import ChangeKind, DutyState
from notoneless.rules.roles import Capability, Role
from notoneless.web.duties.lines import shown
from notoneless.web.duties.words import (
    BUCKETS,
    CHANGES,
    CLOSES,
    MATTERS,
    WHYS,
    clock_words,
)
from notoneless.web.request import Request, stamp_of
from notoneless.web.templatetags.looks import day
from notoneless.web.words import ROLES

TONES = {
    ChangeKind.ROSE: "danger",
    ChangeKind.WITHDRAWN: "neutral",
    ChangeKind.REDATED: "attention",
}


@require_safe
def duty(request: Request, duty_id: UUID) -> HttpResponse:
    """Everything about one duty; out of reach it is not there."""
    file = duty_file(request.actor, duty_id, today=request.today)
    line = file.line
    if line.child_id and line.child_name:
        note_reading(
            "duty.opened", stamp=stamp_of(request), child_id=line.child_id, fields=["duties"]
        )
    context = {
        "file": file,
        "duty": shown(line, request.actor, today=request.today, names_school=True),
        "matter": MATTERS[line.matter_kind],
        "closes": CLOSES[line.evidence],
        "closed_by": CLOSES[line.closed_by] if line.closed_by else "",
        "bucket": BUCKETS[line.bucket],
        "is_withdrawn": line.state is DutyState.WITHDRAWN,
        "is_open": line.bucket is not Bucket.DONE,
        "clock": clock_words(line),
        "policy_url": _policy_url(request, file),
        "heir": _post_words(file.heir_role, file.heir_unit_name),
        "risen": _post_words(line.risen_role, line.risen_unit_name),
        "participants": [_post_words(role, name) for role, name in file.participants],
        "story": _story(file),
    }
    return render(request, "duties/one.html", context)


def _policy_url(request: Request, file: DutyFile) -> str:
    """The rule in the very policy that gave the date."""
    key = POLICY_KEYS.get(file.line.rule)
    digest = file.line.policy_digest
    if not (key and digest and request.actor.may(Capability.SEE_POLICY)):
        return ""
    return f"{reverse('policy-kept', args=[digest])}#rule-{key}"


def _post_words(role: Role | str | None, unit: str) -> str:
    return f"{unit} {ROLES[Role(role)]}".strip() if role else ""


def _story(file: DutyFile) -> list[dict[str, Any]]:
    """Newest first, down to the day on which the duty began."""
    line = file.line
    told = [
        {
            "on": change.as_of,
            "title": CHANGES[change.kind],
            "text": _change_text(change),
            "tone": TONES.get(change.kind, "accent"),
        }
        for change in file.changes
    ]
    told.insert(0, {"on": line.opened_on, "title": gettext("开始"), "text": ""})
    if line.done_on is not None:
        text = str(CLOSES[line.closed_by]) if line.closed_by else ""
        told.append({"on": line.done_on, "title": gettext("办结"), "text": text, "tone": "done"})
    return list(reversed(told))


def _change_text(change: ChangeLine) -> str:
    said = [str(WHYS[change.why])]
    if change.old_due_on != change.new_due_on:
        said.append(
            gettext("到期由 %(old)s 改为 %(new)s")
            % {"old": day(change.old_due_on) or "—", "new": day(change.new_due_on) or "—"}
        )
    if change.risen_role:
        said.append(_post_words(change.risen_role, change.risen_unit_name))
    return gettext("；").join(said)
