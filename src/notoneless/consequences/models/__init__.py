"""Settlements with their lines and what became of each, statements, honours."""

from __future__ import annotations

from notoneless.consequences.models.honours import Honour, HonourCancelled
from notoneless.consequences.models.settlements import (
    Confirmation,
    ExceptionStatement,
    LineFact,
    Settlement,
    SettlementLine,
)

__all__ = [
    "Confirmation",
    "ExceptionStatement",
    "Honour",
    "HonourCancelled",
    "LineFact",
    "Settlement",
    "SettlementLine",
]
