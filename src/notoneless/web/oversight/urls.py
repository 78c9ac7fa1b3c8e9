"""Addresses of oversight."""

from __future__ import annotations

from django.urls import path

from notoneless.web.oversight import listing, one, papers, pointers, raising, steps

ONE = "<uuid:fault_id>/"

urlpatterns = [
    path("", listing.faults, name="faults"),
    path("new/", raising.fault_new, name="fault-new"),
    path("proposals/", pointers.fault_proposals, name="fault-proposals"),
    path("proposals/<uuid:unit_id>/aside/", pointers.fault_aside, name="fault-aside"),
    path(ONE, one.fault, name="fault"),
    path(f"{ONE}step/<str:kind>/", steps.fault_step, name="fault-step"),
    path(f"{ONE}record/", papers.fault_record, name="fault-record"),
    path(f"{ONE}notice/", papers.fault_notice, name="fault-notice"),
]
