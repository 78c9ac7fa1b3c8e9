"""Names, numbers and articles."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib import resources

import pytest

from notoneless.rules.documents.articles import (
    ARTICLES,
    COMPLAINT,
    DUTY,
    ORDER_OF_BUREAU,
    SERVICE,
    cited,
    told,
)
from notoneless.rules.documents.forms import blocks_of
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.names import BY_CODE, NAMING, name_of, name_of_paper
from notoneless.rules.documents.numbers import NoNumber, number_text
from tests.rules.documents.samples import SAMPLES

K = DocumentKind
CODED = {
    "visit_form": K.VISIT_RECORD,
    "dropout_report_name": K.DROPOUT_REPORT,
    "return_notice_name": K.RETURN_NOTICE,
}


@pytest.mark.req("R-299")
def test_a_number_has_six_cornered_brackets_and_no_leading_zeros() -> None:
    assert number_text("石政", "责改", year=2026, number=3) == "石政责改〔2026〕3号"
    assert number_text("", "劝学", year=2027, number=120) == "劝学〔2027〕120号"


@pytest.mark.parametrize(
    ("year", "number", "series"), [(26, 1, "催"), (2026, 0, "催"), (2026, 1, "")]
)
def test_no_number_without_its_parts(year: int, number: int, series: str) -> None:
    with pytest.raises(NoNumber):
        number_text("石政", series, year=year, number=number)


def test_every_kind_has_a_name_and_a_series_of_its_own() -> None:
    assert set(NAMING) == set(DocumentKind)
    assert len({naming.series for naming in NAMING.values()}) == len(NAMING)
    assert len({naming.name for naming in NAMING.values()}) == len(NAMING)


@pytest.mark.req("R-107", "R-111", "R-299")
@pytest.mark.parametrize(("key", "kind"), CODED.items())
def test_a_paper_bears_the_name_that_the_plan_chose(key: str, kind: DocumentKind) -> None:
    package = resources.files("notoneless.rules.policy")
    parameters = tomllib.loads((package / "parameters.toml").read_text(encoding="utf-8"))
    words = tomllib.loads((package / "words.toml").read_text(encoding="utf-8"))
    codes = next(part[key]["values"] for part in parameters.values() if key in part)
    known = {code: each["zh"] for part in words.values() for code, each in part.items()}

    for code in codes:
        paper = replace(SAMPLES[kind], form=code)
        assert name_of(kind, code) == name_of_paper(paper) == blocks_of(paper).name
        if code != "free_form":
            assert known[code] == BY_CODE[code]


def test_a_code_that_no_plan_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        name_of(K.RETURN_NOTICE, "summons")


@pytest.mark.parametrize("keys", [DUTY, ORDER_OF_BUREAU, COMPLAINT, SERVICE])
def test_each_law_is_named_once_and_each_article_with_what_it_says(keys: tuple[str, ...]) -> None:
    text = told(keys)

    for law in {ARTICLES[key].law for key in keys}:
        assert text.count(f"《{law}》") == 1
        assert cited(keys).count(law) == 1
    for key in keys:
        assert f"{ARTICLES[key].number}规定，{ARTICLES[key].says}" in text


def test_no_article_is_told_twice() -> None:
    assert told(("minors.17", "minors.17")) == told(("minors.17",))
    assert told(()) == cited(()) == ""
