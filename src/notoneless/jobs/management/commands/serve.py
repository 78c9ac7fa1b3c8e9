"""Everything one machine needs, in one command: pages, background work and the scheduler."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from io import StringIO
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from notoneless.flows.sample.county import found_sample_county
from notoneless.flows.sample.living import bring_to_life
from notoneless.flows.sample.school import has_sample_school
from notoneless.flows.sample.sign_ins import sample_sign_ins
from notoneless.jobs.clock import read_clock

PATIENCE_SECONDS = 10.0


class Command(BaseCommand):
    help = "Bring the database up to date and serve on one machine until Ctrl-C"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--threads", type=int, default=4)

    def handle(self, *args: Any, host: str, port: int, threads: int, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("load_packs", verbosity=0, stdout=StringIO())
        if not settings.IS_PRODUCTION:
            self._make_sample()
        self._greet(host, port)
        sys.exit(_keep_running(_commands(host, port, threads)))

    def _make_sample(self) -> None:
        now, today = read_clock()
        county_id = found_sample_county(now=now, today=today)
        if not has_sample_school(county_id):
            self.stdout.write("making the sample county …")
            self.stdout.flush()
            bring_to_life(county_id, now=now, today=today)

    def _greet(self, host: str, port: int) -> None:
        self.stdout.write(f"\n  一个都不能少 · Not One Less   http://{host}:{port}/\n\n")
        if not settings.IS_PRODUCTION:
            password, people = sample_sign_ins()
            self.stdout.write(f"  演示登录 demo sign-ins, password {password}\n")
            for one in people:
                self.stdout.write(f"    {one.username:<14}{one.name}  {one.unit}  ({one.role})\n")
        self.stdout.write("\n  Ctrl-C stops.\n")


def _commands(host: str, port: int, threads: int) -> list[list[str]]:
    granian = [
        sys.executable,
        "-m",
        "granian",
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        f"--blocking-threads={threads}",
        "--no-access-log",
        "--log-level=warning",
        "notoneless.config.wsgi:application",
    ]
    manage = [sys.executable, "-m", "notoneless.config.commandline"]
    return [granian, [*manage, "qcluster"], [*manage, "scheduler"]]


def _keep_running(commands: list[list[str]]) -> int:
    """Start the commands, each in its own process group; when one ends or a signal comes, stop all.

    Returns 0 after a signal, 1 when a process ended by itself.
    """
    told_to_stop = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal told_to_stop
        told_to_stop = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    running = [subprocess.Popen(command, start_new_session=True) for command in commands]  # noqa: S603  # our own
    while not told_to_stop and all(process.poll() is None for process in running):
        time.sleep(0.2)
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE_SECONDS
    for process in running:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
    return 0 if told_to_stop else 1
