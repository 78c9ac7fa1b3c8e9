"""Rules in sentences of the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Protocol

from django.utils.translation import get_language, gettext, gettext_noop, pgettext

from notoneless.flows.policy import RulesHere
from notoneless.policy.queries.preview import Difference
from notoneless.policy.queries.stack import NATION, PRODUCT
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.pack import Direction, Floor, Pack, Rule
from notoneless.rules.policy.parameters import PARAMETERS, ValueType
from notoneless.rules.policy.resolved import Overridden, ResolvedRule, State
from notoneless.rules.policy.wire import Value
from notoneless.rules.policy.words import Language, has_label, in_words, label, rule_label

MATTERS = (
    "clocks",
    "targets",
    "counts",
    "approvals",
    "consequences",
    "programmes",
    "ages",
    "signs",
    "casework",
    "statute",
    "own",
)
"""The order of matters on a page; ``own`` are rules that only one pack knows."""
_PLACES = (
    (re.compile(r",? parts? (\d+(?: and \d+)?)"), gettext_noop("第%(number)s部分")),
    (re.compile(r",? items? (\d+(?: and \d+)?)"), gettext_noop("第%(number)s条")),
)
TONES = {
    State.IN_FORCE: "done",
    State.TO_BE_ENTERED: "attention",
    State.NO_LEGAL_BASIS: "neutral",
    State.BELOW_FLOOR: "attention",
}
ICONS = {State.TO_BE_ENTERED: "pencil", State.NO_LEGAL_BASIS: "lock"}


class Titled(Protocol):
    """Whatever has a pack's two titles."""

    @property
    def title_zh(self) -> str: ...

    @property
    def title_en(self) -> str: ...


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as a page shows it."""

    key: str
    label: str
    statement: str
    """Empty while there is no value."""
    rows: tuple[str, ...]
    """The rows of a small table, instead of a statement."""
    source: str
    pids: str
    article: str
    note: str
    pack_id: str
    pack: str
    place: str
    state: str
    tone: str
    icon: str
    why: str
    """Why it is not in force, and what to do."""
    is_on: bool
    legal_basis: str
    floor: str
    overrode: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """Rules about one matter."""

    code: str
    label: str
    lines: tuple[RuleLine, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One difference between two policies."""

    label: str
    before: str
    after: str
    kind: str
    tone: str


def language() -> Language:
    """The language of the reader as policy data knows it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def title_of(pack: Titled) -> str:
    """What a pack, or a proposed one, is called."""
    return pack.title_en if language() == "en" else f"《{pack.title_zh}》"


def statement_of(rule: Rule) -> str:
    """Operator, value and unit as one phrase; empty without a value."""
    words = in_words(rule, language())
    kind = _kind(rule)
    if not words.values:
        return ""
    if kind is ValueType.DAY_OF_MONTH and rule.operator is Operator.AT_MOST:
        return gettext("每月%(day)s日或之前") % {"day": words.values[0]}
    values = words.values
    if kind in {ValueType.MONTH, ValueType.MONTHS}:
        values = tuple(
            pgettext("month of the year", "%(number)s月") % {"number": v} for v in values
        )
    figures = pgettext("between items of a list", "、").join(values)
    if language() == "en":
        unit = words.unit if words.unit.startswith("%") else f" {words.unit}"
        return f"{words.operator} {figures}{unit}".strip()
    return f"{words.operator}{figures}{words.unit}"


def matters_of(here: RulesHere, *, only: str = "") -> list[Matter]:
    """The rules of a policy by matter; ``only`` keeps ``on``, ``blank`` or ``off`` ones."""
    lines = [
        (matter_of(key), rule_line(found, here))
        for key, found in here.policy.rules.items()
        if shows(found.state, only)
    ]
    return grouped(lines)


def shows(state: State, only: str) -> bool:
    """Whether a list narrowed to ``only`` shows rules of this state; unknown words show all."""
    match only:
        case "on":
            return state is State.IN_FORCE
        case "blank":
            return state in {State.TO_BE_ENTERED, State.BELOW_FLOOR}
        case "off":
            return state is State.NO_LEGAL_BASIS
    return True


def pack_matters(pack: Pack, floors: Mapping[str, Floor]) -> list[Matter]:
    """The rules of one pack by matter, as it stands by itself."""
    return grouped(
        (matter_of(key), pack_line(rule, pack, floors)) for key, rule in pack.rules.items()
    )


def grouped(lines: Iterable[tuple[str, RuleLine]]) -> list[Matter]:
    ordered = sorted(lines, key=lambda pair: MATTERS.index(pair[0]))
    return [
        Matter(code, label("groups", code, language()), tuple(line for _, line in pairs))
        for code, pairs in groupby(ordered, key=lambda pair: pair[0])
    ]


def matter_of(key: str) -> str:
    return PARAMETERS[key].group if key in PARAMETERS else "own"


def rule_line(found: ResolvedRule, here: RulesHere) -> RuleLine:
    """A resolved rule with where it comes from and what it overrides."""
    rule, origin = found.rule, found.origin
    plain = pack_line(rule, here.packs.get(origin.pack), here.floors)
    return replace(
        plain,
        place=_place(origin.place, here.names),
        pack_id=origin.pack,
        state=label("states", found.state, language()),
        tone=TONES[found.state],
        icon=ICONS.get(found.state, ""),
        is_on=found.state is State.IN_FORCE,
        why=_why(found),
        legal_basis=found.legal_basis,
        article=found.lifted_by or rule.article,
        overrode=tuple(_overrode(rule, item, here) for item in found.overrode),
    )


def pack_line(rule: Rule, pack: Pack | None, floors: Mapping[str, Floor]) -> RuleLine:
    """A rule as its pack writes it."""
    state = State.IN_FORCE
    if rule.to_be_entered:
        state = State.TO_BE_ENTERED
    elif rule.needs_legal_basis:
        state = State.NO_LEGAL_BASIS
    floor = floors.get(rule.key)
    is_table = _kind(rule) is ValueType.ROWS
    words = in_words(rule, language())
    return RuleLine(
        key=rule.key,
        label=words.label,
        statement="" if is_table else statement_of(rule),
        rows=words.values if is_table else (),
        source=source_words(rule.source),
        pids=" ".join(rule.pid),
        article=rule.article,
        note=words.note,
        pack_id=pack.id if pack else "",
        pack=title_of(pack) if pack else "",
        place="",
        state=label("states", state, language()),
        tone=TONES[state],
        icon=ICONS.get(state, ""),
        why="",
        is_on=state is State.IN_FORCE,
        legal_basis="",
        floor=floor_words(floor) if floor else "",
        overrode=(),
    )


def source_words(source: str) -> str:
    """Where a rule stands in its paper; shipped packs write it in English only."""
    if language() == "en":
        return source
    paper, _, place = source.partition(", ")
    if has_label("sections", place):
        return f"{paper} {label('sections', place, 'zh')}"
    for pattern, words in _PLACES:
        source = pattern.sub(partial(_told, words), source)
    return source


def _told(words: str, found: re.Match[str]) -> str:
    number = found[1].replace(" and ", "、") if found.groups() else ""
    return gettext(words) % {"number": number}


def floor_words(floor: Floor) -> str:
    """A legal floor with its bound and article."""
    text = floor.text_en if language() == "en" else floor.text_zh
    return f"{text} ({floor.article})" if language() == "en" else f"{text}（{floor.article}）"


def bound_words(floor: Floor) -> str:
    """A floor's direction and bound: 不得少于 6 年."""
    rule = Rule(floor.key, floor.bound, "", "", unit=floor.unit)
    direction = label("directions", floor.direction, language())
    gap = " " if language() == "en" or floor.direction is Direction.ONE_OF else ""
    return f"{direction}{gap}{statement_of(rule)}"


