"""The first page of administration: what is set up, and what to do next."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notoneless.access.actor import Actor
from notoneless.flows.checklist import SetUp, Step, UnitLacks, set_up_of
from notoneless.flows.checklist_units import Task
from notoneless.rules.roles import Capability
from notoneless.web.request import Request

C = Capability
OFFICE = frozenset(
    {C.MANAGE_UNITS, C.MANAGE_POSTS, C.MANAGE_ACCOUNTS, C.MANAGE_COVERAGE, C.APPROVE_ACCESS}
)
"""Any one of these opens the administration."""

PER_PAGE = 30
LABELS: dict[Task, tuple[str | Promise, str, str | Promise]] = {
    Task.TOWNSHIPS: (gettext_lazy("建立乡镇"), "units", gettext_lazy("去建立")),
    Task.VILLAGES: (gettext_lazy("建立村（社区）"), "units", gettext_lazy("去建立")),
    Task.SCHOOLS: (gettext_lazy("建立学校并核对资料"), "units", gettext_lazy("去核对")),
    Task.HEADS: (gettext_lazy("任命单位负责人"), "vacancies", gettext_lazy("看空缺")),
    Task.CLERKS: (
        gettext_lazy("任命业务员、教育专干和村儿童主任"),
        "vacancies",
        gettext_lazy("看空缺"),
    ),
    Task.DESIGNATED: (gettext_lazy("每校指定控辍专人"), "vacancies", gettext_lazy("看空缺")),
    Task.PROTECTION: (
        gettext_lazy("县局指定儿童保护专岗，处理紧急情况报告"),
        "units",
        gettext_lazy("去指定"),
    ),
    Task.ACCOUNTS: (gettext_lazy("开通账号"), "accounts", gettext_lazy("去开通")),
    Task.PASSWORDS: (
        gettext_lazy("发放纸条，本人设好密码"),
        "accounts",
        gettext_lazy("打印纸条"),
    ),
    Task.APPROVALS: (gettext_lazy("负责人审批数据访问"), "approvals", gettext_lazy("去审批")),
    Task.CALENDAR: (gettext_lazy("录入本学年校历"), "calendar", gettext_lazy("看校历")),
    Task.POLICY: (gettext_lazy("采用控辍保学政策"), "policy", gettext_lazy("看政策")),
    Task.ROSTER: (gettext_lazy("导入学生名册"), "rosters", gettext_lazy("去导入")),
    Task.HOMEROOMS: (gettext_lazy("每班有班主任"), "vacancies", gettext_lazy("看空缺")),
    Task.LESSONS: (gettext_lazy("每班排好任课教师"), "coverage-gaps", gettext_lazy("看缺口")),
    Task.GROUPS: (gettext_lazy("建立控辍保学领导小组"), "groups", gettext_lazy("看名单")),
    Task.PLANS: (
        gettext_lazy("每村每校有本学年实施方案"),
        "groups",
        gettext_lazy("看名单"),
    ),
    Task.COVERAGE: (gettext_lazy("每村落实包保人"), "coverage-gaps", gettext_lazy("看缺口")),
    Task.TELEPHONES: (gettext_lazy("登记单位电话，印在文书上"), "units", gettext_lazy("去登记")),
}


NEEDS: dict[str, Capability] = {
    "vacancies": C.MANAGE_POSTS,
    "accounts": C.MANAGE_ACCOUNTS,
    "approvals": C.APPROVE_ACCESS,
    "rosters": C.IMPORT_ROSTERS,
    "policy": C.SEE_POLICY,
}
"""What a page of the checklist asks for; without it the step is somebody else's to do."""


def steps_of(progress: SetUp, actor: Actor) -> list[dict[str, Any]]:
    """The steps as the checklist part shows them; the first open one is the current one."""
    first_open = next((s.task for s in progress.steps if not s.is_done), None)
    return [_shown(step, actor, is_current=step.task is first_open) for step in progress.steps]


def _shown(step: Step, actor: Actor, *, is_current: bool) -> dict[str, Any]:
    label, route, action = LABELS[step.task]
    note = (
        _("%(done)s / %(total)s") % {"done": step.done, "total": step.total}
        if step.total
        else _("先完成前面的步骤")
    )
    state = "done" if step.is_done else "current" if is_current else "todo"
    allowed = route not in NEEDS or actor.may(NEEDS[route])
    url = _url(route) if allowed else ""
    return {"label": label, "state": state, "note": note, "url": url, "action": action}


