"""Addresses of the roster import."""

from __future__ import annotations

from django.urls import path

from notoneless.web.roster import imports, parked

urlpatterns = [
    path("children/import/", imports.rosters, name="rosters"),
    path("children/import/parked/", parked.parked, name="roster-parked"),
    path("children/import/parked/<int:row_id>/", parked.parked_decide, name="roster-decide"),
    path("children/import/<uuid:import_id>/", imports.roster_import, name="roster-import"),
    path("children/import/<uuid:import_id>/apply/", imports.roster_apply, name="roster-apply"),
    path("children/import/<uuid:import_id>/retry/", imports.roster_retry, name="roster-retry"),
    path("children/import/<uuid:import_id>/cancel/", imports.roster_cancel, name="roster-cancel"),
    path("children/import/<uuid:import_id>/errors/", imports.roster_errors, name="roster-errors"),
]
