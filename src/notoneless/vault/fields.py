"""Model fields whose database column holds only ciphertext."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import models

from notoneless.vault.sealing import seal, unseal

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    SealedText = models.Field[Any, Any]
else:
    SealedText = models.Field


class SealedTextField(SealedText):
    """Text, encrypted at rest; the empty string is stored as zero bytes."""

    empty_strings_allowed = True

    def get_internal_type(self) -> str:
        return "BinaryField"

    def from_db_value(self, value: Any, expression: object, connection: object) -> Any:
        return self.opened(bytes(value)) if value else ""

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        if value is None:
            return None
        database: Any = connection
        return database.Database.Binary(self._sealed(value))

    def _sealed(self, value: Any) -> bytes:
        return seal(self.closed(value), column=self.sealed_as) if value else b""

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def to_python(self, value: Any) -> Any:
        return value

    @property
    def sealed_as(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def opened(self, sealed: bytes) -> Any:
        return unseal(sealed, column=self.sealed_as)

    def closed(self, value: Any) -> str:
        return str(value)


class SealedJSONField(SealedTextField):
    """A JSON value (dates as ISO text), encrypted at rest; empty reads as an empty dict."""

    def from_db_value(self, value: Any, expression: object, connection: object) -> Any:
        return self.opened(bytes(value)) if value else {}

    def opened(self, sealed: bytes) -> Any:
        return json.loads(super().opened(sealed))

    def closed(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
