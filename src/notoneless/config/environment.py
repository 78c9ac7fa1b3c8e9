"""What the machine tells the program: environment variables, read once, typed, refused when odd."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import unquote, urlparse

from notoneless.rules.demo_clock import DemoClock, read_clock_word

Mode = Literal["development", "test", "production"]

PREFIX = "NOTONELESS_"
KNOWN = {
    "MODE",
    "SECRET_KEY",
    "FIELD_KEYS",
    "INDEX_KEY",
    "ALLOWED_HOSTS",
    "DATA_DIR",
    "IDLE_MINUTES",
    "BEHIND_PROXY",
    "DEMO",
    "DEMO_CLOCK",
    "FONT_DIR",
}
# Development and tests only: a production start without keys of its own is refused below.
DEVELOPMENT_KEY = base64.b64encode(b"development-only-key-of-32-bytes").decode()


class BadSetting(ValueError):
    """An environment variable is missing, unknown or malformed; the program must not start."""


@dataclass(frozen=True, slots=True)
class Environment:
    mode: Mode
    secret_key: str
    field_keys: Mapping[int, bytes]
    """Key number → 32 bytes; the highest number encrypts, the others only decrypt."""
    index_key: bytes
    """Keys the blind indexes; changing it means re-indexing."""
    allowed_hosts: tuple[str, ...]
    data_dir: Path
    database_url: str
    idle_minutes: int
    """Minutes without a request after which a session ends."""
    behind_proxy: bool
    is_demo: bool
    """Invented people only; never in production."""
    demo_clock: DemoClock | None
    """What pages and jobs take for now in a demo; ``None`` for the real clock."""
    font_dir: Path | None
    """A folder with the county's own typeface for papers (仿宋)."""


def read_environment(environ: Mapping[str, str], *, root: Path) -> Environment:
    """Turn environment variables into settings. ``root`` is the folder that holds ``data/``.

    Raises ``BadSetting`` naming the variable and what it should look like.
    """
    unknown = {k for k in environ if k.startswith(PREFIX)} - {PREFIX + k for k in KNOWN}
    if unknown:
        raise BadSetting(f"unknown setting {', '.join(sorted(unknown))}; known: {sorted(KNOWN)}")
    mode = environ.get(PREFIX + "MODE", "development")
    if mode not in get_args(Mode):
        raise BadSetting(f"{PREFIX}MODE is {mode!r}; use one of {get_args(Mode)}")
    get = _Reader(environ, strict=mode == "production")
    is_demo = get.flag("DEMO")
    if is_demo and mode == "production":
        raise BadSetting(f"{PREFIX}DEMO is yes: a demo never runs in production")
    data_dir = Path(environ.get(PREFIX + "DATA_DIR", root / "data"))
    return Environment(
        mode=mode,  # type: ignore[arg-type]  # checked two lines up
        secret_key=get.text("SECRET_KEY", "development-only"),
        field_keys=get.keys("FIELD_KEYS", f"1:{DEVELOPMENT_KEY}"),
        index_key=get.key("INDEX_KEY", DEVELOPMENT_KEY),
        allowed_hosts=tuple(get.text("ALLOWED_HOSTS", "*").split(",")),
        data_dir=data_dir,
        database_url=environ.get("DATABASE_URL", f"sqlite:///{data_dir / 'notoneless.sqlite3'}"),
        idle_minutes=get.number("IDLE_MINUTES", 30),
        behind_proxy=get.flag("BEHIND_PROXY"),
        is_demo=is_demo,
        demo_clock=get.demo_clock("DEMO_CLOCK") if is_demo else None,
        font_dir=get.folder("FONT_DIR"),
    )


class _Reader:
    def __init__(self, environ: Mapping[str, str], *, strict: bool) -> None:
        self.environ = environ
        self.strict = strict

    def text(self, name: str, development: str) -> str:
        value = self.environ.get(PREFIX + name)
        if value:
            return value
        if self.strict:
            raise BadSetting(f"{PREFIX}{name} must be set in production")
        return development

    def key(self, name: str, development: str) -> bytes:
        return _key(name, self.text(name, development))

    def keys(self, name: str, development: str) -> dict[int, bytes]:
        pairs = [part.partition(":") for part in self.text(name, development).split(",")]
        if not all(number.isdecimal() and 0 < int(number) < 256 for number, _, _ in pairs):
            raise BadSetting(f"{PREFIX}{name} must look like 1:BASE64,2:BASE64")
        return {int(number): _key(name, text) for number, _, text in pairs}

    def number(self, name: str, otherwise: int) -> int:
        value = self.environ.get(PREFIX + name, str(otherwise))
        if not value.isdecimal() or int(value) < 1:
            raise BadSetting(f"{PREFIX}{name} is {value!r}; use a whole number above 0")
        return int(value)

    def folder(self, name: str) -> Path | None:
        value = self.environ.get(PREFIX + name)
        if value and not Path(value).is_dir():
            raise BadSetting(f"{PREFIX}{name} is {value!r}; no such folder")
        return Path(value) if value else None

    def demo_clock(self, name: str) -> DemoClock | None:
        value = self.environ.get(PREFIX + name)
        try:
            return read_clock_word(value) if value else None
        except ValueError as problem:
            raise BadSetting(f"{PREFIX}{name} is {value!r}: {problem}") from problem

    def flag(self, name: str) -> bool:
        value = self.environ.get(PREFIX + name, "no")
        if value not in {"yes", "no"}:
            raise BadSetting(f"{PREFIX}{name} is {value!r}; use yes or no")
        return value == "yes"


def _key(name: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as problem:
        raise BadSetting(f"{PREFIX}{name} is not base64") from problem
    if len(key) != 32:
        raise BadSetting(f"{PREFIX}{name} holds {len(key)} bytes, expected 32")
    return key


def database_settings(url: str) -> dict[str, object]:
    """Django's DATABASES entry for ``sqlite:///path`` or ``postgres://user:pass@host:port/name``.

    Raises ``BadSetting`` for any other scheme.
    """
    parts = urlparse(url)
    if parts.scheme == "sqlite":
        name = unquote(url.removeprefix("sqlite:///"))
        return {
            # A database in memory has one writer, and test runners know it by Django's own engine.
            "ENGINE": "django.db.backends.sqlite3"
            if name == ":memory:"
            else "notoneless.config.sqlite",
            "NAME": name,
            "OPTIONS": {
                # Without IMMEDIATE a read-then-write transaction fails at once under load.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # Once connected, ``config.sqlite`` waits for the writer's turn itself.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                "PRAGMA busy_timeout=0;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
        }
    raise BadSetting(f"DATABASE_URL starts with {parts.scheme!r}; use sqlite:/// or postgres://")
