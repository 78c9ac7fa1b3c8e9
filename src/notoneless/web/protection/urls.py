from __future__ import annotations

from django.urls import path

from notoneless.web.protection import handling, raising

ONE = "<uuid:flag_id>/"

urlpatterns = [
    path("", handling.flags, name="protection"),
    path("new/", raising.new, name="protection-new"),
    path(ONE, handling.flag, name="protection-flag"),
    path(f"{ONE}step/", handling.step, name="protection-step"),
    path(f"{ONE}concerned/", handling.concerned, name="protection-concerned"),
    path(f"{ONE}child/", handling.child, name="protection-child"),
    path(f"{ONE}close/", handling.propose, name="protection-close"),
    path(f"{ONE}answer/", handling.answer, name="protection-answer"),
    path(f"{ONE}print/", handling.printed, name="protection-print"),
]
