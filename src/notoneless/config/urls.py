"""The root of all addresses."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("notoneless.web.urls")),
    path("language/", include("django.conf.urls.i18n")),
    # Django's own tables, for the machine's superuser only.
    path("machine-room/", admin.site.urls),
]
