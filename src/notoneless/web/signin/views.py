"""Sign-in, lock-out and own password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    template_name = "signin/sign_in.html"
    redirect_authenticated_user = True


def locked_out(request: HttpRequest, response: Any, credentials: Any, *args: Any) -> HttpResponse:
    """Too many wrong passwords: say for how long, never whether the account exists."""
    return render(request, "signin/locked_out.html", status=429)
