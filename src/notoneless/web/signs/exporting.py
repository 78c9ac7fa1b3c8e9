"""The key-pupil list and the lists by need of a class as a file: for a purpose, marked, noted."""

from __future__ import annotations

from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from notoneless.access.actor import Actor, NotAllowed
from notoneless.attendance.queries.schools import ClassStanding
from notoneless.flows.signs.key_lists import key_page
from notoneless.flows.signs.needs import needs_page
from notoneless.rules.roles import Capability
from notoneless.rules.signs.key_list import Criterion
from notoneless.web.presence.exporting import NamedList, ask_and_send
from notoneless.web.request import Request
from notoneless.web.signs.words import CRITERIA, NEEDS, OFFICE_LISTS
from notoneless.web.words import class_name


def may_export(actor: Actor, at: ClassStanding) -> bool:
    """Whether the actor may take the names of this class out of the product."""
    return any(actor.may(Capability.EXPORT_CHILDREN, at=path) for path in at.paths)


@never_cache
def key_list_export(request: Request, class_id: UUID) -> HttpResponseBase:
    """The list that stands; a draft is nobody's list yet."""
    page = key_page(request.actor, class_id, today=request.today)
    _must(request.actor, page.at)
    pupils = page.standing.pupils if page.standing else ()
    named = NamedList(
        title=_("重点生名单"),
        headings=[_("姓名"), _("符合的条件"), _("依据")],
        rows=[
            [
                pupil.name,
                _("；").join(str(CRITERIA[Criterion(code)]) for code in pupil.criteria),
                pupil.evidence,
            ]
            for pupil in pupils
        ],
        child_ids=[pupil.child_id for pupil in pupils],
        told=f"key class={class_id}",
    )
    back = reverse("key-list", args=[class_id])
    return ask_and_send(request, named, of=_class(request, page.at), back=back)


@never_cache
def needs_export(request: Request, class_id: UUID) -> HttpResponseBase:
    """Each list by need, with the last visit of the term (R-083)."""
    page = needs_page(request.actor, class_id, today=request.today)
    _must(request.actor, page.at)
    named = NamedList(
        title=_("帮助需要"),
        headings=[_("名单"), _("姓名"), _("需要"), _("最近家访")],
        rows=[
            [
                str(OFFICE_LISTS[word]),
                row.member.name,
                _("、").join(str(NEEDS[each.need]) for each in row.needs),
                row.visited_on.isoformat() if row.visited_on else _("本学期没有"),
            ]
            for word, rows in page.lists.items()
            for row in rows
        ],
        child_ids=list({row.member.child_id for rows in page.lists.values() for row in rows}),
        told=f"needs class={class_id}",
    )
    back = reverse("signs-needs", args=[class_id])
    return ask_and_send(request, named, of=_class(request, page.at), back=back)


def _must(actor: Actor, at: ClassStanding) -> None:
    if not may_export(actor, at):
        raise NotAllowed(capability=Capability.EXPORT_CHILDREN.value)


def _class(request: Request, at: ClassStanding) -> str:
    name = class_name(at.stage, at.entered_in, at.name, today=request.today)
    return f"{at.school_name} {name}"
