"""Raises critical flags, keeps what was done, and silences what must not be asked meanwhile."""

from __future__ import annotations

from notoneless.flows.protection.silence import silence

__all__ = ["silence"]
