"""A new version of a pack: one person proposes it, another one confirms it (R-303)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record
from notoneless.places.models import Unit
from notoneless.policy.models import PackProposal, PackVersion, ProposalAct
from notoneless.policy.models.drafts import ProposalVerdict
from notoneless.policy.queries.packs import parse_packs, readable_versions
from notoneless.policy.refusals import (
    AlreadyDecided,
    Bilingual,
    ClosedPeriod,
    NothingChanged,
    PackTaken,
    SamePerson,
    SystemMovedOn,
    VersionDayTaken,
)
from notoneless.policy.services.closed import refuse_closed
from notoneless.policy.services.drafts import judge
from notoneless.policy.services.marks import begin_change
from notoneless.policy.services.packs import digest_of, journal_pack, unsaved_version
from notoneless.rules.policy.pack import Pack
from notoneless.rules.policy.writing import edited, same_rule
from notoneless.rules.units import school_year_of


@dataclass(frozen=True, slots=True)
class NewProposal:
    """What somebody fills in to have a draft made a version."""

    id: UUID
    """Made with the form, so that sending it twice proposes once."""
    unit_id: UUID
    base_id: UUID | None
    text: str
    from_on: date
    reason: str


@transaction.atomic
def propose_version(new: NewProposal, *, today: date, stamp: Stamp) -> PackProposal:
    """Ask that a text become a version that may be adopted from ``from_on`` on.

    Its heading gets that day, and an id of its own where its id is another version's. The rules
    of days gone by do not change. Raises ``PackFaulty``, ``ClosedPeriod``, ``ReasonNeeded``,
    ``NothingChanged``, ``VersionDayTaken``, ``SystemMovedOn``.
    """
    begin_change(stamp.county_id)
    if stamp.by is None:
        raise ValueError("a proposal needs a named person")
    if standing := PackProposal.objects.filter(pk=new.id, county=stamp.county_id).first():
        return standing
    pack, text = _dated(judge(new.text), new, stamp=stamp)
    _refuse_closed(pack.effective_from, reason=new.reason, today=today, stamp=stamp)
    _refuse_the_same(pack, new.base_id)
    _refuse_taken(pack, stamp=stamp)
    _refuse_moved(pack.system, new.base_id, stamp=stamp)
    row = PackProposal(
        id=new.id,
        county_id=stamp.county_id,
        unit_id=new.unit_id,
        base_id=new.base_id,
        system=pack.system,
        pack_id=pack.id,
        title_zh=pack.title_zh,
        title_en=pack.title_en,
        effective_from=pack.effective_from,
        toml=text,
        digest=digest_of(text),
        reason=new.reason.strip(),
        proposed_by_id=stamp.by,
        proposed_at=stamp.now,
    )
    row.save()
    _record("policy.version_proposed", row, row, on=today, stamp=stamp)
    return row


@transaction.atomic
def decide_version(
    proposal_id: UUID, verdict: ProposalVerdict, *, reason: str, today: date, stamp: Stamp
) -> ProposalAct:
    """The one word that ends a proposal: another person's, or its author's who takes it back.

    The version exists from the confirmation on. The same word twice is as once. Raises
    ``SamePerson``, ``AlreadyDecided``, ``ClosedPeriod`` when its day has passed meanwhile,
    ``SystemMovedOn``, ``VersionDayTaken``, ``PackFaulty``, ``PackProposal.DoesNotExist``.
    """
    begin_change(stamp.county_id)
    if stamp.by is None:
        raise ValueError("a word on a version needs a named person")
    row = PackProposal.objects.select_related("act").get(pk=proposal_id, county=stamp.county_id)
    standing: ProposalAct | None = getattr(row, "act", None)
    if standing is not None:
        if (standing.decided_by_id, standing.verdict) == (stamp.by, verdict):
            return standing
        raise AlreadyDecided()
    is_own = row.proposed_by_id == stamp.by
    if is_own is not (verdict is ProposalVerdict.WITHDRAWN):
        raise SamePerson()
    version = None
    if verdict is ProposalVerdict.CONFIRMED:
        version = _make(row, today=today, stamp=stamp)
    act = ProposalAct(
        proposal=row,
        verdict=verdict,
        version=version,
        reason=reason.strip(),
        decided_by_id=stamp.by,
        decided_at=stamp.now,
    )
    act.save()
    _record(f"policy.version_{verdict}", act, row, on=today, stamp=stamp)
    return act


def free_id(pack: Pack, *, from_on: date, stamp: Stamp) -> str:
    """The pack's id where no other version bears it, else one with the county's code and day."""
    taken = PackVersion.objects.filter(system=pack.system).values_list("pack_id", flat=True)
    ids = {each.lower() for each in taken}
    code = Unit.objects.values_list("code", flat=True).get(pk=stamp.county_id)
    stem = f"{pack.system}/{from_on.isoformat()}-{code or stamp.county_id.hex[-6:]}"
    tries = [pack.id, stem, *(f"{stem}-{n}" for n in range(2, 100))]
    return next(each for each in tries if each.lower() not in ids)


def _dated(pack: Pack, new: NewProposal, *, stamp: Stamp) -> tuple[Pack, str]:
    heading: dict[str, str | date | None] = {
        "id": free_id(pack, from_on=new.from_on, stamp=stamp),
        "effective_from": new.from_on,
    }
    if pack.effective_to is not None and pack.effective_to <= new.from_on:
        heading["effective_to"] = None
    text = edited(new.text, heading=heading)
    return judge(text), text


def _make(row: PackProposal, *, today: date, stamp: Stamp) -> PackVersion:
    pack = judge(row.toml)
    _refuse_closed(row.effective_from, reason=row.reason, today=today, stamp=stamp)
    _refuse_moved(row.system, row.base_id, stamp=stamp)
    _refuse_taken(pack, stamp=stamp)
    if PackVersion.objects.filter(pack_id__iexact=pack.id).exists():
        raise PackTaken(pack=pack.id)
    version = unsaved_version(pack, row.toml, county_id=stamp.county_id, now=stamp.now)
    version.save()
    journal_pack(version, stamp=stamp)
    return version


def _refuse_closed(day: date, *, reason: str, today: date, stamp: Stamp) -> None:
    """Never a school year that is over; of the running one only while a county is set up."""
    if school_year_of(day) < school_year_of(today):
        raise ClosedPeriod(day=day.isoformat(), today=today.isoformat())
    refuse_closed(day, reason=reason, today=today, stamp=stamp)


def _refuse_the_same(pack: Pack, base_id: UUID | None) -> None:
    if base_id is None:
        return
    base = parse_packs([base_id])[base_id]
    titles = (pack.title_zh, pack.title_en) == (base.title_zh, base.title_en)
    same = pack.rules.keys() == base.rules.keys() and all(
        same_rule(rule, base.rules[key]) for key, rule in pack.rules.items()
    )
    if titles and same:
        raise NothingChanged()


def _refuse_taken(pack: Pack, *, stamp: Stamp) -> None:
    same_day = readable_versions(stamp.county_id).filter(
        system=pack.system, effective_from=pack.effective_from
    )
    for other in same_day:
        raise VersionDayTaken(
            pack=Bilingual(f"《{other.title_zh}》", other.title_en),
            day=pack.effective_from.isoformat(),
        )


def _refuse_moved(system: str, base_id: UUID | None, *, stamp: Stamp) -> None:
    """A county goes on from its newest version, so that nobody's change is lost unseen."""
    own = PackVersion.objects.filter(county=stamp.county_id, system=system)
    newest = own.order_by("loaded_at", "pk").last()
    if newest is not None and newest.pk != base_id:
        raise SystemMovedOn(pack=Bilingual(f"《{newest.title_zh}》", newest.title_en))


def _record(
    kind: str, fact: PackProposal | ProposalAct, row: PackProposal, *, on: date, stamp: Stamp
) -> None:
    record(kind, fact, subject=("unit", row.unit_id), happened_on=on, stamp=stamp)
