"""The first page after sign-in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from notoneless.web.request import Request


def home(request: Request) -> HttpResponse:
    return render(request, "home/home.html")
