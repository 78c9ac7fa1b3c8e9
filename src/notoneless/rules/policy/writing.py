"""A pack as TOML text again, and a text changed rule by rule without losing its comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from notoneless.rules.policy.pack import Floor, Kind, Pack, PackError, Rule
from notoneless.rules.policy.reading import read_pack
from notoneless.rules.policy.statements import Statement, What, statements
from notoneless.rules.policy.wire import Value, same

_BARE = re.compile(r"^[A-Za-z0-9_-]+$")
_HEADING = ("id", "system", "title_zh", "title_en", "effective_from", "effective_to")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def pack_text(pack: Pack) -> str:
    """The pack as TOML that ``read_pack`` reads back to an equal pack."""
    heading = [_setting(name, getattr(pack, name)) for name in _HEADING]
    blocks = ["\n".join(line for line in heading if line)]
    blocks += [rule_text(rule) for rule in pack.rules.values()]
    blocks += [_floor_text(floor) for floor in pack.floors.values()]
    return "\n\n".join(blocks) + "\n"


def edited(
    text: str,
    *,
    heading: Mapping[str, str | date | None] = _NOTHING,
    rules: Mapping[str, Rule | None] = _NOTHING,
) -> str:
    """``text`` with some fields of its heading and some rules changed; ``None`` takes one out.

    Comments, order and every other line stay as they are. A text whose tables are written in
    another way than one header each is written anew as a whole. Raises ``PackError`` where
    ``text`` is no pack, or what comes out is none.
    """
    before = read_pack(text, "pack.toml")
    kept = {key: rule for key, rule in before.rules.items() if key not in rules}
    wanted = replace(
        before,
        **dict(heading),  # type: ignore[arg-type]  # fields by name, as the caller gives them
        rules=MappingProxyType(kept | {k: rule for k, rule in rules.items() if rule is not None}),
    )
    try:
        changed = _changed(text, heading, rules)
        if is_same(read_pack(changed, "pack.toml"), wanted):
            return changed
    except PackError:
        pass
    anew = pack_text(wanted)
    read_pack(anew, "pack.toml")
    return anew


def is_same(one: Pack, other: Pack) -> bool:
    """Whether two packs say the same in every field, whatever the order of their rules."""
    ours = [getattr(one, name) for name in _HEADING]
    return (
        ours == [getattr(other, name) for name in _HEADING]
        and one.rules.keys() == other.rules.keys()
        and one.floors == other.floors
        and all(same_rule(rule, other.rules[key]) for key, rule in one.rules.items())
    )


def same_rule(one: Rule, other: Rule) -> bool:
    """Whether two rules say the same; ``True`` is not 1."""
    return one == other and same(one.value, other.value)


def rule_text(rule: Rule) -> str:
    """One ``[rules.key]`` table."""
    own = rule.kind is not Kind.PARAMETER
    fields: list[tuple[str, object]] = []
    if own:
        fields += [("kind", rule.kind.value), ("family", rule.family)]
        fields += [("label_zh", rule.label_zh), ("label_en", rule.label_en)]
        fields += [("needs_legal_basis", rule.needs_legal_basis or None)]
    fields += [
        ("value", rule.value),
        ("to_be_entered", rule.to_be_entered or None),
        ("unit", rule.unit),
        ("operator", rule.operator.value if rule.operator else ""),
        ("source", rule.source),
        ("article", rule.article),
        ("pid", rule.pid or None),
        ("note_zh", rule.note_zh),
        ("note_en", rule.note_en),
    ]
    return _table("rules", rule.key, fields)


def _floor_text(floor: Floor) -> str:
    fields = [
        ("direction", floor.direction.value),
        ("bound", floor.bound),
        ("unit", floor.unit),
        ("article", floor.article),
        ("text_zh", floor.text_zh),
        ("text_en", floor.text_en),
    ]
    return _table("floors", floor.key, fields)


def _table(section: str, key: str, fields: Iterable[tuple[str, object]]) -> str:
    lines = [_setting(name, value) for name, value in fields]
    return "\n".join([f"[{section}.{_key(key)}]", *(line for line in lines if line)])


def _setting(name: str, value: Any) -> str:
    return "" if value is None or value == "" else f"{_key(name)} = {_as_toml(value)}"


def _as_toml(value: Value | date) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            written = format(value, "f")
            return written if "." in written else f"{written}.0"
        case str():
            return _quoted(value)
        case date():
            return value.isoformat()
        case Mapping():
            cells = (f"{_key(key)} = {_as_toml(item)}" for key, item in value.items())
            return f"{{ {', '.join(cells)} }}" if value else "{}"
        case tuple():
            return f"[{', '.join(_as_toml(item) for item in value)}]"
    raise TypeError(f"{type(value).__name__} is no value of a rule")


def _quoted(text: str) -> str:
    # JSON escapes all that TOML wants escaped, but for one letter.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if _BARE.match(name) else _quoted(name)


# -- changing a text --------------------------------------------------------------------------


@dataclass(slots=True)
class _Block:
    """A table of the text: the lines before its header that speak of it, and its own."""

    path: tuple[str, ...] = ()
    before: list[str] = field(default_factory=list)
    own: list[Statement] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        yield from self.before
        yield from (each.text for each in self.own)


def _changed(
    text: str, heading: Mapping[str, str | date | None], rules: Mapping[str, Rule | None]
) -> str:
    blocks = _blocks(text)
    _set_heading(blocks[0], heading)
    standing = {block.path[1] for block in blocks if _is_rule(block)}
    lines: list[str] = []
    for block in blocks:
        if _is_rule(block) and block.path[1] in rules:
            lines += _with_rule(block, rules[block.path[1]])
        else:
            lines += block.lines()
    for key, rule in rules.items():
        if key not in standing and rule is not None:
            lines = [*_trimmed(lines), "", rule_text(rule)]
    return "\n".join(_trimmed(lines)) + "\n"


def _blocks(text: str) -> list[_Block]:
    blocks = [_Block()]
    for each in statements(text):
        if each.what is What.TABLE:
            above = blocks[-1].own
            start = len(above)
            while start and above[start - 1].what is What.SPACE:
                start -= 1
            before = [space.text for space in above[start:]]
            del above[start:]
            blocks.append(_Block(each.path, before))
        blocks[-1].own.append(each)
    return blocks


def _is_rule(block: _Block) -> bool:
    return block.path[:1] == ("rules",) and len(block.path) == 2


def _with_rule(block: _Block, rule: Rule | None) -> list[str]:
    if rule is None:
        return [line for line in block.before if line.strip()]
    remarks = [each.text for each in block.own if each.text.strip().startswith("#")]
    header, *rest = rule_text(rule).split("\n")
    return [*block.before, header, *remarks, *rest]


def _set_heading(top: _Block, heading: Mapping[str, str | date | None]) -> None:
    for name, value in heading.items():
        line = _setting(name, value)
        at = next((n for n, each in enumerate(top.own) if each.path == (name,)), None)
        if at is not None:
            del top.own[at]
        elif line:
            at = _after_settings(top.own)
        if line and at is not None:
            top.own.insert(at, Statement(What.SETTING, 0, line, (name,), 1))


def _after_settings(own: Sequence[Statement]) -> int:
    last = [n for n, each in enumerate(own) if each.what is What.SETTING]
    return last[-1] + 1 if last else len(own)


def _trimmed(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept
