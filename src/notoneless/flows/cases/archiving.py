"""A closed case's papers go into the volumes of the year by themselves (R-298)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from notoneless.cases.models import Case
from notoneless.documents.models import Document, Volume, VolumeItem
from notoneless.documents.services.archiving import NewItem, NewVolume, file_in, open_volume
from notoneless.journal.services import Stamp
from notoneless.places.models import Post
from notoneless.places.queries.units import standing
from notoneless.rules.documents.archive import ArchiveKind
from notoneless.rules.documents.kinds import DocumentState
from notoneless.rules.documents.reach import FILE_OF_CASE
from notoneless.rules.roles import Role

KEEPERS = (Role.STATUS_CLERK, Role.DROPOUT_OFFICER, Role.TOWNSHIP_OFFICER, Role.COUNTY_CLERK)
"""Who keeps a volume that nobody has opened by hand, in this order; else who closes the case."""


def archive_case(case: Case, *, on: date, stamp: Stamp) -> int:
    """File the standing papers of a closed case; answers how many were filed.

    The school's volume of the year gets all of them, every other office's its own. A volume that
    is not there is opened. Call it in the transaction that closes the case.
    """
    papers = Document.objects.filter(
        file_kind=FILE_OF_CASE, file_id=case.pk, state=DocumentState.ISSUED
    ).order_by("issued_on", "recorded_at", "pk")
    by_unit: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for paper_id, office_id in papers.values_list("pk", "office"):
        by_unit[case.school_id].append(paper_id)
        if office_id != case.school_id:
            by_unit[office_id].append(paper_id)
    return sum(_file(unit_id, ids, on=on, stamp=stamp) for unit_id, ids in sorted(by_unit.items()))


def _file(unit_id: UUID, paper_ids: list[UUID], *, on: date, stamp: Stamp) -> int:
    volume = _volume(unit_id, on=on, stamp=stamp)
    if volume is None:
        return 0
    there = set(VolumeItem.objects.filter(volume=volume).values_list("document", flat=True))
    missing = [paper_id for paper_id in paper_ids if paper_id not in there]
    for paper_id in missing:
        file_in(volume.pk, NewItem(document_id=paper_id), on=on, stamp=stamp)
    return len(missing)


def _volume(unit_id: UUID, *, on: date, stamp: Stamp) -> Volume | None:
    """The newest volume of case files of the year, opened where there is none yet."""
    rows = Volume.objects.filter(unit=unit_id, kind=ArchiveKind.CASE, year=on.year)
    found = rows.order_by("-number").first()
    keeper = _keeper(unit_id, on=on) or stamp.by
    if found is not None or keeper is None:
        return found
    new = NewVolume(
        unit_id=unit_id,
        kind=ArchiveKind.CASE,
        year=on.year,
        title=f"{on.year}年学生个案卷宗",
        keeper_id=keeper,
    )
    return open_volume(new, on=on, stamp=stamp)


def _keeper(unit_id: UUID, *, on: date) -> UUID | None:
    rank = {role.value: place for place, role in enumerate(KEEPERS)}
    posts = Post.objects.filter(
        standing(on), unit=unit_id, role__in=list(rank), person__isnull=False
    )
    found = sorted(posts, key=lambda post: (rank[post.role], post.from_on, str(post.pk)))
    return found[0].person_id if found else None
