"""Which typefaces a paper is set in."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from notoneless.documents.rendering import faces as rendering

NOTO = rendering.NOTO


@dataclass
class Font:
    family: str
    path: str


class Found:
    def __init__(self, *fonts):
        self.all = fonts

    def fonts(self):
        return list(self.all)

    def families(self):
        return [font.family for font in self.all]


@pytest.fixture
def county(monkeypatch, settings, tmp_path):
    """A county that put typefaces into its folder."""
    settings.FONT_DIR = tmp_path

    def has(*families):
        own = [Font(family, str(tmp_path / f"{family}.ttf")) for family in families]
        monkeypatch.setattr(
            rendering, "fonts", lambda: Found(*own, Font(NOTO, "/build/fonts/noto.ttf"))
        )
        rendering.faces.cache_clear()
        return rendering.faces()

    yield has
    rendering.faces.cache_clear()


@pytest.mark.req("R-299")
def test_a_county_without_typefaces_prints_in_noto(county):
    assert set(map(tuple, county().values())) == {(NOTO,)}


@pytest.mark.req("R-299")
def test_a_countys_own_fangsong_comes_first_and_noto_stands_in(county):
    chosen = county("FangSong_GB2312")

    assert chosen["body"] == ["FangSong_GB2312", NOTO]
    assert chosen["title"] == [NOTO]


def test_each_typeface_goes_where_the_standard_wants_it(county):
    chosen = county("仿宋_GB2312", "楷体_GB2312", "SimHei", "方正小标宋简体")

    assert [chosen[part][0] for part in ("body", "second", "heading", "title")] == [
        "仿宋_GB2312",
        "楷体_GB2312",
        "SimHei",
        "方正小标宋简体",
    ]


def test_a_single_typeface_of_another_name_is_taken_for_the_text(county):
    assert county("Some Office Song")["body"][0] == "Some Office Song"


def test_without_built_fonts_nothing_is_printed(settings, tmp_path):
    settings.BUILT_FONT_DIR = tmp_path
    settings.FONT_DIR = None
    rendering.fonts.cache_clear()
    try:
        with pytest.raises(rendering.FontsMissing):
            rendering.fonts()
    finally:
        rendering.fonts.cache_clear()
