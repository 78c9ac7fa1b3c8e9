from __future__ import annotations

from django.urls import path

from notoneless.web.presence import (
    arrivals,
    away,
    checks,
    events,
    hardship,
    ledger,
    never_seen,
)

CHILD = "children/<uuid:child_id>/travel/"

urlpatterns = [
    path("presence/", away.presence, name="presence"),
    path("presence/away/", away.away, name="presence-away"),
    path("presence/away/export/", away.away_export, name="presence-away-export"),
    path("presence/arrivals/", arrivals.arrivals, name="presence-arrivals"),
    path("presence/arrivals/export/", arrivals.arrivals_export, name="presence-arrivals-export"),
    path(
        "presence/arrivals/<uuid:class_id>/",
        arrivals.arrivals_class,
        name="presence-arrivals-class",
    ),
    path("presence/never-seen/", never_seen.never_seen, name="presence-never-seen"),
    path(
        "presence/never-seen/export/",
        never_seen.never_seen_export,
        name="presence-never-seen-export",
    ),
    path("presence/events/", events.events, name="presence-events"),
    path("presence/events/export/", events.events_export, name="presence-events-export"),
    path("presence/events/<uuid:event_id>/", events.event, name="presence-event"),
    path("presence/events/<uuid:event_id>/end/", events.event_end, name="presence-event-end"),
    path(
        "presence/events/<uuid:event_id>/withdraw/",
        events.event_withdraw,
        name="presence-event-withdraw",
    ),
    path("presence/ledger/", ledger.presence_ledger, name="presence-ledger"),
    path("presence/ledger/print/", ledger.ledger_print, name="presence-ledger-print"),
    path("presence/ledger/export/", ledger.ledger_export, name="presence-ledger-export"),
    path("presence/hardship/", hardship.hardship, name="presence-hardship"),
    path("presence/hardship/export/", hardship.hardship_export, name="presence-hardship-export"),
    path("presence/checks/", checks.checks, name="presence-checks"),
    path("presence/checks/export/", checks.checks_export, name="presence-checks-export"),
    path(CHILD, hardship.child_travel, name="child-travel"),
    path(f"{CHILD}note/", hardship.child_travel_note, name="child-travel-note"),
    path(f"{CHILD}hardship/", hardship.child_hardship_note, name="child-hardship-note"),
    path(
        f"{CHILD}hardship/<uuid:alert_id>/",
        hardship.child_measure_note,
        name="child-measure-note",
    ),
]
