"""Addresses of papers."""

from __future__ import annotations

from django.urls import path

from notoneless.web.documents import made, office, one, replace, views

urlpatterns = [
    path("", views.papers, name="papers"),
    path("print/", views.papers_bound, name="papers-bound"),
    path("export/", views.papers_export, name="papers-export"),
    path("to-serve/", views.waiting_to_be_served, name="papers-to-serve"),
    path("received/", views.received, name="papers-received"),
    path("registers/", office.registers, name="registers"),
    path("registers/<uuid:office_id>/word/", office.office_word, name="office-word"),
    path("registers/<uuid:office_id>/opening/", office.register_opening, name="register-opening"),
    path("volumes/", office.volume_list, name="volumes"),
    path("volumes/new/", office.volume_new, name="volume-new"),
    path("volumes/<uuid:volume_id>/", office.volume, name="volume"),
    path("visits/<uuid:contact_id>/<uuid:child_id>/", made.visit_number, name="visit-number"),
    path("reports/<uuid:report_id>/", made.report_number, name="report-number"),
    path("services/<uuid:service_id>/end/", one.service_end, name="service-end"),
    path("pictures/<uuid:picture_id>/", one.service_picture, name="service-picture"),
    path("<uuid:document_id>/", one.paper, name="paper"),
    path("<uuid:document_id>/pdf/", one.paper_pdf, name="paper-pdf"),
    path("<uuid:document_id>/print/", one.paper_print, name="paper-print"),
    path("<uuid:document_id>/draft/", one.paper_draft, name="paper-draft"),
    path("<uuid:document_id>/serve/", one.paper_serve, name="paper-serve"),
    path("<uuid:document_id>/withdraw/", one.paper_withdraw, name="paper-withdraw"),
    path("<uuid:document_id>/replace/", replace.paper_replace, name="paper-replace"),
    path("<uuid:document_id>/answer/", one.paper_answer, name="paper-answer"),
]
