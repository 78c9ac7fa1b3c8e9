"""The components as they come out: tags, forms, the frame, the styleguide."""

from __future__ import annotations

import re

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client, RequestFactory

from notoneless.access.actor import NotAllowed
from notoneless.web.styleguide.forms import SampleForm

PAGES = ["/styleguide", "/styleguide/lists", "/styleguide/paper"]


def shown(source: str, query: str = "", **context: object) -> str:
    request = RequestFactory().get("/list" + query)
    template = Template("{% load looks %}" + source)
    return template.render(Context({"request": request, **context}))


@pytest.mark.parametrize("url", PAGES)
def test_the_styleguide_is_open_and_holds_nothing_that_the_policy_forbids(client: Client, url):
    answer = client.get(url)
    html = answer.content.decode()

    assert answer.status_code == 200
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "style-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert not re.search(r"<[^>]+\s(style|on\w+)=", html)
    assert re.findall(r"<script(?![^>]*src=)", html) == []


def test_the_styleguide_does_not_exist_in_production(client: Client, settings):
    settings.IS_PRODUCTION = True

    assert client.get("/styleguide").status_code == 404


@pytest.mark.parametrize("url", PAGES)
def test_every_component_speaks_english_too(client: Client, url):
    client.post("/language/", {"language": "en", "next": url})
    html = client.get(url).content.decode()

    assert '<html lang="en">' in html
    assert "Not One Less" in html


def test_the_frame_has_a_skip_link_one_heading_and_landmarks(client: Client):
    html = client.get("/styleguide").content.decode()

    assert '<html lang="zh-Hans">' in html
    assert html.index('class="skip-link" href="#content"') < html.index("<header")
    assert html.count("<h1") == 1
    assert html.count("<main") == 1
    assert 'aria-current="page"' in html


def test_htmx_runs_nothing_written_in_a_page_and_shows_refusals(client: Client):
    html = client.get("/styleguide").content.decode()

    assert '"allowEval":false' in html
    assert '"historyCacheSize":0' in html
    assert '{"code":"409","swap":true},{"code":"422","swap":true}' in html


def test_a_refusal_names_its_code_and_what_to_do():
    html = shown("{% refusal_box refusal %}", refusal=NotAllowed(capability="x"))

    assert 'data-code="ACCESS-01"' in html
    assert 'role="alert"' in html
    assert "申请授权" in html
    assert shown("{% refusal_box refusal %}", refusal=None).strip() == ""


def test_a_mark_always_carries_a_drawing_and_words():
    html = shown('{% badge "逾期" "danger" %}')

    assert "#alarm" in html
    assert "逾期" in html


def test_names_from_outside_are_never_markup():
    html = shown("{% badge name %}{% alert name %}{% empty name %}", name="<script>1</script>")

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 3


def test_a_form_says_label_help_required_and_mistake_beside_the_field():
    html = str(SampleForm({"name": "陈" * 61}))

    assert '<label class="form-label" for="id_name">姓名<span class="required">必填' in html
    assert 'class="form-control is-invalid"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html
    assert 'href="#id_name"' in html
    assert 'class="form-select' in html
    assert html.count("<legend") == 2


def test_one_field_looks_the_same_as_in_the_whole_form():
    form = SampleForm()

    assert shown("{% field form.name %}", form=form).strip() in str(form)


def test_what_was_typed_stays_in_the_form():
    assert 'value="陈一诺"' in str(SampleForm({"name": "陈一诺"}))


def test_an_authors_own_class_is_kept():
    form = SampleForm()
    form.fields["name"].widget.attrs["class"] = "tabular"

    assert 'class="form-control tabular"' in shown("{% widget form.name %}", form=form)


def test_paging_keeps_the_filters():
    page = Paginator(range(100), 10).page(5)
    html = shown("{% pager page %}", "?q=陈&page=5&grade=2", page=page)

    assert "?q=%E9%99%88&amp;page=4&amp;grade=2" in html
    assert "?q=%E9%99%88&amp;page=6&amp;grade=2" in html
    assert re.search(r'page=5[^>]* aria-current="page"', html)


def test_a_single_page_has_no_pager():
    assert shown("{% pager page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


@pytest.mark.parametrize(
    ("query", "leads_to", "order"),
    [
        ("", "?sort=name", None),
        ("?sort=name&page=3", "?sort=-name", "ascending"),
        ("?sort=-name", "?sort=name", "descending"),
        ("?sort=age", "?sort=name", None),
    ],
)
def test_a_heading_sorts_up_then_down_and_starts_at_the_first_page(query, leads_to, order):
    html = shown('{% sort_header "name" "姓名" %}', query)

    assert f'href="{leads_to}"' in html
    assert (f'aria-sort="{order}"' in html) if order else ("aria-sort" not in html)


def test_a_masked_value_is_revealed_by_a_post_and_without_script_too():
    html = shown('{% masked "539901************" "/reveal" "身份证号" %}', csrf_token="t")

    assert 'method="post" action="/reveal"' in html
    assert 'hx-post="/reveal"' in html
    assert 'name="csrfmiddlewaretoken" value="t"' in html
    assert 'aria-label="显示身份证号"' in html
    assert "form" not in shown('{% masked "539901************" %}')


def test_progress_is_said_in_words_and_survives_an_empty_job():
    assert "2310 / 3981" in shown('{% progress 2310 3981 "导入" %}')
    assert 'max="0"' in shown('{% progress 0 0 "导入" %}')


def test_a_picture_with_a_meaning_has_a_name_and_decoration_is_hidden():
    assert 'role="img" aria-label="已完成"' in shown('{% icon "check" "已完成" %}')
    assert 'aria-hidden="true"' in shown('{% icon "check" %}')


@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_pages_need_nothing_from_the_view(name):
    from django.template.loader import render_to_string

    html = render_to_string(name)

    assert 'href="/"' in html
    assert "Traceback" not in html


@pytest.mark.parametrize(
    ("of", "count", "said"),
    [
        ("people", 1, "共 1 人"),
        ("schools", 2, "共 2 所学校"),
        ("readings", 0, "共 0 次"),
        ("", 1, "共 1 条"),
    ],
)
def test_a_list_says_how_many_it_has_with_the_right_word(of, count, said):
    assert f">{said}<" in shown('{% include "parts/list_head.html" %}', of=of, count=count)