def change_lines(differences: Iterable[Difference]) -> list[ChangeLine]:
    """What adopting would change, in words; by matter, then as the catalogue orders."""
    order = list(PARAMETERS)
    ranked = sorted(
        differences,
        key=lambda d: (
            MATTERS.index(matter_of(d.key)),
            order.index(d.key) if d.key in order else len(order),
        ),
    )
    return [_change(difference) for difference in ranked]


def value_words(key: str, value: Value, unit: str = "", operator: str = "") -> str:
    """A bare value of a rule in words, for histories."""
    return statement_of(Rule(key, value, "", "", unit, Operator(operator) if operator else None))


def rows_in_words(key: str, value: Value) -> tuple[str, ...]:
    """A small table in words, a text for each row."""
    return in_words(Rule(key, value, "", ""), language()).values


def key_label(key: str, *packs: Pack) -> str:
    """What a key is called in the catalogue or in one of the packs."""
    for pack in packs:
        if key in pack.rules:
            return rule_label(pack.rules[key], language())
    parameter = PARAMETERS.get(key)
    if parameter is None:
        return key
    return parameter.label_en if language() == "en" else parameter.label_zh


def _change(difference: Difference) -> ChangeLine:
    before, after = difference.before, difference.after
    either = after or before
    if either is None:
        raise ValueError("a difference has a side")
    kind, tone = gettext("修改"), "attention"
    if before is None:
        kind, tone = gettext("新增"), "accent"
    elif after is None:
        kind, tone = gettext("不再规定"), "neutral"
    return ChangeLine(rule_label(either.rule, language()), _side(before), _side(after), kind, tone)


def _side(found: ResolvedRule | None) -> str:
    if found is None:
        return gettext("没有规定")
    words = statement_of(found.rule)
    if found.state is State.IN_FORCE:
        return words
    state = label("states", found.state, language())
    return gettext("%(value)s（%(state)s）") % {"value": words, "state": state} if words else state


def _kind(rule: Rule) -> ValueType | None:
    parameter = PARAMETERS.get(rule.key)
    return parameter.type if parameter else None


def _place(place: str, names: Mapping[str, str]) -> str:
    everywhere = {NATION: gettext("国家"), PRODUCT: gettext("产品默认")}
    return everywhere.get(place) or names.get(place, "")


def _overrode(rule: Rule, item: Overridden, here: RulesHere) -> str:
    told = replace(
        rule, value=item.value, unit=item.unit, operator=item.operator, to_be_entered=False
    )
    pack = here.packs.get(item.origin.pack)
    return gettext("%(place)s%(pack)s：%(value)s") % {
        "place": _place(item.origin.place, here.names),
        "pack": title_of(pack) if pack else item.origin.pack,
        "value": statement_of(told) or label("states", State.TO_BE_ENTERED, language()),
    }


def _why(found: ResolvedRule) -> str:
    match found.state:
        case State.TO_BE_ENTERED:
            return gettext("原文没有写明数值，由采用它的单位填写后才生效。")
        case State.NO_LEGAL_BASIS:
            return gettext("涉及奖惩，附上法律依据并经第二人批准后才生效。")
        case State.BELOW_FLOOR:
            return gettext("法律只允许几种做法，这里填的不在其中，请重新选择。")
        case State.IN_FORCE:
            return gettext("按法律底线执行。") if found.lifted_by else ""
