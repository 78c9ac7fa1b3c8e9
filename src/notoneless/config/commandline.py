"""The ``notoneless`` command: every management command, with dashes or underscores."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notoneless.config.settings")
    program, *words = sys.argv
    execute_from_command_line([program, *command_line(words)])


def command_line(words: list[str]) -> list[str]:
    """The typed words, the command named as its file is: verify-journal is verify_journal."""
    if not words or words[0].startswith("-"):
        return words
    return [words[0].replace("-", "_"), *words[1:]]


if __name__ == "__main__":
    main()
