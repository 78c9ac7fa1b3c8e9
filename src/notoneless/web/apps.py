"""The pages, as Django counts apps."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "notoneless.web"
    label = "web"
