"""Addresses of the indicators."""

from __future__ import annotations

from django.urls import path

from notoneless.web.indicators import behind, typed, views

urlpatterns = [
    path("indicators/", views.indicators, name="indicators"),
    path("indicators/sheet/", views.indicators_sheet, name="indicators-sheet"),
    path("indicators/export/", views.indicators_export, name="indicators-export"),
    path("indicators/behind/", behind.indicators_behind, name="indicators-behind"),
    path("indicators/typed/", typed.indicators_typed, name="indicators-typed"),
]
