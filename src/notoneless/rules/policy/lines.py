"""Where a table or key stands in a TOML text, for messages that name the line."""

from __future__ import annotations

import re

_HEADER = re.compile(r"^\s*\[\s*(?P<path>[^\[\]]+?)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*(?P<key>[A-Za-z0-9_\-\"']+)\s*=")


def line_of(text: str, table: str, key: str = "") -> int:
    """The line, from 1, of ``key`` in ``[table]``; of the header when the key is not there.

    ``table`` is a dotted path, empty for the top of the file. Answers 1 when the table has
    no header of its own.
    """
    here, found = "", 1
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.match(line)
        if header:
            here = _plain(header["path"])
            if here == table:
                found = number
            continue
        written = _KEY.match(line)
        if written and key and here == table and _plain(written["key"]) == key:
            return number
    return found


def _plain(path: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in path.split("."))
