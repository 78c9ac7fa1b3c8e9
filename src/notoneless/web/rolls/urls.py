"""Addresses of the roll pages."""

from __future__ import annotations

from django.urls import path

from notoneless.web.rolls import lessons, missing, paper, result, sheet, today, versions, year

ROLL = "roll/<uuid:class_id>/<str:day>/<str:session>/"

urlpatterns = [
    path("roll/", today.roll, name="roll"),
    path("roll/missing/", missing.rolls_missing, name="roll-missing"),
    path("roll/contended/", versions.rolls_contended, name="rolls-contended"),
    path("roll/lesson/", lessons.roll_my_lessons, name="roll-my-lessons"),
    path("roll/lesson/<uuid:class_id>/", lessons.roll_lessons, name="roll-lessons"),
    path("roll/lesson/<uuid:class_id>/tap/", lessons.roll_lesson_tap, name="roll-lesson-tap"),
    path("roll/<uuid:class_id>/paper/", paper.roll_paper, name="roll-paper"),
    path("roll/<uuid:class_id>/<str:day>/", sheet.roll_first, name="roll-first"),
    path(ROLL, sheet.roll_sheet, name="roll-sheet"),
    path(f"{ROLL}result/", result.roll_result, name="roll-result"),
    path(f"{ROLL}versions/", versions.roll_versions, name="roll-versions"),
    path("children/<uuid:child_id>/attendance/", year.child_attendance, name="child-attendance"),
]
