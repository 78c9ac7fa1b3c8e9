"""A big roster comes in while people work: `python -m bench.big_import 40000 [--kind xlsx]`.

Serves a fresh sample county from a folder of its own, imports a made-up roster by the command line
and meanwhile asks for pages as three people would. Prints `name value unit` lines: rows a second,
most memory, and for each page and phase the middle, the slowest twentieth and the worst wait.
`DATABASE_URL` names another (empty) database than SQLite. ``--stop-after`` ends the writing early
and says how fast it was and whether memory had stopped growing.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

from bench.big_roster import write

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "roster"
PASSWORD = "qinghe-2026"  # noqa: S105  # the sample people's, printed on the sign-in page
THINK_SECONDS = 0.2
PEOPLE = ("clerk", "principal", "principal108")
COMMAND = [sys.executable, "-m", "notoneless.config.commandline"]


def say(name: str, value: float, unit: str) -> None:
    print(f"{name} {value:.4g} {unit}", flush=True)


@dataclass
class Waits:
    """How long pages took, by phase and page."""

    phase: str = "before"
    seconds: dict[tuple[str, str], list[float]] = field(
        default_factory=lambda: defaultdict(list[float])
    )
    errors: list[str] = field(default_factory=list)

    def say(self) -> None:
        for (phase, page), found in sorted(self.seconds.items()):
            found.sort()
            name = f"pages.{phase}.{page}"
            say(f"{name}.p50", statistics.median(found) * 1000, "ms")
            say(f"{name}.p95", found[int(len(found) * 0.95)] * 1000, "ms")
            say(f"{name}.max", found[-1] * 1000, "ms")
            say(f"{name}.asked", len(found), "times")
        say("pages.errors", len(self.errors), "times")
        for error in self.errors[:5]:
            print("#", error)


class Person(threading.Thread):
    """Signs in, then looks at the list and at one child again and again; each look is noted."""

    def __init__(self, base: str, username: str, waits: Waits, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.base, self.username, self.waits, self.stop = base, username, waits, stop
        self.jar = CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                self._round()
            except (urllib.error.URLError, TimeoutError, OSError) as problem:
                self.waits.errors.append(f"{self.username}: {problem}")
                time.sleep(1)

    def _round(self) -> None:
        self.jar.clear()
        self._sign_in()
        found = re.search(r'href="(/children/[0-9a-f-]{36}/)', self._timed("list", "/children/"))
        for _ in range(5):
            if found is None or self.stop.is_set():
                return
            self._timed("child", found.group(1))
            self._timed("list", "/children/")

    def _sign_in(self) -> None:
        self._timed("sign_in_form", "/sign-in/")
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        form = {
            "csrfmiddlewaretoken": token or "",
            "username": self.username,
            "password": PASSWORD,
        }
        self._timed("signing_in", "/sign-in/", urllib.parse.urlencode(form).encode())

    def _timed(self, page: str, url: str, form: bytes | None = None) -> str:
        phase, start = self.waits.phase, time.perf_counter()
        with self.browser.open(self.base + url, form, timeout=60) as answer:
            text: str = answer.read().decode()
        self.waits.seconds[phase, page].append(time.perf_counter() - start)
        time.sleep(THINK_SECONDS)
        return text


def memory_of(pid: int) -> tuple[float, float]:
    """MiB of a process: now and at most."""
    text = Path(f"/proc/{pid}/status").read_text("utf-8")
    found = re.search(r"VmHWM:\s+(\d+)", text), re.search(r"VmRSS:\s+(\d+)", text)
    most, now = (int(match.group(1)) / 1024 if match else 0.0 for match in found)
    return now, most


PROGRESS = """
import django; django.setup()
import sys, time
from notoneless.children.models import RosterImport
known = set(RosterImport.objects.values_list("pk", flat=True))
print("ready", flush=True)
for _ in sys.stdin:
    row = RosterImport.objects.exclude(pk__in=known).first()
    print(row.status if row else "none", row.rows_read if row else 0,
          row.rows_applied if row else 0, flush=True)
