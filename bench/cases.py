"""Ten thousand open cases: the list, one case, the tray, and the looks of minute and night."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notoneless.config.settings")
django.setup()

# The imports below need Django to be set up.
import time_machine  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from uuid_utils.compat import uuid7  # noqa: E402

from bench.county import NOW, TODAY, fill_county, insert  # noqa: E402
from bench.measures import ROUNDS, know_tables, measure_page, say, timed  # noqa: E402
from notoneless.cases.models import Case, CaseStep  # noqa: E402
from notoneless.children.models import Enrolment  # noqa: E402
from notoneless.config.wsgi import settle  # noqa: E402
from notoneless.duties.models import Duty, Matter  # noqa: E402
from notoneless.duties.rows import matter_id  # noqa: E402
from notoneless.flows.cases.looking_after import look_after_cases  # noqa: E402
from notoneless.policy.queries.inforce import policy_for  # noqa: E402
from notoneless.policy.services.kept import keep_policy  # noqa: E402
from notoneless.rules.cases.kinds import Level, Source, State, StepKind  # noqa: E402
from notoneless.rules.duties.kinds import (  # noqa: E402
    DutyRule,
    DutyState,
    EvidenceKind,
    MatterKind,
    SubjectKind,
)
from notoneless.rules.duties.wants import MatterKey  # noqa: E402
from notoneless.rules.roles import Role  # noqa: E402

OPEN_CASES = 10_000
PART = 500
STATES = (State.SUSPECTED, State.CONFIRMED, State.MOBILISING)
STEPS = (StepKind.OPENED, StepKind.DETERMINED, StepKind.VISITED)


def fill_cases(county_id: UUID, wanted: int) -> UUID:
    """Open cases of so many children, a third at each of the first stages; answers one of them."""
    digest = _digest(county_id)
    spells = Enrolment.objects.filter(county=county_id, to_on=None).exclude(school_class=None)
    children = iter(spells.order_by("pk").exclude(child__merged_into__isnull=False)[:wanted])
    some: UUID | None = None
    number = 0
    while part := list(islice(children, PART)):
        with transaction.atomic():
            cases = [_case(spell, number + n, digest) for n, spell in enumerate(part)]
            insert(cases)
            insert([step for case in cases for step in _steps(case)])
            insert([_matter(case) for case in cases])
            insert([_duty(case, digest) for case in cases])
        number += len(part)
        some = some or cases[0].pk
    if some is None:
        raise ValueError("no case without children")
    return some


def _digest(county_id: UUID) -> str:
    return keep_policy(policy_for(county_id, on=TODAY), now=NOW)


def _opened(number: int) -> date:
    return TODAY - timedelta(days=10 + number % 40)


def _case(spell: Enrolment, number: int, digest: str) -> Case:
    opened = _opened(number)
    return Case(
        county_id=spell.county_id,
        child_id=spell.child_id,
        school_id=spell.school_id,
        school_class_id=spell.school_class_id,
        matter_id=matter_id(spell.county_id, _key(spell, opened)),
        opened_on=opened,
        away_since=opened,
        source=Source.ABSENCE,
        state=STATES[number % len(STATES)],
        state_since=opened,
        policy_digest=digest,
        turn_role=Role.PRINCIPAL,
        turn_unit_id=spell.school_id,
        due_on=opened + timedelta(days=20),
        recorded_at=NOW,
        planned_at=NOW,
    )


def _key(spell: Enrolment, opened: date) -> MatterKey:
    began = opened.isoformat()
    return MatterKey(MatterKind.CASE, SubjectKind.CHILD, spell.child_id, began, spell.school_id)


def _steps(case: Case) -> Iterator[CaseStep]:
    for kind in STEPS[: STATES.index(State(case.state)) + 1]:
        yield CaseStep(
            county_id=case.county_id,
            case=case,
            kind=kind,
            tid="T09",
            happened_on=case.opened_on,
            level=Level.SYSTEM,
            to_state=case.state,
            said={"result": "dropped_out"} if kind is StepKind.DETERMINED else {},
            noted_at=NOW,
            recorded_at=NOW,
        )


def _matter(case: Case) -> Matter:
    return Matter(
        id=case.matter_id,
        county_id=case.county_id,
        kind=MatterKind.CASE,
        subject_kind=SubjectKind.CHILD,
        subject_id=case.child_id,
        occurrence=case.opened_on.isoformat(),
        child_id=case.child_id,
        unit_id=case.school_class_id or case.school_id,
        opened_on=case.opened_on,
    )


def _duty(case: Case, digest: str) -> Duty:
    return Duty(
        id=uuid7(),
        county_id=case.county_id,
        matter_id=case.matter_id,
        rule=DutyRule.CASE_REPORT,
        subject_id=case.child_id,
        occurrence="bench",
        unit_id=case.school_class_id or case.school_id,
        state=DutyState.OPEN,
        evidence=EvidenceKind.STEP,
        bearer_role=Role.PRINCIPAL,
        bearer_unit_id=case.school_id,
        opened_on=case.opened_on,
        due_on=case.due_on,
        clock={"length": None, "unit": "", "source": "", "pid": ""},
        policy_digest=digest,
    )


def main(cases: int) -> None:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    with time_machine.travel(NOW, tick=True):
        ground = fill_county(cases * 2)
        case_id = fill_cases(ground.county_id, cases)
        say("cases.open", Case.objects.filter(closed_on=None).count(), "cases")
        know_tables()
        settle()
        measure_page("cases_list.county", "clerk", "/cases/")
        measure_page("cases_list.township", "township", "/cases/")
        measure_page("cases_list.school", "principal", "/cases/")
        measure_page("case.county", "clerk", f"/cases/{case_id}/")
        measure_page("cases_tray.township", "township", "/cases/tray/")
        idle = [timed(lambda: _look(ground.county_id, everything=False)) for _ in range(ROUNDS)]
        say("cases_minute.idle", sorted(idle)[ROUNDS // 2] * 1000, "ms")
        say("cases_night.all_differ", timed(lambda: _look(ground.county_id, everything=True)), "s")
        say("cases_night.idle", timed(lambda: _look(ground.county_id, everything=True)), "s")


def _look(county_id: UUID, *, everything: bool) -> None:
    look_after_cases(county_id, today=TODAY, now=NOW, everything=everything)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else OPEN_CASES)
