"""Signs as a page tells them: one sentence, the figure with its source, the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext, pgettext

from notoneless.flows.signs.reading import ChildSigns
from notoneless.rules.signs.facts import AnswerFact
from notoneless.rules.signs.fired import Fired
from notoneless.rules.signs.kinds import Context, RowKind, SignRule
from notoneless.rules.signs.signs import Signs
from notoneless.rules.signs.windows import Stretch
from notoneless.web.signs.words import ANSWERS, POINTS, SIGN_RULES, kind_words
from notoneless.web.templatetags.looks import short_day


@dataclass(frozen=True, slots=True)
class SignLine:
    """One sign of one child."""

    title: str
    told: str
    bound: str
    source: str
    rows: tuple[str, ...]
    last_on: date
    quiet: str = ""
    """Why it is quiet; empty while nobody is acting."""


@dataclass(frozen=True, slots=True)
class ChildLine:
    """One child of the list."""

    row: ChildSigns
    titles: tuple[str, ...]
    signs: tuple[SignLine, ...]
    reasons: tuple[tuple[str, int], ...]
    points: int
    trend: str


def child_line(row: ChildSigns, *, sees_health: bool) -> ChildLine:
    """A child for the list or its own page; ``sees_health`` names what only some may read."""
    place = row.standing
    return ChildLine(
        row=row,
        titles=tuple(str(SIGN_RULES[fired.rule]) for fired in row.signs.loud),
        signs=sign_lines(row.signs),
        reasons=tuple(
            (_reason(reason.code, sees_health), reason.points)
            for reason in (place.reasons if place else ())
        ),
        points=place.points if place else 0,
        trend=trend_words(row.signs),
    )


def sign_lines(signs: Signs) -> tuple[SignLine, ...]:
    loud = [_line(fired, "") for fired in signs.loud]
    quiet = [_line(each.fired, _answer(each.answer)) for each in signs.quiet]
    return (*loud, *quiet)


def trend_words(signs: Signs) -> str:
    """The last days beside those before; empty where nothing was called."""
    now, before = signs.trend.now, signs.trend.before
    if not now.known:
        return ""
    told = gettext("最近点名的 %(days)s 天缺 %(n)s 天") % {"days": now.known, "n": now.absent}
    return gettext("%(now)s，%(before)s") % {"now": told, "before": _before(before)}


def _before(before: Stretch) -> str:
    if not before.known:
        return gettext("再往前没有点名")
    return gettext("再往前 %(days)s 天缺 %(n)s 天") % {"days": before.known, "n": before.absent}


def _line(fired: Fired, quiet: str) -> SignLine:
    bound = fired.bound
    return SignLine(
        title=str(SIGN_RULES[fired.rule]),
        told=_told(fired),
        bound=_bound(fired),
        source=bound.source if bound else "",
        rows=tuple(_rows(fired)),
        last_on=fired.last_on,
        quiet=quiet,
    )


def _told(fired: Fired) -> str:
    tell = _TELL.get(fired.rule)
    if tell is not None:
        return tell(fired)
    return ngettext("%(n)s 个上课日", "%(n)s 个上课日", fired.count) % {"n": fired.count}


def _run(fired: Fired) -> str:
    n = fired.count
    told = ngettext("连续 %(n)s 个上课日", "连续 %(n)s 个上课日", n) % {"n": n}
    if fired.proved is None or fired.proved >= n:
        return told
    facts = {"told": told, "proved": fired.proved}
    return gettext("%(told)s，其中连续确认 %(proved)s 天") % facts


def _lost(fired: Fired) -> str:
    n = fired.count
    if not n:
        return gettext("登记的号码都不通")
    return ngettext("接连 %(n)s 次没有联系上", "接连 %(n)s 次没有联系上", n) % {"n": n}


def _after_break(fired: Fired) -> str:
    n = fired.count
    return ngettext("%(n)s 次长假后第一天没来", "%(n)s 次长假后第一天没来", n) % {"n": n}


def _share(fired: Fired) -> str:
    return gettext("%(base)s 天里缺 %(n)s 天") % {"base": fired.base, "n": fired.count}


def _edges(fired: Fired) -> str:
    facts = {"base": fired.base, "n": fired.count}
    return gettext("缺的 %(base)s 天里有 %(n)s 天在一周头尾") % facts


def _word(fired: Fired) -> str:
    comma = pgettext("between items of a list", "、")
    return comma.join(dict.fromkeys(kind_words(row.code) for row in fired.rows))


_TELL: Mapping[SignRule, Callable[[Fired], str]] = {
    SignRule.RUN: _run,
    SignRule.SHARE: _share,
    SignRule.WEEK_EDGE: _edges,
    SignRule.AFTER_BREAK: _after_break,
    SignRule.LOST_CONTACT: _lost,
    SignRule.WORD: _word,
}


def _bound(fired: Fired) -> str:
    if fired.bound is None:
        return ""
    figure = fired.bound.figure
    match fired.bound.unit:
        case "percent":
            return gettext("达到 %(n)s%% 就提示") % {"n": figure}
        case "times":
            return gettext("达到 %(n)s 次就提示") % {"n": figure}
    return gettext("达到 %(n)s 个上课日就提示") % {"n": figure}


def _rows(fired: Fired) -> Iterable[str]:
    for row in fired.rows:
        on = short_day(row.on)
        match row.kind:
            case RowKind.ABSENT:
                yield on
            case RowKind.TRY:
                yield gettext("%(on)s 没有联系上") % {"on": on}
            case RowKind.NUMBERS:
                yield gettext("%(on)s 号码不通") % {"on": on}
            case RowKind.WORD:
                yield gettext("%(on)s %(kind)s") % {"on": on, "kind": kind_words(row.code)}


def _answer(answer: AnswerFact) -> str:
    told = gettext("%(on)s %(what)s") % {
        "on": short_day(answer.on),
        "what": ANSWERS[answer.kind],
    }
    if answer.until is None:
        return told
    return gettext("%(told)s，到 %(until)s") % {"told": told, "until": short_day(answer.until)}


def _reason(code: str, sees_health: bool) -> str:
    if code == Context.DISABILITY and not sees_health:
        return gettext("其他情况")
    return str(POINTS[code])
