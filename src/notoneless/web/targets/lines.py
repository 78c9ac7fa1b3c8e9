"""Lines of targets as they are shown: figure, bound, what is left, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from notoneless.flows.overview.units import SHOWN
from notoneless.flows.targets.board import Below, Board, Row
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.policy.resolved import State
from notoneless.rules.targets.indices import MADE, Index, Way
from notoneless.rules.targets.standing import Standing, Verdict
from notoneless.rules.targets.target import Demand, Target
from notoneless.rules.targets.together import NoDropout
from notoneless.web.day_words import day
from notoneless.web.indicators.words import COUNTS
from notoneless.web.overview.tables import unit_name
from notoneless.web.policy.words import key_label
from notoneless.web.targets.words import FORMULAS, INDICES, LINES, OFF, SIGNS, VERDICTS
from notoneless.web.words import STAGES

UNKNOWN = "—"


@dataclass(frozen=True, slots=True)
class Shown:
    """One line in words."""

    name: str
    kind: str
    bound: str
    figure: str
    pair: str
    used: str
    left: str
    verdict: str
    tone: str
    icon: str
    why: str
    """What is missing, or what the verdict rests on; empty where nothing needs saying."""
    enter_url: str
    """Where a missing figure is typed."""
    opens: str
    """To the children behind it."""
    url: str
    """To this page with the units below beside this line."""
    is_chosen: bool
    source: str
    previous: str = ""
    year_ago: str = ""
    is_rebound: bool = False


def rows_of(board: Board) -> list[Shown]:
    return [_row(row, board) for row in board.rows]


def _row(row: Row, board: Board) -> Shown:
    target = row.standing.target
    chosen = {"unit": str(board.unit.id), "line": f"{target.key}.{target.stage or ''}"}
    return shown_of(
        row.standing,
        board.unit.id,
        name=line_name(target),
        url=f"{reverse('targets')}?{urlencode(chosen)}#below",
        is_chosen=row is board.chosen,
        past=row,
    )


def shown_of(
    standing: Standing,
    unit_id: UUID,
    *,
    name: str,
    url: str = "",
    is_chosen: bool = False,
    past: Row | None = None,
) -> Shown:
    """One line in words. Raises nothing: what is not known is a dash with its reason."""
    target, measure = standing.target, standing.measure
    words, tone, icon = VERDICTS[standing.verdict]
    ratio, left = measure.ratio, standing.left
    is_losses = MADE[target.index].way is Way.OUTCOME and measure.lost is not None
    opens = ""
    if is_losses:
        query = {"unit": str(unit_id), "stage": target.stage or ""}
        opens = f"{reverse('targets-losses')}?{urlencode(query)}"
    why, enter = _why(standing)
    return Shown(
        name=name,
        kind=str(LINES[target.kind]),
        bound=bound_of(target),
        figure=f"{ratio.per_cent()}%" if ratio.is_known else UNKNOWN,
        pair=f"{ratio.over} / {ratio.under}" if ratio.is_known else "",
        used=_used(standing),
        left=_left(left),
        verdict=str(words),
        tone=tone,
        icon=icon,
        why=why,
        enter_url=enter,
        opens=opens,
        url=url,
        is_chosen=is_chosen,
        source=_source(target),
        previous=_then(past.previous) if past else "",
        year_ago=_then(past.year_ago) if past else "",
        is_rebound=past.is_rebound if past else False,
    )


def line_name(target: Target) -> str:
    """What a rule is called in the catalogue of the policy; the veto's by the stage it is for."""
    label = key_label(target.key)
    if target.stage and not target.key.endswith(("primary_pct", "junior_pct", "junior_rule")):
        return _("%(label)s（%(stage)s）") % {"label": label, "stage": STAGES[target.stage]}
    return label


