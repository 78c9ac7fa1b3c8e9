from __future__ import annotations

from django.urls import path

from notoneless.web.calendar import notice_views, print_views, views

HERE = "<uuid:unit_id>/<int:school_year>/"

urlpatterns = [
    path("", views.mine, name="calendar"),
    path("print/<int:school_year>/", print_views.printed_year, name="calendar-print"),
    path("notice/<int:year>/", notice_views.notice, name="calendar-notice"),
    path(HERE, views.desk, name="calendar-desk"),
    path(f"{HERE}terms/", views.terms, name="calendar-terms"),
    path(f"{HERE}terms/follow/", views.follow, name="calendar-follow"),
    path(f"{HERE}days/", views.days, name="calendar-days"),
    path(f"{HERE}closure/", views.closure, name="calendar-closure"),
    path(f"{HERE}pattern/", views.pattern, name="calendar-pattern"),
    path(f"{HERE}<str:kind>/<uuid:row_id>/withdraw/", views.take_back, name="calendar-withdraw"),
]
