"""Commands and background jobs, as Django counts apps."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "notoneless.jobs"
    label = "jobs"
