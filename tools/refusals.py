"""Write docs/refusals.md: every refusal's code, where it is raised, and what people read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
HEAD = """# Refusals

An anticipated "no". A code is stable and never reused. `make refusals` writes this list; a test
keeps it complete.

| code | defined in | what people read |
|---|---|---|
"""


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("NOTONELESS_MODE", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notoneless.config.settings")
    django.setup()
    from notoneless.web.refusals import SENTENCES  # noqa: PLC0415  # after django.setup
    from tests.structure.test_refusals import refusals  # noqa: PLC0415  # after django.setup

    rows = [
        f"| {kind.code} | `{kind.__module__.removeprefix('notoneless.')}.{kind.__name__}` "
        f"| {SENTENCES.get(kind.code, '—')} |"
        for kind in refusals()
    ]
    (ROOT / "docs" / "refusals.md").write_text(HEAD + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
