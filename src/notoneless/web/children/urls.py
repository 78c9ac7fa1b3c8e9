"""Addresses of the children's pages."""

from __future__ import annotations

from django.urls import path

from notoneless.web.children import adding, file, listing, merging

urlpatterns = [
    path("children/", listing.children, name="children"),
    path("children/export/", listing.export, name="children-export"),
    path("children/add/", adding.child_add, name="child-add"),
    path("children/<uuid:child_id>/", file.child, name="child"),
    path(
        "children/<uuid:child_id>/reveal/<str:group>/",
        file.child_reveal,
        name="child-reveal",
    ),
    path("children/<uuid:child_id>/readings/", file.child_readings, name="child-readings"),
    path("children/<uuid:child_id>/correct/", adding.child_correct, name="child-correct"),
    path("children/<uuid:child_id>/merge/", merging.child_merge, name="child-merge"),
    path(
        "children/<uuid:child_id>/merge/<uuid:other_id>/",
        merging.child_compare,
        name="child-compare",
    ),
    path(
        "children/<uuid:child_id>/part/<uuid:merge_id>/",
        merging.child_part,
        name="child-part",
    ),
]
