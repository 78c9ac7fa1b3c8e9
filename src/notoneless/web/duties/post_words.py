"""What becomes of duties when a post changes hands: they go along by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import ngettext

from notoneless.duties.queries.posts import open_at_posts
from notoneless.rules.roles import Role
from notoneless.web.request import Request


def going_along(request: Request, posts: Iterable[tuple[Role, UUID]]) -> str:
    """How many open duties go over with these posts; empty where there are none."""
    count = open_at_posts(posts, county_id=request.actor.county_id)
    if not count:
        return ""
    said = ngettext(
        "这个岗位有 %(n)s 件待办。待办跟着岗位走：谁在岗就在谁的待办里，不用另办移交。",
        "这个岗位有 %(n)s 件待办。待办跟着岗位走：谁在岗就在谁的待办里，不用另办移交。",
        count,
    )
    return said % {"n": count}
