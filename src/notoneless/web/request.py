"""What every page knows: who is acting, the moment and the date. The pages' only clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.defaults import page_not_found
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from notoneless import __version__
from notoneless.access.actor import Actor
from notoneless.access.queries import actor_for
from notoneless.journal.services import Stamp, note_refusal
from notoneless.rules.demo_clock import shown_at
from notoneless.rules.refusal import Refusal
from notoneless.web.kept_forms import keep_form
from notoneless.web.navigation import answering_of, navigation_of
from notoneless.web.refusals import refusal_page

# Pages that an account with a printed password may open before it has chosen its own.
BEFORE_OWN_PASSWORD = {"password-change", "sign-out", "set_language"}


class Request(HttpRequest):
    """A request as views see it, after the middleware below."""

    htmx: HtmxDetails
    actor: Actor
    now: datetime
    """The moment of this request, aware, UTC."""
    today: date
    """The school-local date of this request."""


def stamp_of(request: Request) -> Stamp:
    """By whom and when, for whatever this request writes down."""
    return Stamp(request.actor.county_id, request.actor.person_id, request.now)


class ClosedUnlessSignedIn(LoginRequiredMiddleware):
    """Every page is closed unless marked open; who was signed in is told why he no longer is."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        had_account = SESSION_KEY in request.session
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        if refused is None:
            return None
        if keep_form(request, view_func):
            query = {"next": request.get_full_path(), "kept": "1"}
        else:
            query = {"next": _way_back(request)}
        if had_account:
            # The session is there, but the password changed or the account was closed since.
            query["ended"] = "1"
        elif settings.SESSION_COOKIE_NAME in request.COOKIES:
            query["idle"] = "1"
        address = f"{reverse('sign-in')}?{urlencode(query)}"
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(address)
        return redirect(address)


def _way_back(request: HttpRequest) -> str:
    """Where to go after signing in: this page, or for a form the page that it stood on."""
    if request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request"):
        return request.get_full_path()
    referer = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    host = request.get_host()
    if not url_has_allowed_host_and_scheme(referer, {host}, require_https=request.is_secure()):
        return reverse("home")
    return "/" + referer.split("://", 1)[-1].partition("/")[2]


class ActorAndClockMiddleware:
    """Reads the clock once and works out the actor of a signed-in request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, http_request: HttpRequest) -> HttpResponse:
        request = cast(Request, http_request)
        request.now = shown_at(timezone.now(), settings.DEMO_CLOCK)
        request.today = timezone.localdate(request.now)
        return self.get_response(request)

    def process_view(
        self, http_request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        request = cast(Request, http_request)
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        match = request.resolver_match
        name = match.url_name if match else ""
        if match and "admin" in match.app_names:
            return None
        if request.user.must_change_password and name not in BEFORE_OWN_PASSWORD:
            return redirect("password-change")
        actor = actor_for(request.user, today=request.today)
        if actor is None:
            if request.user.is_superuser:
                return redirect("admin:index")
            logout(request)
            return redirect(f"{reverse('sign-in')}?left=1")
        request.actor = actor
        return None

    def process_exception(
        self, http_request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Say a refusal in words; what is not there, or not yours to see, is 404."""
        request = cast(Request, http_request)
        if isinstance(exception, Refusal):
            _keep(request, exception)
            return refusal_page(request, exception)
        if isinstance(exception, ObjectDoesNotExist):
            return page_not_found(request, exception)
        return None


def _keep(request: Request, refusal: Refusal) -> None:
    """Remember that somebody tried what his posts do not allow; the attempt has rolled back."""
    actor = getattr(request, "actor", None)
    if actor is None or not refusal.code.startswith("ACCESS-"):
        return
    match = request.resolver_match
    note_refusal(
        refusal.code,
        kind=match.view_name if match else request.path,
        subject=None,
        by=actor.person_id,
        now=request.now,
        county_id=actor.county_id,
    )


def page(request: HttpRequest) -> dict[str, Any]:
    """Template context of every page: navigation, the actor, the version."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "nav": navigation_of(actor, path=request.path) if actor else [],
        "answering": answering_of(actor, path=request.path) if actor else [],
        "today": getattr(request, "today", None),
        "now": getattr(request, "now", None),
        "product_version": __version__,
        "is_demo": settings.IS_DEMO,
        "demo_clock": settings.DEMO_CLOCK,
    }
