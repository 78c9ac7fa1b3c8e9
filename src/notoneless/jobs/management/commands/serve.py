"""Everything one machine needs, in one command: pages, background work and the scheduler."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.migrations.exceptions import InconsistentMigrationHistory

from notoneless.flows.demo.playing import EarlierDay
from notoneless.flows.demo.sign_ins import demo_sign_ins
from notoneless.flows.sample.county import found_sample_county
from notoneless.flows.sample.living import bring_to_life
from notoneless.flows.sample.school import has_sample_school
from notoneless.jobs.clock import read_clock
from notoneless.jobs.demo import (
    MadeOtherwise,
    Progress,
    bring_up_demo,
    clock_of_demo,
    environment_of_demo,
    garbage_left_alone,
)
from notoneless.jobs.statements import statements_forgotten

Process = subprocess.Popen[bytes]
PATIENCE_SECONDS = 10.0


class Command(BaseCommand):
    help = "Bring the database up to date and serve on one machine until Ctrl-C"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--threads", type=int, default=4)
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="demo only: play the county on to the morning of this day",
        )
        parser.add_argument(
            "--small",
            action="store_true",
            help="one school in seconds, by the real clock: for developers",
        )

    def handle(self, *args: Any, host: str, port: int, threads: int, **options: Any) -> None:
        with garbage_left_alone():
            _bring_up_to_date()
        environ: Mapping[str, str] = os.environ
        if not settings.IS_PRODUCTION:
            environ = self._prepare(options["today"], is_small=options["small"])
        with stopped_by_signals() as told:
            running = [_start(_pages(host, port, threads), environ)]
            # All four loading at once would hold up the pages.
            if _wait(told, running, until=lambda: _answers(host, port)):
                self._greet(host, port)
                running += [_start(command, environ) for command in _WORK]
                _wait(told, running, until=lambda: False)
            _stop(running)
        sys.exit(0 if told else 1)

    def _prepare(self, today: date | None, *, is_small: bool) -> Mapping[str, str]:
        """The county that is shown, and what the processes must know of its clock."""
        if is_small:
            return self._make_small()
        progress = Progress(sys.stdout)
        try:
            with statements_forgotten(), garbage_left_alone():
                county_id = bring_up_demo(today, told=progress)
        except EarlierDay as refused:
            raise CommandError(
                f"演示只能往后走：已经到 {refused.facts['since']}，不能回到更早的日子。"
                "要重新开始，请换一个数据目录。\n"
                f"The demo only goes forward: it stands at {refused.facts['since']}. "
                "To begin again give it another data folder."
            ) from refused
        except MadeOtherwise:
            self.stdout.write(
                "  这个数据目录里是小样例，按真实时间运行；要看完整演示，请换一个数据目录。\n"
                "  This data folder holds the small sample; give another one for the whole demo."
            )
            return self._make_small()
        finally:
            progress.end()
        clock = clock_of_demo(county_id, real=read_clock()[0])
        self.stdout.write(f"  演示时间 demo time {clock.begins:%Y-%m-%d %H:%M}")
        return environment_of_demo(clock)

    def _make_small(self) -> Mapping[str, str]:
        now, today = read_clock()
        county_id = found_sample_county(now=now, today=today)
        if not has_sample_school(county_id):
            self.stdout.write("making the sample county …")
            self.stdout.flush()
            bring_to_life(county_id, now=now, today=today)
        return os.environ

    def _greet(self, host: str, port: int) -> None:
        self.stdout.write(f"\n  一个都不能少 · Not One Less   http://{host}:{port}/\n\n")
        if not settings.IS_PRODUCTION:
            people = demo_sign_ins()
            self.stdout.write(f"  演示登录 demo sign-ins, password {people.password}\n")
            for one in (*people.first, *people.more):
                self.stdout.write(f"    {one.username:<14}{one.name}  {one.unit}  ({one.role})\n")
        self.stdout.write("\n  Ctrl-C stops.\n")


def _bring_up_to_date() -> None:
    try:
        call_command("migrate", verbosity=0)
    except InconsistentMigrationHistory as earlier:
        raise CommandError(
            "这个数据目录是较早的版本建的，打不开；演示可以删掉它重新开始。\n"
            "This data folder was made by an earlier build. A demo can be deleted and made anew."
        ) from earlier
    call_command("load_packs", verbosity=0, stdout=StringIO())


_MANAGE = [sys.executable, "-m", "notoneless.config.commandline"]
_WORK = [[*_MANAGE, "qcluster"], [*_MANAGE, "scheduler"]]


def _pages(host: str, port: int, threads: int) -> list[str]:
    return [
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


def _start(command: list[str], environ: Mapping[str, str]) -> Process:
    """In a process group of its own, so that Ctrl-C reaches it only through us."""
    return subprocess.Popen(command, start_new_session=True, env=environ)  # noqa: S603  # our own


@contextmanager
def stopped_by_signals() -> Iterator[list[int]]:
    """Ctrl-C and the like only leave their number in the list that is given."""
    told: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [
        signal.signal(number, lambda told_by, _frame: told.append(told_by)) for number in numbers
    ]
    try:
        yield told
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _wait(told: list[int], running: list[Process], until: Callable[[], bool]) -> bool:
    """Whether it came to that; not when a signal came first or a process ended by itself."""
    while not told and all(process.poll() is None for process in running):
        if until():
            return True
        time.sleep(0.2)
    return False


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def _stop(running: list[Process]) -> None:
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE_SECONDS
    for process in running:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
