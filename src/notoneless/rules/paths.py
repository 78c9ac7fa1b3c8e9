"""Places as paths: one line of command is a tree, and "below" is a range on its paths."""

from __future__ import annotations

from enum import StrEnum


class Line(StrEnum):
    """The two lines of command (双线)."""

    GOVERNMENT = "g"
    EDUCATION = "e"


SEPARATOR = "."
STEP = 11
"""Characters that each unit adds to the path of the one above: its label (``Unit.label``) and the
separator."""
AFTER_SEPARATOR = "/"  # the next character in C collation: closes the range


def root_path(line: Line, label: str) -> str:
    """The path of a unit that has nobody above it in ``line``."""
    return f"{line}{SEPARATOR}{label}{SEPARATOR}"


def path_under(parent_path: str, label: str) -> str:
    """The path of a unit directly under the unit at ``parent_path``."""
    return f"{parent_path}{label}{SEPARATOR}"


def below(path: str) -> tuple[str, str]:
    """The range of paths at or below ``path``: first inclusive, second exclusive."""
    return path, path[:-1] + AFTER_SEPARATOR


def is_below(path: str, top: str) -> bool:
    """Whether ``path`` is ``top`` or lies below it."""
    return path.startswith(top)


def ancestors(path: str) -> tuple[str, ...]:
    """Paths of the units above, topmost first, ``path`` itself last."""
    line, *labels = path.rstrip(SEPARATOR).split(SEPARATOR)
    return tuple(SEPARATOR.join([line, *labels[: n + 1]]) + SEPARATOR for n in range(len(labels)))


def parent_path(path: str) -> str:
    """The path of the unit directly above ``path``; empty for a unit on top of its line."""
    above = path[: path.rindex(SEPARATOR, 0, -1) + 1]
    return above if above.count(SEPARATOR) > 1 else ""


def above(path: str, steps: int) -> str:
    """The path of the unit that stands ``steps`` above; ``path`` itself for 0."""
    return path[: len(path) - steps * STEP]


def line_of(path: str) -> Line:
    return Line(path[0])
