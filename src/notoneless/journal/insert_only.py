"""Tables whose rows are written once: changing or deleting one is refused in code."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model, covariant=True)


class WrittenOnce(RuntimeError):
    """Somebody's code tried to change or delete a row that stays as it was written."""


class InsertOnlyRows(models.QuerySet[Row]):
    """Reads and inserts; every other verb is a bug. Raw SQL is what ``verify`` is for."""

    def update(self, **_kwargs: Any) -> NoReturn:
        raise WrittenOnce(f"{self.model._meta.label} rows are never changed")

    def delete(self) -> NoReturn:
        raise WrittenOnce(f"{self.model._meta.label} rows are never deleted")

    def bulk_update(
        self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None
    ) -> NoReturn:
        raise WrittenOnce(f"{self.model._meta.label} rows are never changed")

    def bulk_create(
        self,
        objs: Iterable[Any],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,
        update_conflicts: bool = False,
        update_fields: Collection[str] | None = None,
        unique_fields: Collection[str] | None = None,
    ) -> list[Any]:
        if update_conflicts:
            raise WrittenOnce(f"{self.model._meta.label} rows are never changed")
        return super().bulk_create(objs, batch_size=batch_size, ignore_conflicts=ignore_conflicts)


class InsertOnly(models.Model):
    """A row that can be inserted once and then only read."""

    objects = InsertOnlyRows.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding:
            raise WrittenOnce(f"{self._meta.label} {self.pk} is never changed")
        super().save(force_insert=True, using=kwargs.get("using"))

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise WrittenOnce(f"{self._meta.label} {self.pk} is never deleted")