def _url(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


SHORT: dict[Task, str | Promise] = {
    Task.HEADS: gettext_lazy("负责人"),
    Task.CLERKS: gettext_lazy("业务员或专干"),
    Task.DESIGNATED: gettext_lazy("控辍专人"),
    Task.ACCOUNTS: gettext_lazy("账号"),
    Task.APPROVALS: gettext_lazy("数据访问审批"),
    Task.ROSTER: gettext_lazy("学生名册"),
    Task.HOMEROOMS: gettext_lazy("班主任"),
    Task.LESSONS: gettext_lazy("任课教师"),
    Task.GROUPS: gettext_lazy("领导小组"),
    Task.PLANS: gettext_lazy("实施方案"),
    Task.COVERAGE: gettext_lazy("包保人"),
    Task.TELEPHONES: gettext_lazy("单位电话"),
}
"""What a unit lacks, in a word."""
DOORS: dict[Task, tuple[str, Capability]] = {
    Task.LESSONS: ("lessons", C.MANAGE_POSTS),
    Task.PLANS: ("plan", C.MANAGE_COVERAGE),
    Task.COVERAGE: ("cover", C.MANAGE_COVERAGE),
    Task.TELEPHONES: ("unit-telephone", C.MANAGE_UNITS),
    Task.HEADS: ("appoint", C.MANAGE_POSTS),
    Task.CLERKS: ("appoint", C.MANAGE_POSTS),
    Task.DESIGNATED: ("appoint", C.MANAGE_POSTS),
}
"""Where a unit gets what it lacks, for whoever may; others are led to the unit's page."""


def _below(request: Request, found: SetUp) -> dict[str, Any] | None:
    """The table of units below and what each lacks; ``None`` where there are none."""
    if not found.looked_at:
        return None
    page = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        (row.place, [_lack(row, task, n, request.actor) for task, n in row.lacks]) for row in page
    ]
    return {"page": page, "rows": rows, "count": len(found.rows), "total": found.looked_at}


def _lack(row: UnitLacks, task: Task, number: int, actor: Actor) -> tuple[str | Promise, int, str]:
    route, needed = DOORS.get(task, ("unit", None))
    if needed and not (row.is_home and actor.may(needed, at=row.place.path)):
        route = "unit"
    return SHORT[task], number, reverse(route, args=[row.place.id])


def may_administer(request: Request) -> bool:
    return any(request.actor.may(capability) for capability in OFFICE)


def office(request: Request) -> HttpResponse:
    """The set-up of the actor's units, and the ways into administration; others see the units."""
    if not may_administer(request):
        request.actor.must(Capability.SEE_DIRECTORY)
        return redirect("units")
    progress = set_up_of(request.actor, today=request.today)
    may = request.actor.may
    ways = [
        (C.SEE_DIRECTORY, "units", "hierarchy", _("单位")),
        (C.MANAGE_POSTS, "vacancies", "user-question", _("空缺岗位")),
        (C.MANAGE_ACCOUNTS, "accounts", "key", _("账号")),
        (C.MANAGE_ACCOUNTS, "staff-list", "user-plus", _("批量开通")),
        (C.APPROVE_ACCESS, "approvals", "shield-check", _("数据访问审批")),
        (C.SEE_DIRECTORY, "groups", "users-group", _("领导小组和方案")),
        (C.SEE_DIRECTORY, "coverage-gaps", "git-branch", _("双线包保")),
        (C.SEE_DIRECTORY, "duties", "briefcase", _("部门职责")),
        (C.SEE_DIRECTORY, "directory", "phone", _("通讯录")),
        (C.IMPORT_ROSTERS, "case-balances", "archive", _("补录在办个案")),
    ]
    context = {
        "progress": progress,
        "steps": steps_of(progress, request.actor),
        "below": _below(request, progress),
        "ways": [(reverse(route), icon, label) for c, route, icon, label in ways if may(c)],
    }
    return render(request, "office/office.html", context)
