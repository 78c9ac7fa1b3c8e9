"""Papers with their bytes, numbers, services, receipts, and the volumes they are kept in."""

from __future__ import annotations

from notoneless.documents.models.archive import Volume, VolumeItem
from notoneless.documents.models.document import Document, DocumentBytes
from notoneless.documents.models.numbering import NumberRegister, OfficeWord, OpeningBalance
from notoneless.documents.models.service import (
    Receipt,
    Service,
    ServicePicture,
    ServicePictureBytes,
)

__all__ = [
    "Document",
    "DocumentBytes",
    "NumberRegister",
    "OfficeWord",
    "OpeningBalance",
    "Receipt",
    "Service",
    "ServicePicture",
    "ServicePictureBytes",
    "Volume",
    "VolumeItem",
]
