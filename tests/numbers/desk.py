"""A small school year in the village, worked out by hand.

石桥乡中心小学, classes 1 and 2 of grade 3, ten children each on 1 September 2026, and three who
finished grade 6 in July. Until 30 November:

    a1  dropped out on 10 October, not back
    a2  dropped out on 12 October, back on 30 November
    a3  to 河口镇 on 12 October, registered there the same day
    a4  left as transferred on 12 October, registered nowhere
    a5  died on 20 October
    a6  on an approved suspension since 20 September
    a7  from class 1 to class 2 on 9 November
    a8  suspected since 25 November
    b1  came from 河口镇 on 2 November
    b2  two rows of one child, merged
    c1, c2 began junior school; c3 is nowhere

    base 20 · dropped 1 · moved in 1 · moved out 1 · unconfirmed 1 · died 1 · suspended 1
    on the roll at the end: 20 − a3 − a4 − a5 + b1 = 18
    kept: 20 − a1 − a3 − a4 − a5 − a6 = 15;  lawfully gone: a3, a5, a6 = 3
"""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from notoneless.cases.models import Case
from notoneless.children.models.places import SpellBegun, SpellEnded
from notoneless.children.services.merging import Half, merge_children
from notoneless.children.services.spells import NewSpell, begin_spells, end_spells
from notoneless.numbers.queries.scope import Scope
from notoneless.places.services.units import NewUnit
from notoneless.rules.cases.kinds import Outcome, Source, State
from notoneless.rules.indicators.periods import Period
from notoneless.rules.units import UnitKind
from tests.world import NOW, TERM_START, TODAY, Village

CUT_OFF = date(2026, 11, 30)
YEAR = Period(TERM_START, CUT_OFF)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def scope(v: Village, at: str = "county", *, period: Period = YEAR, **more) -> Scope:
    return Scope(v.county_id, v.units[at].pk, period, **more)


def school_year(v: Village) -> Village:
    """The village after that autumn."""
    # Ten in each class; the village has two in the first and one in the second.
    _enrol(v, "a", 8, "primary-1")
    _enrol(v, "b", 9, "primary-2", since=2)
    v.enrol("b1", "外来一", "other-1")
    v.enrol("b2x", "重名二", "primary-2")
    _leavers(v)
    _merge(v, "b2", "b2x")
    lost(v, "a1", confirmed="10-10")
    lost(v, "a2", confirmed="10-12", back="11-30")
    move(v, "a3", "other-1", "10-12")
    leave(v, "a4", "10-12", SpellEnded.TRANSFERRED_OUT)
    leave(v, "a5", "10-20", SpellEnded.DIED)
    lost(v, "a6", opened="09-10", closed="09-20", outcome=Outcome.SUSPENDED)
    move(v, "a7", "primary-2", "11-09", SpellBegun.CLASS_CHANGED)
    lost(v, "a8", opened="11-25")
    move(v, "b1", "primary-1", "11-02")
    return v


def _enrol(v: Village, letter: str, number: int, at: str, *, since: int = 1) -> None:
    for n in range(since, since + number):
        v.enrol(f"{letter}{n}", f"学生{letter}{n}", at)


def _leavers(v: Village) -> None:
    for school, stage, entered_in in (("primary", "primary", 2020), ("junior", "junior", 2026)):
        for key, kind, above in (
            ("grade", UnitKind.GRADE, school),
            ("1", UnitKind.CLASS, f"{school}-{entered_in}-grade"),
        ):
            name = str(entered_in) if kind is UnitKind.GRADE else "1"
            new = NewUnit(kind, name, stage=stage, entered_in=entered_in)
            v.found(f"{school}-{entered_in}-{key}", new, g=above, e=above)
    for n in (1, 2, 3):
        v.enrol(f"c{n}", f"毕业{n}", "primary-2020-1")
        child = v.children[f"c{n}"]
        child.enrolments.update(from_on=date(2020, 9, 1))
        child.places.update(from_on=date(2020, 9, 1))
        leave(v, f"c{n}", "07-10", SpellEnded.GRADUATED)
    for n in (1, 2):
        spell = NewSpell(
            v.children[f"c{n}"].pk,
            v.units["junior"].pk,
            v.units["junior-2026-1"].pk,
            SpellBegun.ENROLLED,
        )
        begin_spells([spell], from_on=TERM_START, stamp=v.stamp())


def _merge(v: Village, kept: str, absorbed: str) -> None:
    halves = [Half(v.children[name].pk, v.children[name].version) for name in (kept, absorbed)]
    merge_children(*halves, reason="同一人", actor=v.actor("lu"), today=TODAY, stamp=v.stamp("lu"))


def move(
    v: Village,
    name: str,
    to: str,
    on: str,
    begun: SpellBegun = SpellBegun.TRANSFERRED_IN,
) -> None:
    school = v.units[to.split("-")[0]]
    new = NewSpell(v.children[name].pk, school.pk, v.units[to].pk, begun)
    begin_spells([new], from_on=day(on), stamp=v.stamp())


def leave(v: Village, name: str, on: str, how: SpellEnded) -> None:
    end_spells([v.children[name].pk], on=day(on), ended=how, stamp=v.stamp())


def lost(
    v: Village,
    name: str,
    *,
    opened: str = "09-21",
    confirmed: str = "",
    back: str = "",
    closed: str = "",
    outcome: Outcome | None = None,
) -> Case:
    """A case as its columns say it; nothing is taken by its steps."""
    child = v.children[name]
    spell = child.enrolments.order_by("from_on").first()
    state = State.CLOSED_OTHER if closed else State.RETURNED if back else State.CONFIRMED
    return Case.objects.create(
        county_id=v.county_id,
        child=child,
        school_id=spell.school_id,
        school_class_id=spell.school_class_id,
        matter_id=uuid4(),
        opened_on=day(opened),
        away_since=day(opened),
        source=Source.ABSENCE,
        state=state if confirmed or closed else State.SUSPECTED,
        state_since=day(opened),
        policy_digest="0" * 64,
        confirmed_on=day(confirmed) if confirmed else None,
        returned_on=day(back) if back else None,
        closed_on=day(closed) if closed else None,
        outcome=outcome or "",
        recorded_at=NOW,
    )
