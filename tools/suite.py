"""Run the tests on one database, and the browser walks where there is a browser.

`suite.py sqlite` skips the walks with a printed line where Chromium is missing; `suite.py
journeys` fails there. `suite.py postgres` runs everything but the walks on DATABASE_URL.
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
    code = pytest(*SIDE_BY_SIDE, f"--ignore={WALKS}")
    if code or which == "postgres":
        return code
    if CHROMIUM is None:
        print("browser walks skipped: no Chromium on this machine")
        return 0
    return 0 if os.environ.get("CI") else pytest(*SIDE_BY_SIDE, WALKS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
