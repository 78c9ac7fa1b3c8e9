"""What people say about a child, decide about it, name it for; and when signs fired."""

from __future__ import annotations

from notoneless.signs.models.fired import FiredSign
from notoneless.signs.models.key_lists import KeyFileEntry, KeyList, KeyPupil
from notoneless.signs.models.needs import NeedTag
from notoneless.signs.models.words import FollowUp, Handling, SignWord, WordStep

__all__ = [
    "FiredSign",
    "FollowUp",
    "Handling",
    "KeyFileEntry",
    "KeyList",
    "KeyPupil",
    "NeedTag",
    "SignWord",
    "WordStep",
]
