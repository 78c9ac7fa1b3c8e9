"""The only writers of papers, their numbers, services, receipts and volumes."""

from __future__ import annotations

from notoneless.documents.services.archiving import (
    FiledTwice,
    NewVolume,
    file_in,
    open_volume,
)
from notoneless.documents.services.issuing import (
    NewDocument,
    NotStanding,
    PaperIncomplete,
    Receiver,
    issue,
    replace,
    withdraw,
)
from notoneless.documents.services.numbering import (
    RegisterInUse,
    call_office,
    set_opening,
)
from notoneless.documents.services.serving import (
    AlreadyServed,
    ReceivedTwice,
    ServiceEnded,
    end_service,
    receive,
    serve,
)

__all__ = [
    "AlreadyServed",
    "FiledTwice",
    "NewDocument",
    "NewVolume",
    "NotStanding",
    "PaperIncomplete",
    "ReceivedTwice",
    "Receiver",
    "RegisterInUse",
    "ServiceEnded",
    "call_office",
    "end_service",
    "file_in",
    "issue",
    "open_volume",
    "receive",
    "replace",
    "serve",
    "set_opening",
    "withdraw",
]
