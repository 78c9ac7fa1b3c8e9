"""The English catalogue: gather the Chinese strings, check the translations, compile.

    python tools/messages.py             bring django.po up to date, keep translations
    python tools/messages.py --check     fail when it is out of date, empty, fuzzy or odd
    python tools/messages.py --compile   write django.mo, which git ignores
    python tools/messages.py --missing   print what has no English yet
    python tools/messages.py --fill F    take English from a JSON file {"中文": "English"}

Chinese is the source language and needs no catalogue. GNU gettext is not needed.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "notoneless"
PO = SOURCE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
HEADER = """\
# English of Not One Less. Written by tools/messages.py; only the msgstr lines are for people.
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd](?!\w)")
CHINESE = re.compile(r"[\u3400-\u9fff\uff00-\uffef]")

Key = tuple[str | None, str]


@dataclass(slots=True)
class Found:
    """One string of the source and the files that say it."""

    id: str | tuple[str, str]
    context: str | None
    files: set[str] = field(default_factory=set)


def main() -> int:
    options = read_options()
    if options.compile:
        compile_catalogue()
        return 0
    if options.check:
        problems = catalogue_problems()
        print("\n".join(problems) or "messages: complete and up to date")
        return 1 if problems else 0
    if options.missing:
        print("\n".join(missing()))
        return 0
    words = json.loads(Path(options.fill).read_text(encoding="utf-8")) if options.fill else {}
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_text(rendered(words), encoding="utf-8")
    print(f"{len(strings_of_source())} strings, {len(missing())} without English")
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    for flag in ("--check", "--compile", "--missing"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--fill", metavar="F")
    return parser.parse_args()


def strings_of_source() -> dict[Key, Found]:
    """Every translatable string of templates and Python, with the files that say it."""
    if not settings.configured:
        settings.configure()
    found: dict[Key, Found] = {}
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]):
        name = path.relative_to(ROOT).as_posix()
        for message, context in strings_of(path):
            first = message if isinstance(message, str) else message[0]
            found.setdefault((context, first), Found(message, context)).files.add(name)
            if isinstance(message, tuple):
                found[context, first].id = message
    return found


def strings_of(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """The strings of one file, each with its context."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # Template text comes back as filler; its indentation means nothing to a tokenizer.
        lines = templatize(text, origin=str(path)).splitlines()
        text = "\n".join(line.strip() for line in lines)
    source = io.BytesIO(text.encode())
    for _line, message, _comments, context in extract("python", source, KEYWORDS):
        if isinstance(message, tuple):
            yield (message[0], message[1]), context
        elif message:
            yield message, context


def read_catalogue() -> Catalog:
    if not PO.exists():
        return Catalog(locale="en")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def rendered(words: Mapping[str, str | list[str]] | None = None) -> str:
    """The catalogue as it should stand: today's strings with the English they have so far.

    ``words`` adds or replaces English by the names that ``missing`` gives; two for plurals.
    """
    before = read_catalogue()
    after = Catalog(locale="en", fuzzy=False)
    for (context, first), found in sorted(
        strings_of_source().items(), key=lambda kv: _order(kv[0])
    ):
        old = before.get(first, context)
        english = old.string if old and isinstance(old.id, str) == isinstance(found.id, str) else ""
        flags = old.flags - {"python-format"} if old else set()
        if PLACEHOLDER.search(first):
            flags = flags | {"python-format"}
        after.add(
            found.id,
            (words or {}).get(_name((context, first)), english) or None,
            [(file, 0) for file in sorted(found.files)],
            flags,
            context=context,
        )
    out = io.BytesIO()
    write_po(out, after, width=100, omit_header=True, include_lineno=False)
    return HEADER + out.getvalue().decode()


def _order(key: Key) -> tuple[str, str]:
    return key[1], key[0] or ""


def catalogue_problems() -> list[str]:
    """What keeps the English from being complete, one sentence each; empty when all is well."""
    problems: list[str] = []
    if not PO.exists() or PO.read_text(encoding="utf-8") != rendered():
        problems.append("django.po is out of date: run tools/messages.py")
    for message in read_catalogue():
        if message.id:
            problems += [f"{said}: {message.id!r}" for said in faults(message)]
    return problems + [f"no English: {words}" for words in missing()]


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one translation that is there."""
    sources = message.id if isinstance(message.id, tuple | list) else (message.id,)
    given = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if message.fuzzy:
        yield "fuzzy"
    wanted = set(PLACEHOLDER.findall(sources[-1]))
    for english in filter(None, given):
        if set(PLACEHOLDER.findall(english)) != wanted:
            yield f"placeholders differ in {english!r}"
        if CHINESE.search(english):
            yield f"Chinese left in {english!r}"


def missing() -> list[str]:
    """Strings of the source without an English translation, sorted."""
    catalogue = read_catalogue()
    lacking = []
    for context, first in sorted(strings_of_source(), key=_order):
        message = catalogue.get(first, context)
        given = message.string if message else ""
        if not given or (isinstance(given, tuple | list) and not all(given)):
            lacking.append(_name((context, first)))
    return lacking


def _name(key: Key) -> str:
    return f"{key[0]}|{key[1]}" if key[0] else key[1]


def compile_catalogue(to: Path = MO) -> None:
    """Write the catalogue that gettext reads."""
    with to.open("wb") as file:
        write_mo(file, read_catalogue())


if __name__ == "__main__":
    sys.exit(main())
