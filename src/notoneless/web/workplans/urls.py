"""Addresses of workplans."""

from __future__ import annotations

from django.urls import path

from notoneless.web.workplans import campaigns, meetings, reports, views

urlpatterns = [
    path("", views.workplans, name="workplans"),
    path("below/", views.workplan_below, name="workplan-below"),
    path("below/export/", views.workplan_below_export, name="workplan-below-export"),
    path("duties/<uuid:duty_id>/", views.workplan_duty, name="workplan-duty"),
    path("receive/<uuid:unit_id>/", reports.workplan_receive, name="workplan-receive"),
    path(
        "reports/<uuid:unit_id>/<str:stream>/<str:from_on>/",
        reports.workplan_report,
        name="workplan-report",
    ),
    path("versions/<uuid:version_id>/", reports.workplan_paper, name="workplan-paper"),
    path("meetings/new/", meetings.workplan_meeting_new, name="workplan-meeting-new"),
    path("meetings/<uuid:meeting_id>/", meetings.workplan_meeting, name="workplan-meeting"),
    path("tasks/<uuid:decision_id>/", meetings.workplan_task, name="workplan-task"),
    path(
        "tasks/<uuid:unit_id>/<str:key>/",
        meetings.workplan_task_named,
        name="workplan-task-named",
    ),
    path(
        "campaigns/<uuid:unit_id>/<str:month>/",
        campaigns.workplan_campaign,
        name="workplan-campaign",
    ),
]
