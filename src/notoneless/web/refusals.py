"""Refusals in words: one sentence per code, with what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notoneless.rules.refusal import Refusal

if TYPE_CHECKING:
    from notoneless.web.request import Request

SENTENCES: dict[str, str | Promise] = {
    "ACCESS-01": _("您的岗位没有这项权限。如工作需要，请向本单位负责人申请授权。"),
}


def sentence_of(refusal: Refusal) -> str:
    """The sentence for ``refusal`` in the reader's language.

    Raises ``KeyError`` for a code without a sentence; a structure test keeps that from happening.
    """
    return str(SENTENCES[refusal.code]) % refusal.facts


def refusal_page(request: Request, refusal: Refusal) -> HttpResponse:
    """A refusal that no form on the page can show (409): a whole page, or its box for htmx."""
    context = {"refusal": refusal, "sentence": sentence_of(refusal), "code": refusal.code}
    page = "parts/refusal.html" if request.htmx else "errors/409.html"
    return render(request, page, context, status=409)
