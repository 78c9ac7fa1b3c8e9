"""Sign-in, lock-out and own password."""

from __future__ import annotations

from typing import Any, cast

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from notoneless.access.services import choose_password
from notoneless.flows.demo.sign_ins import demo_sign_ins
from notoneless.web.request import Request, stamp_of
from notoneless.web.signin.forms import OwnPasswordForm, SignInForm
from notoneless.web.tour.steps import TRY
from notoneless.web.tour.views import is_open
from notoneless.web.words import ROLES


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    template_name = "signin/sign_in.html"
    redirect_authenticated_user = True
    authentication_form = SignInForm

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Why somebody who was signed in is here again, and the sample people of a demo."""
        context = super().get_context_data(**kwargs)
        reasons = ("idle", "ended", "left") if self.request.method == "GET" else ()
        context["reason"] = next((r for r in reasons if r in self.request.GET), "")
        context["is_form_kept"] = "kept" in self.request.GET
        context["idle_minutes"] = settings.SESSION_COOKIE_AGE // 60
        context["sample"] = _sample() if is_open() else None
        return context


def _sample() -> dict[str, Any]:
    people = demo_sign_ins()
    return {
        "password": people.password,
        "first": [(one, ROLES[one.role], TRY[one.username]) for one in people.first],
        "more": [(one, ROLES[one.role]) for one in people.more],
    }


def locked_out(request: HttpRequest, response: Any, credentials: Any, *args: Any) -> HttpResponse:
    """Too many wrong passwords: say for how long, never whether the account exists."""
    cool_off = get_cool_off(request)
    minutes = int(cool_off.total_seconds() // 60) if cool_off else 0
    return render(request, "signin/locked_out.html", {"minutes": minutes}, status=429)


@sensitive_post_parameters()
@never_cache
def change_password(request: Request) -> HttpResponse:
    """The person's own new password; the only page that a printed password opens."""
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = choose_password(
            cast(Any, request.user).pk,
            password=form.cleaned_data["new_password1"],
            stamp=stamp_of(request),
        )
        update_session_auth_hash(request, user)
        messages.success(request, _("新密码已生效。其他设备上的登录已退出。"))
        return redirect("home")
    status = 422 if form.errors else 200
    return render(request, "signin/password.html", {"form": form}, status=status)
