"""Papers: one from payload to kept bytes, a thousand notices, two who issue at once, a file."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notoneless.config.settings")
django.setup()

# The imports below need Django to be set up.
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.db.models.functions import Length  # noqa: E402

from bench.county import NOW, TODAY, fill_county  # noqa: E402
from notoneless.children.models import Child  # noqa: E402
from notoneless.documents.models import Document, DocumentBytes  # noqa: E402
from notoneless.documents.queries.papers import opened  # noqa: E402
from notoneless.documents.rendering.file import Part, bound, complete_file  # noqa: E402
from notoneless.documents.rendering.pdf import printed  # noqa: E402
from notoneless.documents.services import NewDocument, Receiver, issue  # noqa: E402
from notoneless.journal.services import Stamp  # noqa: E402
from notoneless.places.models import Unit  # noqa: E402
from notoneless.rules.documents.blocks import Layout, Sheet, Title  # noqa: E402
from notoneless.rules.documents.forms import blocks_of  # noqa: E402
from notoneless.rules.documents.kinds import ReceiverKind  # noqa: E402
from notoneless.rules.documents.payloads.orders import ReturnNotice  # noqa: E402
from notoneless.rules.documents.payloads.parts import Guardian, Office, Pupil  # noqa: E402
from notoneless.rules.units import UnitKind  # noqa: E402

NOTICES = 1_000
TIMES = 50
AT_ONCE = 25
MIB = 1024 * 1024


def say(name: str, value: float, unit: str) -> None:
    print(f"{connection.vendor}.documents.{name} {value:.4g} {unit}", flush=True)


def main() -> None:
    call_command("migrate", verbosity=0)
    ground = fill_county(NOTICES)
    stamp = Stamp(ground.county_id, None, NOW)
    offices = Unit.objects.filter(county=ground.county_id, kind=UnitKind.TOWNSHIP)
    office = offices.order_by("code")[0]
    children = list(Child.objects.filter(county=ground.county_id)[:NOTICES])
    news = [notice(office, child) for child in children]
    issue(news[0], stamp=stamp)  # the fonts are read once
    say("print_ms", milliseconds(lambda: printed(blocks_of(news[1].payload))), "ms")
    some = iter(news[1 : TIMES + 1])
    say("one_ms", milliseconds(lambda: issue(next(some), stamp=stamp)), "ms")
    measure_batch(news[TIMES + 1 :], stamp)
    measure_file()
    measure_at_once(office, children, stamp)


def notice(office: Unit, child: Child) -> NewDocument:
    payload = ReturnNotice(
        office=Office(name=office.name, contact="教育专干", phone="0879-5550202"),
        written_on=TODAY,
        form="notice_return_of_dropout_pupil",
        guardian=Guardian(name=f"{child.name[:1]}某", relation="父亲"),
        pupil=Pupil(name=child.name, school="中心小学", class_name="三年级（1）班"),
        absent_since=date(2026, 11, 9),
        efforts="学校已三次家访、两次电话联系",
        return_by=date(2026, 11, 27),
    )
    receiver = Receiver(kind=ReceiverKind.GUARDIAN, name=payload.guardian.name)
    return NewDocument(
        payload=payload,
        office_id=office.pk,
        issued_on=TODAY,
        child_id=child.pk,
        receiver=receiver,
    )


def measure_batch(news: list[NewDocument], stamp: Stamp) -> None:
    """The rest of a thousand, each in a transaction of its own."""
    began = time.perf_counter()
    for new in news:
        issue(new, stamp=stamp)
    seconds = time.perf_counter() - began
    say("thousand_notices_s", seconds * NOTICES / len(news), "s")
    kept = DocumentBytes.objects.annotate(size=Length("sealed")).values_list("size", flat=True)
    say("kept_mib", sum(kept) / MIB * NOTICES / len(kept), "MiB")


def measure_file() -> None:
    """A child's file of thirty papers, and a hundred papers bound to print."""
    rows = list(Document.objects.order_by("number")[:100])
    pdfs = [opened(row) for row in rows]
    cover = Sheet(Layout.FORM, (Title("个案卷宗"),))
    parts = [
        Part(row.form_name, row.number_text, "2026年11月20日", pdf)
        for row, pdf in zip(rows[:30], pdfs, strict=False)
    ]
    say("file_of_30_ms", milliseconds(lambda: complete_file(cover, parts), times=3), "ms")
    began = time.perf_counter()
    together = bound(pdfs)
    say("bound_100_ms", (time.perf_counter() - began) * 1000, "ms")
    say("bound_100_mib", len(together) / MIB, "MiB")


def measure_at_once(office: Unit, children: list[Child], stamp: Stamp) -> None:
    """Two who issue at once: no number is missing and none is given twice."""
    halves = [children[:AT_ONCE], children[AT_ONCE : 2 * AT_ONCE]]

    def work(half: list[Child]) -> None:
        try:
            for child in half:
                issue(notice(office, child), stamp=stamp)
        finally:
            connections.close_all()

    began = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, halves))
    say("two_at_once_ms", (time.perf_counter() - began) * 1000 / (2 * AT_ONCE), "ms")
    numbers = list(_numbers(office.pk))
    if numbers != list(range(1, len(numbers) + 1)):
        raise SystemExit("numbers are missing or given twice")


def _numbers(office_id: UUID) -> list[int]:
    rows = Document.objects.filter(office=office_id).order_by("number")
    return [number for number in rows.values_list("number", flat=True) if number is not None]


def milliseconds(run: Callable[[], object], *, times: int = TIMES) -> float:
    """The median of so many runs."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
