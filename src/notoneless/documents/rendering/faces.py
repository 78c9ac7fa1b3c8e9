"""Which typefaces papers are printed with: a county's own first, Noto Serif SC for the rest."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import typst
from django.conf import settings

NOTO: Final = "Noto Serif SC"
PARTS: Final = {
    "body": ("fangsong", "仿宋", "fang"),
    "heading": ("simhei", "黑体", "heiti"),
    "second": ("kaiti", "楷", "kai"),
    "title": ("xiaobiaosong", "小标宋", "xbs"),
}
"""What a part of a paper is set in by GB/T 9704, and how such a typeface may be called."""


class FontsMissing(RuntimeError):
    """Papers would print as empty boxes: the fonts were not built (``make setup``)."""


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """All typefaces, read once in a process. Raises ``FontsMissing``."""
    paths = [path for path in (settings.FONT_DIR, settings.BUILT_FONT_DIR) if path]
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[*map(str, paths)]
    )
    if NOTO not in found.families():
        raise FontsMissing(f"no {NOTO} in {settings.BUILT_FONT_DIR}")
    return found


@lru_cache(maxsize=1)
def faces() -> dict[str, list[str]]:
    """For each part of a paper the families to look in, in order. Raises ``FontsMissing``."""
    own = _own_families(settings.FONT_DIR)
    chosen = {part: [_first(own, names), NOTO] for part, names in PARTS.items()}
    if own and not chosen["body"][0]:
        chosen["body"][0] = own[0]
    return {part: [name for name in names if name] for part, names in chosen.items()} | {
        "number": [NOTO]
    }


def _own_families(folder: Path | None) -> list[str]:
    if folder is None:
        return []
    inside = str(folder.resolve())
    return sorted(
        {
            font.family
            for font in fonts().fonts()
            if font.path and str(Path(font.path).resolve()).startswith(inside)
        }
        - {NOTO}
    )


def _first(families: list[str], names: tuple[str, ...]) -> str:
    for family in families:
        if any(name in family.lower().replace(" ", "") for name in names):
            return family
    return ""
