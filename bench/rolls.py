"""Rolls on the database of this process's settings: statements in the flow, then speed over HTTP.

The pages are served by granian as in production, by a process of its own; the clients run here,
signed in beforehand. Each sends rolls of classes of its own, one day after another.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notoneless.config.settings")
django.setup()

# The imports below need Django to be set up.
import time_machine  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402
from uuid_utils.compat import uuid7  # noqa: E402

from bench.county import CLASS_SIZE, TERM_START, fill_county  # noqa: E402
from notoneless.access.actor import Actor  # noqa: E402
from notoneless.access.models import User  # noqa: E402
from notoneless.access.queries import actor_of_person  # noqa: E402
from notoneless.attendance.models import Roll  # noqa: E402
from notoneless.attendance.queries.schools import school_standings  # noqa: E402
from notoneless.children.models import Enrolment  # noqa: E402
from notoneless.flows.rolls.submitting import submit_roll  # noqa: E402
from notoneless.places.models import Post  # noqa: E402
from notoneless.rules.attendance.forms import AbsenceMark, Submission  # noqa: E402
from notoneless.rules.roles import Role  # noqa: E402

CLIENTS = (1, 8, 32)
ROLLS = {1: 60, 8: 160, 32: 320}
"""How many rolls are sent by so many clients together."""
THREADS = 4
BENCH_SCHOOLS = "21999"
CSRF = "b" * 32
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=timezone.get_default_timezone())


@dataclass(frozen=True, slots=True)
class Teacher:
    """A class, who calls its roll, and his session."""

    user: User
    class_id: UUID
    children: tuple[UUID, ...]
    session: str


def say(name: str, value: float, unit: str) -> None:
    print(f"{connection.vendor}.rolls.{name} {value:.4g} {unit}", flush=True)


def main() -> None:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    with time_machine.travel(NOW, tick=True):
        ground = fill_county(CLASS_SIZE * (2 + sum(CLIENTS)))
        teachers = list(teachers_of(ground.county_id, 2 + sum(CLIENTS)))
        days = school_days(ground.county_id)
        measure_statements(teachers, days)
    # Each client of each round has classes of its own, so that no roll corrects another.
    rest = iter(teachers[2:])
    with served() as port:
        for clients in CLIENTS:
            measure_http(clients, [next(rest) for _ in range(clients)], days, port)


def teachers_of(county_id: UUID, count: int) -> Iterator[Teacher]:
    """Homeroom teachers of the ground's classes, each with a session."""
    members: dict[UUID, list[UUID]] = {}
    rows = Enrolment.objects.filter(county=county_id, school__code__startswith=BENCH_SCHOOLS)
    for class_id, child_id in rows.order_by("pk").values_list("school_class", "child"):
        members.setdefault(class_id, []).append(child_id)
    posts = Post.objects.filter(role=Role.HOMEROOM_TEACHER, unit__in=members)
    for post in posts.order_by("pk")[:count]:
        user = User.objects.get(person=post.person_id)
        yield Teacher(user, post.unit_id, tuple(members[post.unit_id]), session_of(user))


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


def school_days(county_id: UUID) -> list[date]:
    """Past school days, newest last."""
    school = next(iter(school_standings(county_id, on=NOW.date())))
    return list(school.calendar(NOW.date()).days(TERM_START, NOW.date()))


def measure_statements(teachers: Sequence[Teacher], days: Sequence[date]) -> None:
    """SQL statements of the flow, warm; the first roll of a process and school fills memories."""
    one, other = teachers[:2]
    submit(other, days[-1], absent=1, actor=who(other))
    submit(one, days[-4], absent=0, actor=who(one))
    rounds = (
        ("all_present", days[-3], 0),
        ("ten_absent", days[-2], 10),
        ("ten_absent_again", days[-1], 10),
    )
    for name, day, absent in rounds:
        actor = who(one)
        reset_queries()
        with CaptureQueriesContext(connection) as queries:
            submit(one, day, absent=absent, actor=actor)
        say(f"{name}.statements", of_its_own(queries), "statements")
    measure_correction(one, days[-1])


