"""The scheduler process: runs what is due, minute by minute, until it is told to stop."""

from __future__ import annotations

import logging
import signal
import threading
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from notoneless.jobs.clock import read_clock
from notoneless.jobs.schedule import JOBS

log = logging.getLogger(__name__)
LOOK_EVERY_SECONDS = 5.0


class Command(BaseCommand):
    help = "Run scheduled jobs until stopped; with --once, run each of them once"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        stop = threading.Event()
        if once:
            run_due({})
            return
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        signal.signal(signal.SIGINT, lambda *_: stop.set())
        last_run: dict[str, datetime] = {}
        while not stop.is_set():
            run_due(last_run)
            close_old_connections()
            stop.wait(LOOK_EVERY_SECONDS)


def run_due(last_run: dict[str, datetime]) -> None:
    """Run every job whose time has come, and note when in ``last_run`` (job name → moment).

    A failing job is logged with its traceback and tried again next time; the others go on.
    """
    for job in JOBS:
        now, today = read_clock()
        before = last_run.get(job.name)
        if before is not None and now - before < job.every:
            continue
        last_run[job.name] = now
        try:
            job.run(now, today)
        except Exception:  # the loop is the edge: one job must not stop the others
            log.exception("scheduled job %s failed", job.name)
