"""Run every measure on both databases and print the figures.

Each database is measured in a process of its own, because settings are read once. PostgreSQL is
left out, with a printed line, where no server answers at BENCH_POSTGRES.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

SERVER = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432/")
DATABASE = "notoneless_bench"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="also keep the figures in this file")
    parser.add_argument("--children", type=int, default=100_000)
    options = parser.parse_args()
    figures: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        figures += measure(f"sqlite:///{folder}/bench.sqlite3", folder, options.children)
        figures += rolls(f"sqlite:///{folder}/rolls.sqlite3", folder)
        figures += cases(f"sqlite:///{folder}/cases.sqlite3", folder)
        figures += documents(f"sqlite:///{folder}/documents.sqlite3", folder)
        figures += overview(f"sqlite:///{folder}/overview.sqlite3", folder, options.children)
        figures += numbers(f"sqlite:///{folder}/numbers.sqlite3", folder, options.children)
        figures += demo(f"sqlite:///{folder}/demo.sqlite3", folder)
        if fresh_postgres():
            figures += measure(SERVER + DATABASE, folder, options.children)
            fresh_postgres()
            figures += rolls(SERVER + DATABASE, folder)
            fresh_postgres()
            figures += cases(SERVER + DATABASE, folder)
            fresh_postgres()
            figures += documents(SERVER + DATABASE, folder)
            fresh_postgres()
            figures += overview(SERVER + DATABASE, folder, options.children)
            fresh_postgres()
            figures += numbers(SERVER + DATABASE, folder, options.children)
        else:
            print("# no PostgreSQL server answers; its figures are left out")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), "utf-8")
    return 0


def measure(database_url: str, folder: str, children: int) -> list[dict[str, object]]:
    """Import and pages of a county of so many children."""
    return run("bench.measures", str(children), environ=environ_of(database_url, folder))


def rolls(database_url: str, folder: str) -> list[dict[str, object]]:
    """Rolls: statements, and their speed over HTTP, in a database of their own."""
    return run("bench.rolls", environ=environ_of(database_url, folder))


def cases(database_url: str, folder: str) -> list[dict[str, object]]:
    """Ten thousand open cases: list, page, tray, and the scheduler's looks."""
    return run("bench.cases", environ=environ_of(database_url, folder))


def documents(database_url: str, folder: str) -> list[dict[str, object]]:
    """Papers: one, a thousand notices, a child's file, two who issue at once."""
    return run("bench.documents", environ=environ_of(database_url, folder))


def numbers(database_url: str, folder: str, children: int) -> list[dict[str, object]]:
    """Indicators of a county of so many children with the rolls of a term."""
    return run("bench.numbers", str(children), environ=environ_of(database_url, folder))


def overview(database_url: str, folder: str, children: int) -> list[dict[str, object]]:
    """The overview of a county with a term's rolls, cases and clocks."""
    return run("bench.overview", str(children), environ=environ_of(database_url, folder))


def demo(database_url: str, folder: str) -> list[dict[str, object]]:
    """The county that ``make run`` shows: its first start and its second."""
    return run("bench.demo", environ=environ_of(database_url, folder))


def environ_of(database_url: str, folder: str) -> dict[str, str]:
    return {
        **os.environ,
        "NOTONELESS_MODE": "test",
        "NOTONELESS_DATA_DIR": folder,
        "DATABASE_URL": database_url,
    }


def run(module: str, *arguments: str, environ: dict[str, str]) -> list[dict[str, object]]:
    """Run one module of measures, print its figures as they come, and answer them."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments], env=environ, stdout=subprocess.PIPE, text=True
    )
    figures: list[dict[str, object]] = []
    for line in process.stdout or []:
        print(line, end="", flush=True)
        name, value, unit = line.split()
        figures.append({"name": name, "value": float(value), "unit": unit})
    if process.wait():
        raise SystemExit(f"{module} on {environ['DATABASE_URL'].split(':')[0]} failed")
    return figures


def fresh_postgres() -> bool:
    """Make an empty database for the measures; False when no server answers."""
    try:
        with psycopg.connect(SERVER + "postgres", autocommit=True, connect_timeout=3) as server:
            server.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
            server.execute(f"CREATE DATABASE {DATABASE}")
    except psycopg.OperationalError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
