"""Run the tests on one database, or the browser walks.

`suite.py sqlite` and `suite.py postgres`, the latter on DATABASE_URL, run everything but the walks;
`suite.py journeys` runs these, and fails where Chromium is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
WALKS = "tests/journeys"
# Who is done takes over what the other has not begun.
SIDE_BY_SIDE = ["-n", "auto", "--dist", "worksteal"]


def pytest(*arguments: str) -> int:
    environ = {**os.environ, "NOTONELESS_MODE": "test"}
    if os.environ.get("CI") and "--nomigrations" in arguments:
        raise SystemExit("CI runs the migrations")
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], env=environ).returncode


def main(which: str) -> int:
    if which == "journeys":
        if CHROMIUM is None:
            print("no Chromium: install the system's package chromium")
            return 1
        return pytest(*SIDE_BY_SIDE, WALKS)
    if which == "postgres" and "postgres" not in os.environ.get("DATABASE_URL", ""):
        print("DATABASE_URL does not name a PostgreSQL database")
        return 1
    return pytest(*SIDE_BY_SIDE, f"--ignore={WALKS}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
