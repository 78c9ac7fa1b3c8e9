"""What the build made: small, complete and from nowhere else."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from notoneless.web.navigation import ENTRIES
from tests.structure.source import ROOT

BUILT = ROOT / "build" / "static" / "notoneless"
BUDGET_BYTES = 150_000

needs_build = pytest.mark.skipif(not BUILT.exists(), reason="assets not built: run make setup")


def packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


@needs_build
def test_the_first_phone_page_weighs_less_than_the_budget(client):
    page = len(gzip.compress(client.get("/styleguide/lists").content, 9))
    assets = sum(packed(BUILT / name) for name in ("app.css", "app.js", "icons.svg", "mark.svg"))

    assert page + assets < BUDGET_BYTES


@needs_build
@pytest.mark.parametrize("name", ["app.css", "app.js", "icons.svg"])
def test_an_asset_asks_for_nothing_from_outside(name):
    text = (BUILT / name).read_text("utf-8")

    assert "sourceMappingURL" not in text
    outside = set(re.findall(r"https?://[^\s\"')\\]+", text))
    assert outside <= {"http://www.w3.org/2000/svg"}
    assert "@import" not in text


@needs_build
def test_old_phones_find_no_colour_function_they_do_not_know():
    assert "light-dark(" not in (BUILT / "app.css").read_text("utf-8")


@needs_build
def test_the_sprite_holds_every_icon_once():
    names = json.loads((ROOT / "frontend" / "icons.json").read_text("utf-8"))
    drawn = re.findall(r'<symbol id="([\w-]+)"', (BUILT / "icons.svg").read_text("utf-8"))

    assert drawn == names == sorted(set(names))


def test_every_icon_of_the_menu_is_in_the_sprite():
    names = json.loads((ROOT / "frontend" / "icons.json").read_text("utf-8"))

    assert {entry.icon for entry in ENTRIES} <= set(names)


@needs_build
def test_chinese_is_set_in_a_chinese_face():
    css = (BUILT / "app.css").read_text("utf-8")

    for face in ("PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Source Han Sans SC"):
        assert face in css


def test_the_lock_names_no_registry_and_every_package_has_its_hash():
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text("utf-8"))

    assert "resolved" not in json.dumps(lock)
    assert all("integrity" in entry for name, entry in lock["packages"].items() if name)


def test_versions_are_pinned():
    package = json.loads((ROOT / "frontend" / "package.json").read_text("utf-8"))

    wanted = {**package["dependencies"], **package["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tokens() -> dict[str, str]:
    text = (ROOT / "frontend" / "scss" / "_tokens.scss").read_text("utf-8")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))
    return {**found, "paper": "#ffffff"}


@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("ink", "ground", 7),
        ("quiet", "paper", 4.5),
        ("quiet", "ground", 4.5),
        ("accent", "paper", 4.5),
        ("accent-dark", "accent-pale", 4.5),
        ("attention", "attention-pale", 4.5),
        ("danger-ink", "danger-pale", 4.5),
        ("line-strong", "paper", 3),
    ],
)
def test_colours_can_be_told_apart(ink, ground, least):
    assert contrast(tokens()[ink], tokens()[ground]) >= least


def classes_in(text: str) -> set[str]:
    """Class names that a template writes in full; what tags compute is left out."""
    plain = re.sub(r"{%.*?%}|{{.*?}}", "\0", re.sub(r"{#.*?#}", "", text), flags=re.DOTALL)
    words = " ".join(re.findall(r'class="([^"]*)"', plain)).split()
    return {word for word in words if "\0" not in word}


@needs_build
def test_no_page_uses_a_class_that_no_style_knows():
    css = (BUILT / "app.css").read_text("utf-8")
    known = set(re.findall(r"\.(-?[_a-zA-Z][\w-]*)", css))
    templates = ROOT / "src" / "notoneless" / "web" / "templates"

    used = {
        (path.relative_to(templates).as_posix(), name)
        for path in templates.rglob("*.html")
        for name in classes_in(path.read_text("utf-8"))
    }
    # Hooks for script and hx-target; the look comes from what they contain.
    hooks = {"day-class", "story-neutral", "whereabouts-place"}
    assert {(path, name) for path, name in used if name not in known | hooks} == set()
