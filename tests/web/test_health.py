"""What a load balancer and a service manager ask."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor

from notoneless.web.health import views


def test_alive_needs_no_database(client):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_ready_when_the_database_answers_and_no_migration_is_missing(client):
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["one"])

    answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (503, b"migrations are missing\n")


def test_not_ready_without_a_database(client, monkeypatch):
    def refuse(_connection):
        raise OperationalError("no")

    monkeypatch.setattr(views, "MigrationExecutor", refuse)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (503, b"database does not answer\n")
