"""The root of all addresses."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("notoneless.web.urls")),
    # The sign-in page has the switch too.
    path("language/", login_not_required(set_language), name="set_language"),
    # Django's own tables, for the machine's superuser only.
    path("machine-room/", admin.site.urls),
]
