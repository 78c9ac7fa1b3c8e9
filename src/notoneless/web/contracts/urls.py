"""Addresses of contracts."""

from __future__ import annotations

from django.urls import path

from notoneless.web.contracts import drawing, listing, one, overview

ONE = "<uuid:contract_id>/"

urlpatterns = [
    path("", overview.contracts, name="contracts"),
    path("sign/", overview.contracts_sign, name="contracts-sign"),
    path("draw/", drawing.contract_draw, name="contract-draw"),
    path("list/", listing.contract_list, name="contract-list"),
    path("list/print/", listing.contracts_print, name="contracts-print"),
    path("list/export/", listing.contracts_export, name="contracts-export"),
    path("missing/<str:kind>/", overview.contracts_missing, name="contracts-missing"),
    path("succession/", overview.contracts_succession, name="contracts-succession"),
    path("ink/<uuid:ink_id>/", one.contract_ink, name="contract-ink"),
    path(ONE, one.contract, name="contract"),
    path(f"{ONE}sign/", one.contract_sign, name="contract-sign"),
    path(f"{ONE}guardian/", one.contract_guardian, name="contract-guardian"),
    path(f"{ONE}paper/", one.contract_paper, name="contract-paper"),
    path(f"{ONE}amend/", one.contract_amend, name="contract-amend"),
    path(f"{ONE}file/", one.contract_file, name="contract-file"),
    path(f"{ONE}settle/", one.contract_settle, name="contract-settle"),
    path(f"{ONE}withdraw/", one.contract_withdraw, name="contract-withdraw"),
    path(f"{ONE}pdf/", one.contract_print, name="contract-pdf"),
]
