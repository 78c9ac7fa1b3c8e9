"""Addresses of consequences."""

from __future__ import annotations

from django.urls import path

from notoneless.web.consequences import honours, one, papers, sheets, views

ONE = "<uuid:settlement_id>/"
LINE = "lines/<uuid:line_id>/"

urlpatterns = [
    path("", views.settlements, name="settlements"),
    path(
        "schools/<uuid:school_id>/<int:school_year>/<int:term>/",
        views.settlement_compute,
        name="settlement-compute",
    ),
    path(ONE, views.settlement, name="settlement"),
    path(f"{ONE}confirm/", views.settlement_confirm, name="settlement-confirm"),
    path(f"{ONE}settle/", views.settlement_settle_lines, name="settlement-settle-lines"),
    path(f"{ONE}sheet/", sheets.settlement_sheet, name="settlement-sheet"),
    path(f"{ONE}differences/", views.settlement_differences, name="settlement-differences"),
    path(f"{ONE}paper/", papers.settlement_paper, name="settlement-paper"),
    path(f"{ONE}grounds/", papers.settlement_grounds, name="settlement-grounds"),
    path(LINE, one.settlement_line, name="settlement-line"),
    path(f"{LINE}exception/", one.settlement_exception, name="settlement-exception"),
    path(f"{LINE}verify/", one.settlement_verify, name="settlement-verify"),
    path(f"{LINE}decide/", one.settlement_decide, name="settlement-decide"),
    path(f"{LINE}settle/", one.settlement_settle, name="settlement-settle"),
    path(f"{LINE}correct/", one.settlement_correct, name="settlement-correct"),
    path(f"{LINE}statement/", papers.settlement_statement, name="settlement-statement"),
    path("honours/", honours.honours, name="honours"),
    path(
        "honours/<uuid:school_id>/<int:school_year>/", honours.honours_school, name="honours-school"
    ),
]
