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
MEASURES = ("measures", "rolls", "cases", "documents", "answers", "demo")
"""The modules, each in a database of its own."""
OF_ANY_SIZE = {"measures", "answers"}
"""These are told how many children."""
SQLITE_ONLY = {"demo"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="also keep the figures in this file")
    parser.add_argument("--children", type=int, default=100_000)
    parser.add_argument("--only", choices=MEASURES, nargs="+", default=MEASURES)
    options = parser.parse_args()
    figures: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in options.only:
            url = f"sqlite:///{folder}/{name}.sqlite3"
            figures += measure(name, options.children, environ_of(url, folder))
        for name in options.only:
            if name in SQLITE_ONLY:
                continue
            if not fresh_postgres():
                print("# no PostgreSQL server answers; its figures are left out")
                break
            figures += measure(name, options.children, environ_of(SERVER + DATABASE, folder))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), "utf-8")
    return 0


def measure(name: str, children: int, environ: dict[str, str]) -> list[dict[str, object]]:
    """The figures of one module, on the database of these settings."""
    return run(f"bench.{name}", *([str(children)] if name in OF_ANY_SIZE else []), environ=environ)


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
