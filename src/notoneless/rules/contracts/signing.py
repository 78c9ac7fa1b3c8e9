"""How a line can be signed; all ways are equally valid (R-174)."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from notoneless.rules.refusal import Refusal


class Method(StrEnum):
    DRAWN = "drawn"
    """With a finger or a mouse on the page."""
    TYPED = "typed"
    """The name and a tick; works by keyboard."""
    PAPER = "paper"
    """On the printed contract, of which a picture is kept."""


class NameDiffers(Refusal):
    """What was typed is not the signer's name."""

    code = "CONTRACT-02"


class NotAgreed(Refusal):
    """The tick that says "read and agreed" is missing."""

    code = "CONTRACT-03"


def must_be_name(typed: str, name: str) -> str:
    """The typed name as it is kept. Raises ``NameDiffers`` unless it is ``name``, spaces and width
    of letters apart."""
    if _tidy(typed) != _tidy(name) or not _tidy(name):
        raise NameDiffers(name=name)
    return typed.strip()


def _tidy(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
