"""What no template may hold: the policy of the browser would drop it, silently."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import notoneless

TEMPLATES = Path(notoneless.__file__).parent / "web" / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
ROOT = TEMPLATES.parents[3]
ICONS = set(json.loads((ROOT / "frontend" / "icons.json").read_text("utf-8")))
PYTHON = sorted((TEMPLATES.parent).rglob("*.py"))

pytestmark = pytest.mark.parametrize(
    "path", FILES, ids=[path.relative_to(TEMPLATES).as_posix() for path in FILES]
)


def markup(path: Path) -> str:
    """The template without its comments, which may speak of anything."""
    text = re.sub(r"{#.*?#}", "", path.read_text("utf-8"))
    return re.sub(r"{% comment.*?endcomment %}", "", text, flags=re.DOTALL)


def test_a_template_can_be_read(path):
    get_template(path.relative_to(TEMPLATES).as_posix())


def test_scripts_and_styles_are_never_written_in_the_page(path):
    text = markup(path)

    for tag in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag
    assert "<style" not in text
    assert "javascript:" not in text


def test_no_style_and_no_event_attribute_stands_on_an_element(path):
    text = markup(path)

    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<[^>]*\s(on[a-z]+|hx-on[:\w-]*)\s*=", text)
    assert not re.search(r"hx-(vals|headers)=.js:", text)


def test_nothing_is_fetched_from_outside(path):
    assert not re.search(r"(src|href|action|hx-\w+|url)\s*[=(]\s*[\"']?(https?:)?//", markup(path))


def test_every_icon_named_is_in_the_sprite(path):
    named = re.findall(r"{% icon [\"']([\w-]+)[\"']", markup(path))

    assert set(named) <= ICONS


def test_visible_chinese_stands_only_inside_translation_tags(path):
    text = markup(path)
    text = re.sub(r"{% blocktrans(late)?\b.*?{% endblocktrans(late)? %}", "", text, flags=re.DOTALL)
    text = re.sub(r"{%.*?%}|{{.*?}}", _without_marked_strings, text, flags=re.DOTALL)

    assert re.findall(r"[\u3001\u3002\u3400-\u9fff\uff00-\uffef][^<]{0,20}", text) == []


def _without_marked_strings(match: re.Match[str]) -> str:
    """A tag's marked strings go; a bare Chinese string handed to a tag stays and is found."""
    tag = match[0]
    if re.match(r"{% trans(late)?\s", tag):
        return ""
    return re.sub(r"_\((\".*?\"|'.*?')\)", "", tag)


def test_every_posting_form_carries_its_token(path):
    text = markup(path)

    for form in re.findall(r"<form\b[^>]*method=.post.*?</form>", text, flags=re.DOTALL | re.I):
        assert "csrf_token" in form or "csrfmiddlewaretoken" in form


def test_every_picture_and_every_button_without_words_is_named(path):
    text = markup(path)

    for picture in re.findall(r"<img\b[^>]*>", text):
        assert " alt=" in picture
