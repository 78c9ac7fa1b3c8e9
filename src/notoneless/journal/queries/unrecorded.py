"""Are there rows that claim to be facts, and no entry speaks of them?"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from notoneless.journal.models import Entry, Erasure
from notoneless.journal.queries.findings import Finding, Report, Trouble
from notoneless.journal.queries.heads import counties

BATCH = 2_000


def check_unrecorded(report: Report) -> None:
    """Report rows of journalled tables that no entry speaks of: written past the services.

    Two statements for each 2,000 rows. A model whose rows are recorded only once something is
    decided about them says ``journalled_from_birth = False``.
    """
    known = {report.county_id, *counties()}
    for model in apps.get_models():
        if not _is_journalled(model):
            continue
        label = model._meta.label_lower
        for ids in _ids(model):
            recorded = Entry.objects.filter(
                county_id__in=known, row_model=label, row_id__in=ids
            ).values_list("row_id", flat=True)
            for row in model._base_manager.filter(pk__in=set(ids) - set(recorded)):
                if getattr(row, "county_id", report.county_id) == report.county_id:
                    report.add(Finding(Trouble.ROW_UNRECORDED, row=f"{label} {row.pk}"))


def _is_journalled(model: type[Model]) -> bool:
    return (
        hasattr(model, "journal_facts")
        and getattr(model, "journalled_from_birth", True)
        and model is not Erasure
    )


def _ids(model: type[Model]) -> Iterator[list[UUID]]:
    rows = model._base_manager.order_by("pk").values_list("pk", flat=True)
    batch = list(rows[:BATCH])
    while batch:
        yield batch
        batch = list(rows.filter(pk__gt=batch[-1])[:BATCH])
