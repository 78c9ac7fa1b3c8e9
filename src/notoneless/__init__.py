"""一个都不能少 · Not One Less: keeps every child of compulsory-school age in school."""

from __future__ import annotations

__version__ = "0.1.0"
