"""Where a table or key stands in a TOML text, for messages that name the line."""

from __future__ import annotations

from collections.abc import Sequence

from notoneless.rules.policy.statements import Statement, What


def line_of(found: Sequence[Statement], table: tuple[str, ...], key: str = "") -> int:
    """The line, from 1, of ``key`` in a table; of the table's header when the key is not there.

    ``table`` is empty for the top of the text. A table written in one line with its key, or by
    dotted keys, is found there. Answers 1 when neither stands anywhere.
    """
    wanted = (*table, key) if key else table
    settings = [each for each in found if each.what is What.SETTING]
    exact = [each.line for each in settings if each.path == wanted]
    headers = [each.line for each in found if each.what is What.TABLE and each.path == table]
    # The last header: the one that says the table a second time is the one to mend.
    around = [each for each in settings if table and table[: len(each.path)] == each.path]
    inside = [each.line for each in found if table and each.path[: len(table)] == table]
    if exact:
        return exact[0]
    if headers:
        return headers[-1]
    if around:
        return max(around, key=lambda each: len(each.path)).line
    return inside[0] if inside else 1
