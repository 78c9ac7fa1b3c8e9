"""What would have differed, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from notoneless.flows.whatif.running import Effect, LineDifference
from notoneless.flows.whatif.showing import ShownLine
from notoneless.rules.consequences.lines import Kind
from notoneless.rules.policy.words import label
from notoneless.rules.roles import Role
from notoneless.rules.whatif.comparing import Turn
from notoneless.web.policy.words import key_label, language
from notoneless.web.words import ROLES

TURNS: Mapping[Turn, tuple[str | Promise, str]] = {
    Turn.ADDED: (_("多出"), "accent"),
    Turn.DROPPED: (_("不再要求"), "neutral"),
    Turn.DUE_EARLIER: (_("期限提前"), "attention"),
    Turn.DUE_LATER: (_("期限推后"), "neutral"),
    Turn.LATE: (_("变为逾期"), "attention"),
    Turn.IN_TIME: (_("不再逾期"), "done"),
    Turn.MET: (_("变为已完成"), "done"),
    Turn.UNMET: (_("变为未完成"), "attention"),
    Turn.CHANGED: (_("责任人或数量不同"), "neutral"),
}
KINDS: Mapping[Kind, str | Promise] = {
    Kind.REWARD: _("奖励"),
    Kind.CHARGE: _("罚款"),
    Kind.POINTS: _("扣分"),
    Kind.ALLOWANCE: _("津贴"),
    Kind.PERFORMANCE_PAY: _("绩效"),
    Kind.BONUS: _("奖金"),
    Kind.APPRAISAL: _("考核"),
    Kind.POST: _("晋升和调动"),
    Kind.CRITICISM: _("通报批评"),
    Kind.HOUSE_RULE: _("按校内规定"),
    Kind.PREFERENCE: _("优先"),
    Kind.ACCOUNTABILITY: _("责任追究"),
    Kind.VETO: _("一票否决"),
}


def turn_words(turn: Turn) -> tuple[str, str]:
    """How a duty differs, and the tone in which it is shown."""
    words, tone = TURNS[turn]
    return str(words), tone


def sums_of(lines: Iterable[LineDifference]) -> list[dict[str, Any]]:
    """How many of the differing lines each plan has of each kind, and what they come to."""
    found = list(lines)
    rows = []
    for kind, words in KINDS.items():
        these = [line for line in found if line.kind == kind]
        if these:
            before = [line.before for line in these if line.before]
            after = [line.after for line in these if line.after]
            rows.append({"kind": words, "before": _sum_words(before), "after": _sum_words(after)})
    return rows


def _sum_words(effects: Sequence[Effect]) -> str:
    """Lines that may take effect with their money, then those that may not."""
    on = [each for each in effects if each.is_on]
    fen = [each.fen for each in on if each.fen is not None]
    off = len(effects) - len(on)
    parts = [ngettext("%(n)s 项", "%(n)s 项", len(on)) % {"n": len(on)}] if on or not off else []
    if fen:
        parts.append(gettext("%(yuan)s 元") % {"yuan": _yuan(sum(fen))})
    if off:
        parts.append(ngettext("%(n)s 项未启用", "%(n)s 项未启用", off) % {"n": off})
    return pgettext("between items of a list", "、").join(parts)


def shown_line_words(row: ShownLine) -> dict[str, Any]:
    """One line of a settlement under both plans, where it arose and the children behind it."""
    return {**line_words(row.each), "at": row.at, "children": row.children, "unnamed": row.unnamed}


def line_words(line: LineDifference) -> dict[str, Any]:
    """One line of a settlement under both plans."""
    return {
        "kind": KINDS[Kind(line.kind)],
        "rule": key_label(line.rule),
        "bearer": line.name or role_words(line.role),
        "before": effect_words(line.before),
        "after": effect_words(line.after),
    }


def effect_words(effect: Effect | None) -> str:
    """What a line would bring; that it is off, where it is."""
    if effect is None:
        return gettext("没有")
    parts = []
    if effect.fen is not None:
        parts.append(gettext("%(yuan)s 元") % {"yuan": _yuan(effect.fen)})
    if effect.points:
        parts.append(gettext("%(points)s 分") % {"points": effect.points})
    if effect.per_cent:
        parts.append(f"{effect.per_cent} %")
    parts += [label("codes", honour, language()) for honour in effect.honours]
    said = pgettext("between items of a list", "、").join(parts) or gettext("有")
    if effect.is_vacant:
        return gettext("%(said)s（没有人担任，不生效）") % {"said": said}
    return said if effect.is_on else gettext("%(said)s（未启用）") % {"said": said}


def role_words(role: str) -> str:
    """A post by its name, a policy's own word for a role by its label."""
    return str(ROLES[Role(role)]) if role in set(Role) else label("codes", role, language())


def _yuan(fen: int) -> str:
    yuan = Decimal(fen) / 100
    return f"{yuan:.2f}" if fen % 100 else f"{yuan:.0f}"
