"""The administration's lists as files: the rows that the page shows, in the same words."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from notoneless.flows.accounts import AccountFacts
from notoneless.places.queries.coverage import CoverageGap
from notoneless.places.queries.duties import DutyFacts
from notoneless.places.queries.people import Vacancy
from notoneless.places.queries.units import Place
from notoneless.rules.paths import ancestors
from notoneless.web.exports import send_list
from notoneless.web.office.pages import title_of_place, title_of_post
from notoneless.web.request import Request
from notoneless.web.words import KINDS, LEVELS, ROLES, STAGES

BETWEEN = " · "


def send_units(request: Request, places: Sequence[Place]) -> FileResponse:
    """The tree of one line as a list, each unit with the one above it."""
    names = {place.path: title_of_place(request, place) for place in places}
    headings = [_("单位"), _("类型"), _("代码"), _("学段"), _("上级单位"), _("资料")]
    rows = [
        [
            names[place.path],
            str(KINDS[place.kind]),
            place.code,
            str(STAGES[place.stage]) if place.stage else "",
            _above(place, names),
            "" if place.is_complete else _("待核对"),
        ]
        for place in places
    ]
    return send_list(request, headings, rows, title=_("单位"))


def _above(place: Place, names: dict[str, str]) -> str:
    return next((names[p] for p in reversed(ancestors(place.path)[:-1]) if p in names), "")


def send_vacancies(request: Request, found: Sequence[Vacancy]) -> FileResponse:
    headings = [_("单位"), _("类型"), _("岗位"), _("顶岗")]
    rows = [
        [title_of_place(request, v.place), str(KINDS[v.place.kind]), str(ROLES[v.role]), v.stand_in]
        for v in found
    ]
    return send_list(request, headings, rows, title=_("空缺岗位"))


def send_accounts(request: Request, found: Sequence[AccountFacts]) -> FileResponse:
    """Who has a sign-in and in what state; no password and no phone."""
    headings = [_("姓名"), _("登录名"), _("岗位"), _("状态"), _("上次登录")]
    rows = [
        [
            one.name,
            one.username,
            BETWEEN.join(f"{title_of_post(request, p)} {ROLES[p.role]}" for p in one.posts),
            _state(request, one),
            f"{timezone.localtime(one.last_seen_at):%Y-%m-%d %H:%M}" if one.last_seen_at else "",
        ]
        for one in found
    ]
    return send_list(request, headings, rows, title=_("账号"))


def _state(request: Request, one: AccountFacts) -> str:
    if not one.username:
        return _("未开通")
    if not one.is_active:
        return _("已停用")
    if one.waits_for_password:
        return _("已发纸条，等本人设密码") if one.has_slip else _("待打印纸条")
    return _("90 天未登录") if one.is_idle(request.now) else _("正常")


def send_gaps(request: Request, found: Sequence[CoverageGap]) -> FileResponse:
    headings = [_("单位"), _("类型"), _("缺哪一级")]
    rows = [
        [
            title_of_place(request, gap.place),
            str(KINDS[gap.place.kind]),
            BETWEEN.join(str(LEVELS[level]) for level in gap.levels),
        ]
        for gap in found
    ]
    return send_list(request, headings, rows, title=_("双线包保缺口"))


def send_duties(request: Request, found: Sequence[DutyFacts]) -> FileResponse:
    headings = [_("部门"), _("职责"), _("责任领导"), _("联络员"), _("配合部门"), _("履行情况")]
    rows = [
        [
            duty.department,
            duty.text,
            duty.leader,
            duty.liaison,
            BETWEEN.join(duty.partners),
            BETWEEN.join(f"{one.period} {one.note}" for one in duty.reports),
        ]
        for duty in found
    ]
    return send_list(request, headings, rows, title=_("部门职责"))
