"""Drafts, proposals and versions of packs, with who, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from notoneless.policy.models import PackDraft, PackProposal
from notoneless.policy.queries.packs import parse_packs, readable_versions
from notoneless.rules.policy.pack import Pack


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One's own draft."""

    id: UUID
    unit_id: UUID
    unit_name: str
    base_id: UUID | None
    base: Pack | None
    text: str
    number: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposed version with what became of it."""

    id: UUID
    unit_id: UUID
    unit_name: str
    pack_id: str
    title_zh: str
    title_en: str
    effective_from: date
    reason: str
    by: str
    by_id: UUID
    at: datetime
    base: Pack | None
    text: str
    state: str
    """proposed, confirmed, returned or withdrawn."""
    decided_by: str
    decided_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a system in its history."""

    pack: Pack
    is_shipped: bool
    loaded_at: datetime
    proposal: ProposalLine | None


def text_of(pack_id: str, *, county_id: UUID) -> tuple[UUID, str]:
    """A version's key and its text word for word. Raises ``PackVersion.DoesNotExist``."""
    row = readable_versions(county_id).get(pack_id=pack_id)
    return row.pk, row.toml


def version_with(*, county_id: UUID, pack_id: str) -> UUID | None:
    """The key of the version with an id, in letters of any case; ``None`` where it is free."""
    rows = readable_versions(county_id).filter(pack_id__iexact=pack_id)
    return rows.values_list("pk", flat=True).first()


def newest_version(system: str, *, county_id: UUID) -> UUID | None:
    """The version of a system from which a county goes on: its own newest, else the shipped."""
    rows = readable_versions(county_id).filter(system=system)
    own = rows.filter(county=county_id).order_by("loaded_at", "pk")
    shipped = rows.filter(county=None).order_by("effective_from", "pk")
    found = own.last() or shipped.last()
    return found.pk if found else None


def day_is_taken(*, county_id: UUID, system: str, day: date) -> bool:
    """Whether a version of the system that the county reads begins on that very day."""
    return readable_versions(county_id).filter(system=system, effective_from=day).exists()


def drafts_of(person_id: UUID, *, county_id: UUID) -> list[DraftLine]:
    """A person's drafts, the latest change first; two statements at most."""
    rows = PackDraft.objects.filter(author=person_id, county=county_id).select_related("unit")
    return _drafts(rows.order_by("-changed_at", "-pk"))


def draft_by_id(draft_id: UUID, *, person_id: UUID, county_id: UUID) -> DraftLine:
    """One's own draft. Raises ``PackDraft.DoesNotExist``, for another's too."""
    rows = PackDraft.objects.select_related("unit")
    return _drafts([rows.get(pk=draft_id, author=person_id, county=county_id)])[0]


def proposals_in(county_id: UUID) -> list[ProposalLine]:
    """A county's proposals: those that wait first, then the latest; two statements at most."""
    rows = PackProposal.objects.filter(county=county_id).order_by("-proposed_at", "-pk")
    found = _proposals(rows.select_related("unit", "proposed_by", "act__decided_by"))
    return sorted(found, key=lambda line: line.state != "proposed")


def proposal_by_id(proposal_id: UUID, *, county_id: UUID) -> ProposalLine:
    """One proposal. Raises ``PackProposal.DoesNotExist``."""
    rows = PackProposal.objects.select_related("unit", "proposed_by", "act__decided_by")
    return _proposals([rows.get(pk=proposal_id, county=county_id)])[0]


def versions_of(system: str, *, county_id: UUID) -> list[VersionLine]:
    """Every version of a system that a county reads, the newest day first, and how it came."""
    rows = list(
        readable_versions(county_id)
        .filter(system=system)
        .defer("toml")
        .order_by("-effective_from", "-loaded_at")
    )
    parsed = parse_packs(row.pk for row in rows)
    made = {line.pack_id: line for line in proposals_in(county_id) if line.state == "confirmed"}
    return [
        VersionLine(parsed[row.pk], row.county_id is None, row.loaded_at, made.get(row.pack_id))
        for row in rows
    ]


def _drafts(rows: Iterable[PackDraft]) -> list[DraftLine]:
    found = list(rows)
    bases = parse_packs(row.base_id for row in found if row.base_id)
    return [
        DraftLine(
            id=row.pk,
            unit_id=row.unit_id,
            unit_name=row.unit.name,
            base_id=row.base_id,
            base=bases.get(row.base_id) if row.base_id else None,
            text=row.toml,
            number=row.number,
            changed_at=row.changed_at,
        )
        for row in found
    ]


def _proposals(rows: Iterable[PackProposal]) -> list[ProposalLine]:
    found = list(rows)
    bases = parse_packs(row.base_id for row in found if row.base_id)
    return [_proposal(row, bases.get(row.base_id) if row.base_id else None) for row in found]


def _proposal(row: PackProposal, base: Pack | None) -> ProposalLine:
    act = getattr(row, "act", None)
    return ProposalLine(
        id=row.pk,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        pack_id=row.pack_id,
        title_zh=row.title_zh,
        title_en=row.title_en,
        effective_from=row.effective_from,
        reason=row.reason,
        by=row.proposed_by.name,
        by_id=row.proposed_by_id,
        at=row.proposed_at,
        base=base,
        text=row.toml,
        state=act.verdict if act else "proposed",
        decided_by=act.decided_by.name if act else "",
        decided_at=act.decided_at if act else None,
        answer=act.reason if act else "",
    )