def measure_correction(teacher: Teacher, day: date) -> None:
    """Ten were missed by mistake, ten others are away."""
    actor = who(teacher)
    wrong = standing_roll(teacher, day)
    with CaptureQueriesContext(connection) as queries:
        submit(teacher, day, absent=10, actor=actor, skip=10, based_on=wrong)
    say("correction.statements", of_its_own(queries), "statements")


def standing_roll(teacher: Teacher, day: date) -> UUID:
    return Roll.objects.get(school_class=teacher.class_id, day=day, is_standing=True).pk


def of_its_own(queries: CaptureQueriesContext) -> int:
    """Without those that begin and end the transaction."""
    brackets = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return sum(not q["sql"].startswith(brackets) for q in queries.captured_queries)


def who(teacher: Teacher) -> Actor:
    person = teacher.user.person
    if person is None:
        raise SystemExit("a teacher without a person")
    return actor_of_person(person, today=NOW.date())


def submit(  # whose roll, of which day, and what it says
    teacher: Teacher,
    day: date,
    *,
    absent: int,
    actor: Actor,
    skip: int = 0,
    based_on: UUID | None = None,
) -> None:
    marks = tuple(AbsenceMark(child) for child in teacher.children[skip : skip + absent])
    reason = "认错了" if based_on else ""
    form = Submission(
        uuid7(),
        teacher.class_id,
        day,
        "day",
        noted_on(day),
        marks,
        based_on=based_on,
        reason=reason,
    )
    submit_roll(actor, form, today=NOW.date(), now=NOW)


def noted_on(day: date) -> datetime:
    """Ten to eight on the day itself, as the phone says."""
    return datetime(day.year, day.month, day.day, 7, 50, tzinfo=NOW.tzinfo)


def measure_http(
    clients: int, teachers: Sequence[Teacher], days: Sequence[date], port: int
) -> None:
    """p50, p95 and rolls a second of so many clients at once; every tenth pupil-day is away."""
    each = -(-ROLLS[clients] // clients)
    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        found = pool.map(lambda teacher: list(send_rolls(teacher, days[-each:], port)), teachers)
        times = sorted(seconds for one in found for seconds in one)
    elapsed = time.perf_counter() - start
    say(f"http.{clients}_clients.p50", statistics.median(times) * 1000, "ms")
    say(f"http.{clients}_clients.p95", times[int(len(times) * 0.95) - 1] * 1000, "ms")
    say(f"http.{clients}_clients.rate", len(times) / elapsed, "rolls/s")


def send_rolls(teacher: Teacher, days: Sequence[date], port: int) -> Iterator[float]:
    """Seconds that each roll took, connection kept open as a phone does."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for number, day in enumerate(days):
        body = urlencode(form_of(teacher, day, absent=number % 3))
        head = {
            "Cookie": f"sessionid={teacher.session}; csrftoken={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        start = time.perf_counter()
        link.request("POST", f"/roll/{teacher.class_id}/{day.isoformat()}/day/", body, head)
        answer = link.getresponse()
        text = answer.read()
        yield time.perf_counter() - start
        if answer.status != 302:
            raise SystemExit(f"a roll was answered {answer.status}: {text[:2000]!r}")
    link.close()


def form_of(teacher: Teacher, day: date, *, absent: int) -> list[tuple[str, str]]:
    """What the page of the roll posts."""
    fields = [
        ("csrfmiddlewaretoken", CSRF),
        ("id", str(uuid7())),
        ("noted_at", noted_on(day).isoformat()),
    ]
    return fields + [(f"c{n}", str(child)) for n, child in enumerate(teacher.children[:absent])]


@contextmanager
def served() -> Iterator[int]:
    """Granian on a free port, as ``notoneless serve`` starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "granian",
            "--interface=wsgi",
            f"--port={port}",
            f"--blocking-threads={THREADS}",
            "--no-access-log",
            "--log-level=warning",
            "notoneless.config.wsgi:application",
        ]
    )
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("granian did not start")


if __name__ == "__main__":
    main()
