"""The measures, on the database of this process's settings. Prints `name value unit` lines."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notoneless.config.settings")
django.setup()

# The imports below need Django to be set up.
import time_machine  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402

from bench.county import NOW, fill_county  # noqa: E402
from notoneless.access.models import User  # noqa: E402
from notoneless.children.queries.listing import MOST_PAGES  # noqa: E402
from notoneless.config.wsgi import settle  # noqa: E402
from notoneless.journal.statistics import look_at_tables  # noqa: E402

ROUNDS = 60
FEWEST_ROUNDS = 20
SECONDS_PER_PAGE = 5.0
SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "roster"


def say(name: str, value: float, unit: str) -> None:
    print(f"{connection.vendor}.{name} {value:.4g} {unit}", flush=True)


def measure_page(name: str, username: str, url: str) -> None:
    """p50 and p95 in milliseconds of up to ``ROUNDS`` requests, and SQL statements of one.

    Of a server that has answered before: what a process remembers, it has read.
    """
    client = Client()
    client.force_login(
        User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend"
    )
    client.get(url)
    reset_queries()  # a full log counts nothing
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    statements = len(queries)  # the next request empties the log
    if answer.status_code != 200:
        raise SystemExit(f"{url} answered {answer.status_code}")
    milliseconds: list[float] = []
    while len(milliseconds) < ROUNDS and (
        len(milliseconds) < FEWEST_ROUNDS or sum(milliseconds) < SECONDS_PER_PAGE * 1000
    ):
        milliseconds.append(timed(lambda: client.get(url)) * 1000)
    milliseconds.sort()
    say(f"{name}.p50", statistics.median(milliseconds), "ms")
    say(f"{name}.p95", milliseconds[int(len(milliseconds) * 0.95) - 1], "ms")
    say(f"{name}.statements", statements, "statements")


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure_import() -> None:
    """The eight sample files through the command, twice: the second run changes nothing."""
    paths = [str(path) for path in sorted(SAMPLES.glob("*.xls*"))]
    for name in ("first", "again"):
        seconds = timed(lambda: call_command("roster", "import", *paths, stdout=sys.stderr))
        say(f"roster_import.{name}", seconds, "s")
        say(f"roster_import.{name}.rate", 3981 / seconds, "rows/s")


def know_tables() -> None:
    """What PostgreSQL does by itself and SQLite's scheduler each night."""
    look_at_tables()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def main(children: int) -> None:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    with time_machine.travel(NOW, tick=True):
        measure_import()
        start = time.perf_counter()
        ground = fill_county(children)
        seconds = time.perf_counter() - start
        say("ground.children", children, "children")
        say("ground.filled", seconds, "s")
        know_tables()
        settle()  # as the server does
        measure_page("children_list.county", "clerk", "/children/")
        measure_page("children_list.deep", "clerk", f"/children/?page={MOST_PAGES}")
        measure_page("children_list.counted", "clerk", "/children/?count=1")
        measure_page("children_list.search_name", "clerk", "/children/?q=赵小大")
        measure_page("children_list.search_initials", "clerk", "/children/?q=zxd")
        measure_page("children_list.school", "principal", "/children/")
        measure_page("child.county", "clerk", f"/children/{ground.child_id}/")
        measure_page("class.school", "principal", "/classes/")
        measure_page("home.county", "clerk", "/")
        measure_page("home.school", "principal", "/")
        measure_page("policy.county", "clerk", "/policy/")
        measure_page("office.county", "clerk", "/office/")


if __name__ == "__main__":
    main(int(sys.argv[1]))
