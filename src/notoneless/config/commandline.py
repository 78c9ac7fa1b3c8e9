"""The ``notoneless`` command: every management command, with dashes or underscores."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import django
from django.core.management import execute_from_command_line

AT_WORK = frozenset({"serve", "scheduler", "qcluster", "sweep", "roster"})
"""Commands that work on children's data, or for as long as the machine runs."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notoneless.config.settings")
    program, *words = sys.argv
    named = command_line(words)
    refuse_demo_data(named)
    execute_from_command_line([program, *named])


def refuse_demo_data(words: list[str]) -> None:
    """End the program where a production's work would begin on a demo's invented people."""
    if not words or words[0] not in AT_WORK:
        return
    django.setup()
    # Its tables can be loaded only now.
    guarding = import_module("notoneless.flows.demo.guarding")
    try:
        guarding.refuse_demo_data()
    except guarding.DemoInProduction as refused:
        print(refused, file=sys.stderr)
        sys.exit(2)


def command_line(words: list[str]) -> list[str]:
    """The typed words, the command named as its file is: verify-journal is verify_journal."""
    if not words or words[0].startswith("-"):
        return words
    return [words[0].replace("-", "_"), *words[1:]]


if __name__ == "__main__":
    main()