"""


class Progress:
    """Asks the database in a process of its own how far the import is."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRESS],
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._line()

    def ask(self) -> tuple[str, int, int]:
        if self.process.stdin is None:
            raise SystemExit("no way to ask")
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        status, read, applied = self._line().split()
        return status, int(read), int(applied)

    def _line(self) -> str:
        return self.process.stdout.readline() if self.process.stdout else ""


class Watch:
    """Watches an import from outside: how far it is, how fast, how much memory it takes."""

    def __init__(self, process: subprocess.Popen[bytes], progress: Progress, waits: Waits) -> None:
        self.process, self.progress, self.waits = process, progress, waits
        self.start = time.perf_counter()
        self.began_writing = 0.0
        self.memory = [(0.0, 0.0)]
        self.applied = self.shown = 0

    def follow(self, *, stop_after: int, every: float) -> None:
        """To its end, or until ``stop_after`` rows are written."""
        while self.process.poll() is None:
            time.sleep(every)
            try:
                self.memory.append(memory_of(self.process.pid))
            except (FileNotFoundError, ProcessLookupError):
                break
            self._look()
            if stop_after and self.applied >= stop_after:
                self.process.send_signal(signal.SIGKILL)
                break
        self.waits.phase = "after"
        self._sum_up()

    def _look(self) -> None:
        status, read, self.applied = self.progress.ask()
        now = time.perf_counter()
        if status == "reading":
            self.waits.phase = "reading"
        elif status == "applying" and not self.began_writing:
            self.began_writing = now
            self.waits.phase = "writing"
            say("import.read", read / (now - self.start), "rows/s")
            say("import.read.memory", self.memory[-1][1], "MiB")
        if now - self.start > self.shown * 60:
            self.shown += 1
            memory = f"memory {self.memory[-1][0]:.0f} MiB"
            print(f"# {status} read {read} written {self.applied} {memory}", flush=True)

    def _sum_up(self) -> None:
        end = time.perf_counter()
        if self.began_writing:
            self.applied = self.progress.ask()[2]
            say("import.written", self.applied / (end - self.began_writing), "rows/s")
        say("import.whole", end - self.start, "s")
        say("import.memory", max(most for _, most in self.memory), "MiB")


def wait_for(base: str) -> None:
    browser = urllib.request.build_opener()
    for _ in range(300):
        try:
            with browser.open(f"{base}/sign-in/", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("the server does not answer")


def run(options: argparse.Namespace, folder: str) -> None:
    environ = {
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        **os.environ,
        "NOTONELESS_MODE": "test",
        "NOTONELESS_DATA_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "notoneless.config.settings",
    }
    path = options.file or Path(folder) / f"roster.{options.kind}"
    if options.file is None:
        write(path, options.rows, is_inline=options.inline)
    say("file.size", path.stat().st_size / 2**20, "MiB")
    base = f"http://127.0.0.1:{options.port}"
    server = subprocess.Popen([*COMMAND, "serve", f"--port={options.port}"], env=environ)
    stop, waits = threading.Event(), Waits()
    try:
        wait_for(base)
        bring = [*COMMAND, "roster", "import"]
        subprocess.run([*bring, str(SAMPLES)], env=environ, check=True, stdout=sys.stderr)
        for name in PEOPLE[: options.people]:
            Person(base, name, waits, stop).start()
        time.sleep(10)
        waits.phase = "starting"
        progress = Progress(environ)
        process = subprocess.Popen([*bring, str(path)], env=environ, stdout=sys.stderr)
        watch = Watch(process, progress, waits)
        watch.follow(stop_after=options.stop_after, every=options.every)
        process.wait()
        progress.process.kill()
        stop.set()
        time.sleep(1)
        waits.say()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("--kind", choices=["csv", "xlsx"], default="csv")
    parser.add_argument(
        "--inline", action="store_true", help="an .xlsx with its words in the cells"
    )
    parser.add_argument("--file", type=Path, help="this file instead of a made-up one")
    parser.add_argument("--port", type=int, default=8110)
    parser.add_argument("--people", type=int, default=3)
    parser.add_argument("--stop-after", type=int, default=0, metavar="ROWS")
    parser.add_argument("--every", type=float, default=0.5, metavar="SECONDS")
    parser.add_argument("--folder", type=Path, help="where to put the temporary folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        run(options, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
