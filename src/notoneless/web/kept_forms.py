"""A form that was posted after the session had ended waits, sealed, until its sender is back."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, QueryDict

from notoneless.vault.sealing import CannotOpen, seal, unseal

if TYPE_CHECKING:
    from notoneless.web.request import Request

View = TypeVar("View", bound=Callable[..., Any])
KEY = "kept_form"
COLUMN = "web.kept_form"
LONGEST = 60_000
"""Characters; longer ones are not kept. A roll of a full class with notes is far shorter."""
NEVER_KEPT = ("csrfmiddlewaretoken",)


def kept_over_sign_in(view: View) -> View:
    """Mark a view whose posted form is worth keeping over a sign-in."""
    view.keeps_form = True  # type: ignore[attr-defined]  # a mark for the middleware
    return view


def keep_form(request: HttpRequest, view: object) -> bool:
    """Keep what was posted to ``view`` for whoever signs in next in this browser.

    Only where the view asks for it and somebody was signed in here before. Answers whether it is
    kept: the way back then leads to the form's own address.
    """
    if request.method != "POST" or not getattr(view, "keeps_form", False):
        return False
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    data = request.POST.copy()
    for name in NEVER_KEPT:
        data.pop(name, None)
    # When it was sent is when it was written, not when somebody signed in again.
    if not data.get("noted_at"):
        data["noted_at"] = cast("Request", request).now.isoformat()
    text = data.urlencode()
    if len(text) > LONGEST:
        return False
    # Bound to its address, so that it opens on no other page.
    sealed = seal(text, column=f"{COLUMN}:{request.path}")
    request.session[KEY] = {"path": request.path, "form": b64encode(sealed).decode()}
    return True


def kept_form(request: HttpRequest) -> QueryDict | None:
    """What was posted to this address before the sign-in, if it still waits."""
    kept = request.session.get(KEY)
    if not kept or kept.get("path") != request.path:
        return None
    try:
        text = unseal(b64decode(kept["form"]), column=f"{COLUMN}:{request.path}")
    except (CannotOpen, ValueError, KeyError):
        return None
    return QueryDict(text)


def drop_kept_form(request: HttpRequest) -> None:
    """It has been sent, or is not wanted any more."""
    request.session.pop(KEY, None)
