"""Addresses of the pages of cases."""

from __future__ import annotations

from django.urls import path

from notoneless.web.cases import listing, of_child, one, steps

urlpatterns = [
    path("cases/", listing.cases, name="cases"),
    path("cases/export/", listing.cases_export, name="cases-export"),
    path("cases/new/", of_child.case_new, name="case-new"),
    path("cases/of/<uuid:child_id>/", of_child.case_of, name="case-of"),
    path("cases/<uuid:case_id>/", one.case, name="case"),
    path("cases/<uuid:case_id>/answer/", one.case_answer, name="case-answer"),
    path("cases/<uuid:case_id>/take-back/", one.case_take_back, name="case-take-back"),
    path("cases/<uuid:case_id>/error/", steps.case_error, name="case-error"),
    path("cases/<uuid:case_id>/step/<str:kind>/", steps.case_step, name="case-step"),
    path("children/<uuid:child_id>/cases/", of_child.child_cases, name="child-cases"),
]
