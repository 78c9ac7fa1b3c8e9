"""Addresses of the duties' pages."""

from __future__ import annotations

from django.urls import path

from notoneless.web.duties import about, holes, late, listing, one

urlpatterns = [
    path("duties/", listing.duties, name="duty-list"),
    path("duties/export/", listing.export, name="duties-export"),
    path("duties/late/", late.late, name="duties-late"),
    path("duties/holes/", holes.holes, name="duties-holes"),
    path("duties/<uuid:duty_id>/", one.duty, name="duty"),
    path("children/<uuid:child_id>/duties/", about.child_duties, name="child-duties"),
]
