"""Who receives a case's reports, as the plan names them (R-106, R-123, C-04)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from notoneless.flows.cases.reading import KnownCase
from notoneless.flows.cases.refusals import PlanIncomplete
from notoneless.rules.cases.facts import Around
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.policy.resolved import PolicyHole

KEY, ANY = "dropout_report_addressees", "dropout_report_any_addressee"


def receivers_of(known: KnownCase, kind: StepKind, said: Mapping[str, object]) -> dict[str, object]:
    """The units to which a report goes, under ``to``; nothing for other steps.

    Raises ``PlanIncomplete`` where the plan names nobody who is there.
    """
    if kind is StepKind.REPORTED:
        chosen = said.get("receiver")
        return {"to": [str(unit) for unit in addressees(known, str(chosen or ""))]}
    if kind is StepKind.RETURN_REPORTED:
        return {"to": [str(unit) for unit in told(known)]}
    return {}


def addressees(known: KnownCase, chosen: str = "") -> tuple[UUID, ...]:
    """The units that the plan names for the dropout report, each once.

    Where one of them is enough, the chosen one, or else the first. Raises ``PlanIncomplete``.
    """
    codes = _codes(known)
    if known.policy.is_on(ANY) and known.policy.flag(ANY):
        codes = (chosen,) if chosen in codes else codes[:1]
    units = [unit_of(code, known.fact.around) for code in codes]
    found = tuple(dict.fromkeys(unit for unit in units if unit is not None))
    if not found:
        raise PlanIncomplete(key=KEY)
    return found


def told(known: KnownCase) -> tuple[UUID, ...]:
    """The units that had a report of this case: they hear of the return as well (R-123).

    Of a report from before the place used the system nobody knows who had it: then the plan's own
    receivers. Raises ``PlanIncomplete`` where the plan names nobody who is there.
    """
    reports = known.fact.standing.all(StepKind.REPORTED)
    named = [unit for report in reports for unit in _named(report.said)]
    if reports and not named:
        return addressees(known)
    return tuple(dict.fromkeys(named))


def unit_of(code: str, around: Around) -> UUID | None:
    """The unit that a code of the plan means for a child; ``None`` where there is none such."""
    return {
        "township": around.township_id,
        "town_government": around.township_id,
        "local_government": around.township_id,
        "community": around.community_id or around.township_id,
        "village": around.village_id,
        "centre_school": around.of.centre_id,
        "nine_year_school": around.of.centre_id,
        "county_bureau": around.of.bureau_id,
    }.get(code)


def _codes(known: KnownCase) -> tuple[str, ...]:
    """The law's own receivers where the plan says nothing (未成年人保护法 art. 28)."""
    if KEY not in known.policy.rules:
        return ("county_bureau", "township")
    try:
        return known.policy.items(KEY)
    except PolicyHole as hole:
        raise PlanIncomplete(key=hole.key) from hole


def _named(said: Mapping[str, object]) -> list[UUID]:
    units = said.get("to", ())
    return [UUID(str(unit)) for unit in units] if isinstance(units, (list, tuple)) else []
