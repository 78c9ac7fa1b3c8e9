"""Addresses of targets."""

from __future__ import annotations

from django.urls import path

from notoneless.web.targets import bases, views

urlpatterns = [
    path("", views.targets, name="targets"),
    path("losses/", views.targets_losses, name="targets-losses"),
    path("export/", views.targets_export, name="targets-export"),
    path("kind/", bases.targets_kind, name="targets-kind"),
    path("bases/", bases.targets_bases, name="targets-bases"),
    path("bases/<uuid:school_id>/", bases.targets_base, name="targets-base"),
    path(
        "bases/<uuid:school_id>/<uuid:baseline_id>/",
        bases.targets_base_decide,
        name="targets-base-decide",
    ),
]
