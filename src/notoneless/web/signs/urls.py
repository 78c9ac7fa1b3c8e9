"""Addresses of the pages of signs."""

from __future__ import annotations

from django.urls import path

from notoneless.web.signs import accuracy, child, exporting, key_lists, lists, noting

CHILD = "children/<uuid:child_id>/signs/"
KEY = "signs/key/<uuid:class_id>/"

urlpatterns = [
    path("signs/", lists.signs, name="signs"),
    path("signs/words/new", noting.word_new, name="sign-word-new"),
    path("signs/words/<uuid:word_id>/<slug:kind>/", noting.word_step, name="sign-word-step"),
    path("signs/needs/<uuid:class_id>/", lists.needs, name="signs-needs"),
    path("signs/needs/<uuid:class_id>/export/", exporting.needs_export, name="signs-needs-export"),
    path("signs/accuracy/", accuracy.signs_accuracy, name="signs-accuracy"),
    path(KEY, key_lists.key_list, name="key-list"),
    path(f"{KEY}export/", exporting.key_list_export, name="key-list-export"),
    path(f"{KEY}name/", key_lists.key_name, name="key-name"),
    path(f"{KEY}strike/<uuid:child_id>/", key_lists.key_strike, name="key-strike"),
    path(f"{KEY}close/", key_lists.key_close, name="key-close"),
    path(CHILD, child.child_signs, name="child-signs"),
    path(f"{CHILD}acting/", child.child_acting, name="child-acting"),
    path(f"{CHILD}follow-up/", child.child_follow_up, name="child-follow-up"),
    path(f"{CHILD}file/", child.child_file_entry, name="child-key-file"),
    path(f"{CHILD}needs/", child.child_need, name="child-need"),
    path(f"{CHILD}needs/<uuid:need_id>/end/", child.child_need_end, name="child-need-end"),
]
