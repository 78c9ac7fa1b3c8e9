"""Several hands at the same contracts at the same moment: prints what each did and what stands.

Run by ``test_hands_at_once.py``: in its own process on PostgreSQL, by ``python -m`` on a copy of
the test's SQLite database in a file, which several threads can open.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any


def signed(act: Callable[[], None]) -> Callable[[], int]:
    """1 for whoever was not refused."""

    def run() -> int:
        act()
        return 1

    return run


def guardians(v: Any) -> dict[str, Any]:
    """Two guardians of one class sign, one of them twice with the same link."""
    from notoneless.contracts.models import Signature
    from notoneless.flows.contracts.signing import Pen, sign_on_page
    from tests.contracts.desk import of_child
    from tests.families.desk import visiting
    from tests.web.two_phones import at_once
    from tests.world import NOW, TODAY

    def hand(child: str, name: str) -> Callable[[], int]:
        visitor, row = visiting(v, child), of_child(v, child).pk
        pen = Pen(agreed=True, typed=name)
        return signed(lambda: sign_on_page(visitor, row, pen, today=TODAY, now=NOW))

    lan, gang = hand("lan", "吴建国"), hand("gang", "杨秀莲")
    done = at_once(lan, lan, gang)
    rows = Signature.objects.filter(party__role="guardian")
    return {"answered": done, "signatures": rows.count()}


def clause(v: Any) -> dict[str, Any]:
    """Both sides sign an added clause, one of them from two windows."""
    from notoneless.contracts.models import Amendment, Signature
    from notoneless.flows.contracts.amending import Clause, amend_contract
    from notoneless.flows.contracts.signing import Pen, sign_own
    from tests.contracts.desk import of_class
    from tests.web.two_phones import at_once
    from tests.world import NOW, TODAY

    row = of_class(v).pk
    amend_contract(v.actor("qin"), row, Clause("每周家访一次。"), today=TODAY, now=NOW)
    added = Amendment.objects.get()

    def hand(who: str) -> Callable[[], int]:
        actor, pen = v.actor(who), Pen(agreed=True, typed=v.people[who].name)
        return signed(
            lambda: sign_own(actor, row, pen, amendment_id=added.pk, today=TODAY, now=NOW)
        )

    done = at_once(hand("qin"), hand("chen"), hand("chen"))
    added.refresh_from_db()
    return {
        "answered": done,
        "signatures": Signature.objects.filter(amendment=added).count(),
        "in_force": added.in_force_on == TODAY,
    }


def handing_over(v: Any) -> dict[str, Any]:
    """The principal and the teaching director hand the same contract over."""
    from notoneless.contracts.models import Party, Succession
    from notoneless.flows.contracts.refusals import NoSuccessor
    from notoneless.flows.contracts.succession import succeed_contracts
    from tests.contracts.desk import new_teacher, of_class
    from tests.web.two_phones import at_once
    from tests.world import NOW, TODAY

    new_teacher(v)
    row = of_class(v).pk

    def hand(who: str) -> Callable[[], int]:
        actor = v.actor(who)

        def run() -> int:
            try:
                return succeed_contracts(actor, [row], "调动", today=TODAY, now=NOW)
            except NoSuccessor:
                return 0

        return run

    done = at_once(hand("qin"), hand("dou"))
    standing = Party.objects.filter(contract=row, side="b", superseded_at=None)
    return {
        "passed": sorted(done),
        "successions": Succession.objects.count(),
        "holders": [party.person.name for party in standing if party.person],
    }


def together(v: Any) -> dict[str, Any]:
    """All three, one after the other; the class teacher changes last."""
    return {
        "guardians": guardians(v),
        "clause": clause(v),
        "handing_over": handing_over(v),
    }


def main() -> None:
    import django

    django.setup()
    from notoneless.children.models import Child
    from notoneless.places.models import Person, Unit
    from tests.world import Village

    keys = json.loads(sys.stdin.read())
    village = Village()
    village.units = {key: Unit.objects.get(pk=pk) for key, pk in keys["units"].items()}
    village.people = {key: Person.objects.get(pk=pk) for key, pk in keys["people"].items()}
    village.children = {key: Child.objects.get(pk=pk) for key, pk in keys["children"].items()}
    village.county_id = village.units["county"].pk
    sys.stdout.write(json.dumps(together(village)))


if __name__ == "__main__":
    main()
