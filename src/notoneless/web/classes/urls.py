"""Addresses of the class pages."""

from __future__ import annotations

from django.urls import path

from notoneless.web.classes import changes, views

urlpatterns = [
    path("classes/", views.classes, name="classes"),
    path("classes/graduate/<uuid:school_id>/", views.classes_graduate, name="classes-graduate"),
    path("classes/<uuid:class_id>/", views.school_class, name="class"),
    path("classes/<uuid:class_id>/print/", views.class_print, name="class-print"),
    path("classes/<uuid:class_id>/move/", changes.class_move, name="class-move"),
    path("classes/<uuid:class_id>/split/", changes.class_split, name="class-split"),
    path("classes/<uuid:class_id>/rename/", changes.class_rename, name="class-rename"),
    path("classes/<uuid:class_id>/hand-over/", changes.class_hand_over, name="class-hand-over"),
    path("classes/<uuid:class_id>/close/", changes.class_close, name="class-close"),
]
