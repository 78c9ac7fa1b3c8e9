"""Every page; one line per area."""

from __future__ import annotations

from django.urls import include, path

from notoneless.web.health import views as health
from notoneless.web.home import views as home
from notoneless.web.home.answering import home_answering

urlpatterns = [
    path("", home.home, name="home"),
    path("home/answering/", home_answering, name="home-answering"),
    path("home/class/<uuid:class_id>/", home.home_class, name="home-class"),
    path("", include("notoneless.web.overview.urls")),
    path("", include("notoneless.web.signin.urls")),
    path("", include("notoneless.web.tour.urls")),
    path("", include("notoneless.web.office.urls")),
    path("", include("notoneless.web.children.urls")),
    path("", include("notoneless.web.classes.urls")),
    path("", include("notoneless.web.rolls.urls")),
    path("", include("notoneless.web.presence.urls")),
    path("", include("notoneless.web.leave.urls")),
    path("", include("notoneless.web.duties.urls")),
    path("", include("notoneless.web.signs.urls")),
    path("", include("notoneless.web.families.urls")),
    path("", include("notoneless.web.cases.urls")),
    path("", include("notoneless.web.indicators.urls")),
    path("targets/", include("notoneless.web.targets.urls")),
    path("contracts/", include("notoneless.web.contracts.urls")),
    path("family/contracts/", include("notoneless.web.contracts.family_urls")),
    path("settlements/", include("notoneless.web.consequences.urls")),
    path("accountability/", include("notoneless.web.oversight.urls")),
    path("workplans/", include("notoneless.web.workplans.urls")),
    path("", include("notoneless.web.styleguide.urls")),
    path("calendar/", include("notoneless.web.calendar.urls")),
    path("", include("notoneless.web.roster.urls")),
    path("", include("notoneless.web.contacts.urls")),
    path("documents/", include("notoneless.web.documents.urls")),
    path("policy/", include("notoneless.web.policy.urls")),
    path("protection/", include("notoneless.web.protection.urls")),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