def bound_of(target: Target) -> str:
    """≤ 0.6%, ≥ 2 人, 不低于上年; a dash where there is none."""
    if target.demand is Demand.NOT_FALL:
        return _("不低于上年")
    if target.operator is None or target.value is None:
        return UNKNOWN
    figure = f"{target.value.normalize():f}"
    sign = SIGNS[target.operator.value]
    if target.demand is Demand.LOSSES:
        return _("%(sign)s %(n)s 人") % {"sign": sign, "n": figure}
    return f"{sign} {figure}%"


def _used(standing: Standing) -> str:
    if standing.allowed is None or standing.used is None:
        return UNKNOWN
    return f"{standing.used} / {max(standing.allowed, 0)}"


def _left(left: int | None) -> str:
    if left is None:
        return UNKNOWN
    if left < 0:
        return _("还要劝返 %(n)s 人") % {"n": -left}
    return _("还剩 %(n)s 人") % {"n": left}


def _then(ratio: Ratio | None) -> str:
    return f"{ratio.per_cent()}%" if ratio is not None else UNKNOWN


def _why(standing: Standing) -> tuple[str, str]:
    """What is missing, and where it is entered."""
    target, measure = standing.target, standing.measure
    if target.lacking:
        words = _("待录入：%(rule)s") % {"rule": key_label(target.lacking)}
        return words, reverse("policy")
    if standing.verdict is Verdict.OFF:
        return str(OFF[target.state]), reverse("policy") if _is_enterable(target) else ""
    if measure.needs:
        names = "、".join(str(COUNTS[count]) for count in measure.needs)
        return _("还没有录入：%(names)s") % {"names": names}, reverse("indicators-typed")
    if standing.verdict is Verdict.NOT_KNOWN:
        if target.demand is Demand.NOT_FALL:
            return _("没有上年同期的数"), reverse("indicators-typed")
        return _("没有可算的孩子"), ""
    if target.policy_says is not None:
        operator, value = target.policy_says
        said = f"{SIGNS[operator.value]} {value.normalize():f}%"
        return _("以责任书为准；方案为 %(bound)s") % {"bound": said}, ""
    return "", ""


def _is_enterable(target: Target) -> bool:
    return target.state in (State.TO_BE_ENTERED, State.IN_FORCE)


def _source(target: Target) -> str:
    if target.is_from_contract:
        return _("责任书")
    return target.source


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit below."""

    name: str
    url: str
    line: Shown | None
    status: str
    status_tone: str


def below_of(board: Board, today: date) -> list[Unit]:
    return [_below(each, today) for each in board.below]


def _below(each: Below, today: date) -> Unit:
    name = unit_name(each.unit, today)
    url = f"{reverse('targets')}?{urlencode({'unit': str(each.unit.id)})}"
    line = None
    if each.standing is not None:
        line = shown_of(each.standing, each.unit.id, name=line_name(each.standing.target))
    words, tone = status_words(each.status)
    return Unit(name, url if each.unit.kind in SHOWN else "", line, words, tone)


def status_words(status: NoDropout | None) -> tuple[str, str]:
    """Whether a unit has nobody who is lost, since when, or since when not (R-196)."""
    if status is None:
        return UNKNOWN, ""
    since = {"day": day(status.since)}
    if not status.is_clean:
        return _("%(day)s 起有流失") % since, "attention"
    if status.was_lost:
        return _("%(day)s 起恢复无流失") % since, "done"
    return _("本学年无流失"), "done"


def contradictions_of(board: Board) -> list[str]:
    """Two lines that both hold at the unit's very figure, in one sentence each."""
    return [
        _(
            "“%(good)s”（%(good_bound)s）达标，“%(bad)s”（%(bad_bound)s）也已触及：由本级决定适用哪一条。"
        )
        % {
            "good": line_name(good.target),
            "good_bound": bound_of(good.target),
            "bad": line_name(bad.target),
            "bad_bound": bound_of(bad.target),
        }
        for good, bad in board.contradictions
    ]


def formulas_of(board: Board) -> list[tuple[str, str]]:
    """The indices on the page with how each is computed, in their order."""
    shown = {row.standing.target.index for row in board.rows}
    return [(str(INDICES[index]), str(FORMULAS[index])) for index in Index if index in shown]
