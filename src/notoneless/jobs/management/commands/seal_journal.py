"""Chain what is unsealed, once or each minute, and print the line that anchors it."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.utils.translation import gettext as _

from notoneless.jobs.clock import read_clock
from notoneless.jobs.sealing import seal_all
from notoneless.journal.queries import anchor_of, counties
from notoneless.rules.chain import write_anchor

EVERY_SECONDS = 60


class Command(BaseCommand):
    help = "Seal the journal; --loop does so each minute, --anchor prints a line per county to keep"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until stopped")
        parser.add_argument("--anchor", action="store_true", help="print today's lines")

    def handle(self, *args: Any, loop: bool, anchor: bool, **options: Any) -> None:
        if loop:
            self._go_on()
            return
        now, today = read_clock()
        stuck = seal_all(now, thorough=True)
        if anchor:
            for county_id in counties():
                self.stdout.write(write_anchor(anchor_of(county_id, printed_on=today)))
        if stuck:
            raise CommandError(
                _("%(count)s 个县的日志无法继续封存，请运行 notoneless verify-journal 查明原因。")
                % {"count": len(stuck)}
            )

    def _go_on(self) -> None:
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        signal.signal(signal.SIGINT, lambda *_: stop.set())
        is_first = True
        while not stop.is_set():
            now, _today = read_clock()
            seal_all(now, thorough=is_first)
            is_first = False
            close_old_connections()
            stop.wait(EVERY_SECONDS)
