"""Addresses of the pages of contacts."""

from __future__ import annotations

from django.urls import path

from notoneless.web.contacts import (
    counselling,
    listing,
    new,
    numbers,
    one,
    quota,
    reports,
    visitors,
)

urlpatterns = [
    path("contacts/", listing.contacts, name="contacts"),
    path("contacts/export/", listing.contacts_export, name="contacts-export"),
    path("contacts/new/", new.contact_new, name="contact-new"),
    path("contacts/report/", reports.report_new, name="report-new"),
    path("contacts/reports/", reports.reports, name="reports"),
    path("contacts/reports/<uuid:report_id>/", reports.report, name="report"),
    path(
        "contacts/reports/<uuid:report_id>/received/",
        reports.report_received,
        name="report-received",
    ),
    path("contacts/quota/", quota.quota, name="contacts-quota"),
    path("contacts/quota/<uuid:class_id>/", quota.quota_class, name="contacts-quota-class"),
    path("contacts/numbers/", numbers.numbers, name="contacts-numbers"),
    path("contacts/visitors/", visitors.visitors, name="contacts-visitors"),
    path("contacts/pictures/<uuid:evidence_id>/", one.contact_picture, name="contact-picture"),
    path("contacts/<uuid:contact_id>/", one.contact, name="contact"),
    path("contacts/<uuid:contact_id>/correct/", new.contact_correct, name="contact-correct"),
    path("contacts/<uuid:contact_id>/prove/", one.contact_prove, name="contact-prove"),
    path("contacts/<uuid:contact_id>/withdraw/", one.contact_withdraw, name="contact-withdraw"),
    path("contacts/<uuid:contact_id>/print/", one.contact_print, name="contact-print"),
    path("children/<uuid:child_id>/contacts/", listing.child_contacts, name="child-contacts"),
    path(
        "children/<uuid:child_id>/contacts/print/",
        listing.child_contacts_print,
        name="child-contacts-print",
    ),
    path("children/<uuid:child_id>/counselling/", counselling.counselling, name="counselling"),
]
