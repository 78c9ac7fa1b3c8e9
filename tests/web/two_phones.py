"""Two phones at the same moment, over HTTP: prints what each was answered and what stands.

Run by ``test_rolls_at_once.py``: in its own process on PostgreSQL, by ``python -m`` on a copy of
the test's SQLite database in a file, which several threads can open. Answers are a JSON list.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

BACKEND = "django.contrib.auth.backends.ModelBackend"


def phones(village: Any, *keys: str) -> list[Any]:
    """A signed-in client for each person; the same one may have two."""
    from django.test import Client

    found = []
    for key in keys:
        client = Client(raise_request_exception=False)
        client.force_login(village.account(key), backend=BACKEND)
        found.append(client)
    return found


def at_once(*acts: Callable[[], int]) -> list[int]:
    """Start all acts at the same moment; the status that each was answered."""
    from django.db import connections

    start = Barrier(len(acts))

    def run(act: Callable[[], int]) -> int:
        try:
            start.wait(timeout=20)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def save_together(village: Any, clients: Sequence[Any], day: date) -> dict[str, Any]:
    """Two phones say that different children are missing; then two people decide differently."""
    from notoneless.attendance.models import Roll
    from tests.web.test_rolls_sheet import address, form

    url = address(village, day)
    sheets = [form(village, "lan"), form(village, "gang")]
    sent = at_once(
        lambda: clients[0].post(url, sheets[0]).status_code,
        lambda: clients[1].post(url, sheets[1]).status_code,
    )
    shown = clients[0].get(f"{url}versions/")
    decided = at_once(
        *(
            lambda client=client, sheet=sheet: (
                client.post(
                    f"{url}versions/", {"roll": sheet["id"], "reason": "核实过"}
                ).status_code
            )
            for client, sheet in zip(clients, sheets, strict=True)
        )
    )
    rolls = Roll.objects.filter(day=day)
    return {
        "sent": sorted(sent),
        "kept": sorted(str(pk) for pk in rolls.values_list("pk", flat=True))
        == sorted(sheet["id"] for sheet in sheets),
        "shown": all(sheet["id"] in shown.content.decode() for sheet in sheets),
        "decided": sorted(decided),
        "standing": rolls.filter(is_standing=True).count(),
        "open": rolls.filter(is_standing=False, superseded_at=None).count(),
    }


def rounds(village: Any) -> list[dict[str, Any]]:
    """A week of it."""
    import time_machine

    from tests.attendance.register import FRI, MON, THU, TUE, WED, at

    found = []
    for day in (MON, TUE, WED, THU, FRI):
        with time_machine.travel(at(day), tick=True):
            clients = phones(village, "chen", "qin")
            found.append(save_together(village, clients, day))
    return found


def main() -> None:
    import django

    django.setup()
    from notoneless.children.models import Child
    from notoneless.places.models import Person, Unit
    from tests.world import Village

    village = Village()
    village.units = {key: Unit.objects.get(pk=pk) for key, pk in KEYS["units"].items()}
    village.people = {key: Person.objects.get(pk=pk) for key, pk in KEYS["people"].items()}
    village.children = {key: Child.objects.get(pk=pk) for key, pk in KEYS["children"].items()}
    village.county_id = village.units["county"].pk
    sys.stdout.write(json.dumps(rounds(village)))


if __name__ == "__main__":
    KEYS = json.loads(sys.stdin.read())
    main()
