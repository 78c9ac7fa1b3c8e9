"""Addresses of the overview."""

from __future__ import annotations

from django.urls import path

from notoneless.web.overview import views

urlpatterns = [
    path("overview/", views.overview_page, name="overview"),
    path("overview/sheet/", views.overview_sheet, name="overview-sheet"),
]
