"""Packs out of the product as text, into it as text, and changed rule by rule as a draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from notoneless.access.actor import Actor, Holding, NotAllowed
from notoneless.journal.services import Stamp
from notoneless.policy.queries.stack import RANKS
from notoneless.policy.queries.versions import (
    DraftLine,
    day_is_taken,
    draft_by_id,
    drafts_of,
    newest_version,
    text_of,
    version_with,
)
from notoneless.policy.refusals import NationalHolds, PackFaulty
from notoneless.policy.services.drafts import FILE, begin_draft, change_draft, drop_draft, judge
from notoneless.rules.policy.lines import line_of
from notoneless.rules.policy.pack import Fault, Pack, Rule
from notoneless.rules.policy.parameters import PARAMETERS
from notoneless.rules.policy.reading import RESERVED, is_day
from notoneless.rules.policy.tolerant import read_tables
from notoneless.rules.roles import Capability


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft as its author sees it."""

    line: DraftLine
    pack: Pack

    @property
    def unused_keys(self) -> tuple[str, ...]:
        """Rules of the catalogue that the pack does not speak of."""
        return tuple(
            key
            for key, parameter in PARAMETERS.items()
            if key not in self.pack.rules and not parameter.expressed_by
        )


def text_out(actor: Actor, pack_id: str) -> str:
    """A pack's text word for word, comments and all, as it was loaded or confirmed.

    Raises ``NotAllowed``, ``PackVersion.DoesNotExist``.
    """
    actor.must(Capability.SEE_POLICY)
    return text_of(pack_id, county_id=actor.county_id)[1]


def begin_edit(actor: Actor, pack_id: str, *, draft_id: UUID, now: datetime) -> UUID:
    """Begin a draft that changes a version; the same ``draft_id`` twice is as once.

    Raises ``NotAllowed``, ``NationalHolds``, ``PackVersion.DoesNotExist``.
    """
    unit_id = writes_for(actor).unit_id
    base_id, text = text_of(pack_id, county_id=actor.county_id)
    if pack_id.partition("/")[0] in RESERVED:
        raise NationalHolds()
    stamp = _stamp(actor, now)
    return begin_draft(text, unit_id=unit_id, base_id=base_id, draft_id=draft_id, stamp=stamp).pk


def bring_in(actor: Actor, text: str, *, draft_id: UUID, now: datetime) -> UUID:
    """Begin a draft from a text that somebody brings along.

    Raises ``NotAllowed``; ``PackFaulty`` with every fault: of the text, of the law, and where its
    id or its day is another version's.
    """
    unit_id = writes_for(actor).unit_id
    faults: list[Fault] = []
    try:
        pack = judge(text)
    except PackFaulty as problem:
        faults, pack = list(problem.faults), None
    faults += _taken(actor, text)
    if faults or pack is None:
        raise PackFaulty(tuple(sorted(faults)))
    base_id = newest_version(pack.system, county_id=actor.county_id)
    stamp = _stamp(actor, now)
    return begin_draft(text, unit_id=unit_id, base_id=base_id, draft_id=draft_id, stamp=stamp).pk


def own_drafts(actor: Actor) -> list[DraftLine]:
    """The actor's drafts, the latest change first. Raises ``NotAllowed``."""
    return drafts_of(_author(actor), county_id=actor.county_id)


def open_draft(actor: Actor, draft_id: UUID) -> OpenDraft:
    """One of the actor's drafts. Raises ``NotAllowed``, ``PackFaulty``, ``DoesNotExist``."""
    line = draft_line(actor, draft_id)
    return OpenDraft(line, judge(line.text))


def draft_line(actor: Actor, draft_id: UUID) -> DraftLine:
    """The same without judging its text."""
    return draft_by_id(draft_id, person_id=_author(actor), county_id=actor.county_id)


def change_rule(
    actor: Actor, draft_id: UUID, key: str, rule: Rule | None, *, number: int, now: datetime
) -> None:
    """Put a rule into a draft or, with ``None``, take it out; see ``change_draft``."""
    writes_for(actor)
    change_draft(draft_id, number=number, rules={key: rule}, stamp=_stamp(actor, now))


def change_text(actor: Actor, draft_id: UUID, text: str, *, number: int, now: datetime) -> None:
    """Put another text in place of a draft's. Raises ``PackFaulty``, ``DraftMoved``."""
    writes_for(actor)
    judge(text)
    change_draft(draft_id, number=number, text=text, stamp=_stamp(actor, now))


def faults_in(text: str) -> tuple[Fault, ...]:
    """What is wrong with a text; empty where it is a pack that a county may write."""
    try:
        judge(text)
    except PackFaulty as problem:
        return problem.faults
    return ()


def throw_away(actor: Actor, draft_id: UUID, *, now: datetime) -> None:
    """Throw one's own draft away."""
    writes_for(actor)
    drop_draft(draft_id, stamp=_stamp(actor, now))


def blank_rule(key: str) -> Rule:
    """A rule of the catalogue that still says nothing. Raises ``KeyError``."""
    parameter = PARAMETERS[key]
    unit = parameter.units[0] if len(parameter.units) == 1 else ""
    blank = Rule(key, None, parameter.family, "", unit=unit, to_be_entered=True)
    return replace(blank, needs_legal_basis=parameter.needs_legal_basis)


def writes_for(actor: Actor) -> Holding:
    """The post for whose unit the actor writes packs, the highest first. Raises ``NotAllowed``."""
    held = [
        post
        for post in actor.holdings
        if Capability.MANAGE_POLICY in post.capabilities and post.unit_kind in RANKS
    ]
    if not held:
        raise NotAllowed(capability=Capability.MANAGE_POLICY.value)
    return min(held, key=lambda post: len(post.path))


def _author(actor: Actor) -> UUID:
    writes_for(actor)
    if actor.person_id is None:
        raise NotAllowed(capability=Capability.MANAGE_POLICY.value)
    return actor.person_id


def _taken(actor: Actor, text: str) -> Iterator[Fault]:
    """Where a text's id or day is another version's; nothing where it cannot be read."""
    read = read_tables(text)
    pack_id, system = str(read.tables.get("id", "")), str(read.tables.get("system", ""))
    if pack_id and version_with(county_id=actor.county_id, pack_id=pack_id) is not None:
        line = line_of(read.found, (), "id")
        yield Fault(FILE, line, "id", "id_taken", f"{pack_id} is another version's")
    day = read.tables.get("effective_from")
    if is_day(day) and day_is_taken(county_id=actor.county_id, system=system, day=day):
        line = line_of(read.found, (), "effective_from")
        yield Fault(FILE, line, "effective_from", "day_taken", f"{system} has one from that day")


def _stamp(actor: Actor, now: datetime) -> Stamp:
    return Stamp(county_id=actor.county_id, by=actor.person_id, now=now)
