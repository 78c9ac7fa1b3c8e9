"""Invitations, visits, what guardians said and how the school decided, wrong tries."""

from __future__ import annotations

from notoneless.families.models.invitations import Invitation, Visit, WrongTry
from notoneless.families.models.sayings import Saying, SayingVerdict

__all__ = ["Invitation", "Saying", "SayingVerdict", "Visit", "WrongTry"]
