"""The only writers of critical flags."""

from __future__ import annotations

from notoneless.protection.services.flags import (
    NewConcerned,
    NewFlag,
    add_children,
    add_concerned,
    write_flag,
)
from notoneless.protection.services.steps import NewStep, write_step

__all__ = [
    "NewConcerned",
    "NewFlag",
    "NewStep",
    "add_children",
    "add_concerned",
    "write_flag",
    "write_step",
]
