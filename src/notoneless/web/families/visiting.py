"""Who is at the guardian's page: a cookie of its own, no account, no session of the product."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from notoneless.families.queries.invitations import Visitor, visitor_of
from notoneless.families.services.visits import keep_awake
from notoneless.web.request import Request

COOKIE = "family"
P = ParamSpec("P")
Page = Callable[Concatenate[Request, Visitor, P], HttpResponse]


def for_guardians(view: Page[P]) -> Callable[Concatenate[Any, P], HttpResponse]:
    """A page for who has given a code; everybody else is told how to get one, and nothing more.

    A signed-in teacher is nobody here: his account opens no guardian's page.
    """

    @wraps(view)
    def page(http_request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request: Request = http_request
        found = visitor_of(secret_of(request), now=request.now)
        if found is None:
            return closed(request)
        visitor, seen_at = found
        keep_awake(visitor.visit_id, seen_at=seen_at, now=request.now)
        return view(request, visitor, *args, **kwargs)

    return login_not_required(never_cache(page))


def closed(request: Request) -> HttpResponse:
    """Nobody is visiting, or no longer."""
    answer = render(request, "families/closed.html", status=403)
    return forget(answer)


def remember(answer: HttpResponse, secret: str) -> HttpResponse:
    """Keep the secret of a visit in the browser, for the guardian's pages alone."""
    answer.set_cookie(
        COOKIE,
        secret,
        path=reverse("family"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def forget(answer: HttpResponse) -> HttpResponse:
    answer.delete_cookie(COOKIE, path=reverse("family"), samesite="Lax")
    return answer


def secret_of(request: Request) -> str:
    return request.COOKIES.get(COOKIE, "")


def address_of(request: Request) -> str:
    """Where a try comes from; behind our own proxy the last hop that it has written down."""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    is_behind_proxy = settings.SECURE_PROXY_SSL_HEADER is not None
    return told if is_behind_proxy and told else str(request.META.get("REMOTE_ADDR", ""))
