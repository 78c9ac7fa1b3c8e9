from __future__ import annotations

from django.urls import path

from notoneless.web.tour import views

urlpatterns = [
    path("tour/", views.tour, name="tour"),
    path("tour/enter/", views.tour_enter, name="tour-enter"),
]
