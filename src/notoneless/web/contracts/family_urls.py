"""The guardian's own address of a contract: below /family/, where his visit's cookie goes."""

from __future__ import annotations

from django.urls import path

from notoneless.web.contracts import guardian

urlpatterns = [
    path("<uuid:contract_id>/", guardian.family_contract, name="family-contract"),
]
