"""Contracts with their parties, signatures, changes of holder, amendments and archive."""

from __future__ import annotations

from notoneless.contracts.models.contract import Contract, Party
from notoneless.contracts.models.later import Amendment, Ended, Filing, Succession
from notoneless.contracts.models.signing import Ink, Signature

__all__ = [
    "Amendment",
    "Contract",
    "Ended",
    "Filing",
    "Ink",
    "Party",
    "Signature",
    "Succession",
]
