"""Alive, and ready to serve."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from notoneless.flows.demo.guarding import holds_demo_data


@login_not_required
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; says nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers, no migration is missing, and a production's holds no demo's data;
    otherwise 503 with which of the three."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("database does not answer\n", status=503, content_type="text/plain")
    if missing:
        return HttpResponse("migrations are missing\n", status=503, content_type="text/plain")
    if settings.IS_PRODUCTION and holds_demo_data():
        return HttpResponse("holds a demo's data\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")
