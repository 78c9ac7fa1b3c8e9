"""Addresses of the pages of cases."""

from __future__ import annotations

from django.urls import path

from notoneless.web.cases import (
    balances,
    listing,
    of_child,
    one,
    referrals,
    registers,
    steps,
    tray,
    whole,
)

urlpatterns = [
    path("cases/", listing.cases, name="cases"),
    path("cases/export/", listing.cases_export, name="cases-export"),
    path("cases/new/", of_child.case_new, name="case-new"),
    path("cases/balances/", balances.balances, name="case-balances"),
    path("cases/balances/new/", balances.balance_new, name="case-balance-new"),
    path("cases/tray/", tray.tray, name="case-tray"),
    path("cases/tray/accept/", tray.tray_accept, name="case-tray-accept"),
    path("cases/tray/<slug:kind>/", tray.tray_letters, name="case-tray-letters"),
    path("cases/returned/", registers.returned, name="cases-returned"),
    path("cases/returned/figures/", registers.figures_export, name="cases-figures-export"),
    path(
        "cases/returned/<slug:which>/export/",
        registers.returned_export,
        name="cases-returned-export",
    ),
    path("cases/compare/", registers.compare, name="cases-compare"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/<uuid:referral_id>/", referrals.referral, name="referral"),
    path(
        "referrals/<uuid:referral_id>/acknowledge/",
        referrals.referral_acknowledge,
        name="referral-acknowledge",
    ),
    path("referrals/subcases/<uuid:subcase_id>/", referrals.subcase, name="subcase"),
    path("cases/of/<uuid:child_id>/", of_child.case_of, name="case-of"),
    path("cases/<uuid:case_id>/", one.case, name="case"),
    path("cases/<uuid:case_id>/file/", whole.case_file, name="case-file"),
    path("cases/<uuid:case_id>/answer/", one.case_answer, name="case-answer"),
    path("cases/<uuid:case_id>/take-back/", one.case_take_back, name="case-take-back"),
    path("cases/<uuid:case_id>/error/", steps.case_error, name="case-error"),
    path("cases/<uuid:case_id>/step/<str:kind>/", steps.case_step, name="case-step"),
    path("children/<uuid:child_id>/cases/", of_child.child_cases, name="child-cases"),
]
