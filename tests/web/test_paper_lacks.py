"""What a paper lacks is told in words, in both languages."""

from __future__ import annotations

from django.utils.translation import override

from notoneless.documents.services.issuing import PaperIncomplete
from notoneless.rules.documents.lacking import names
from notoneless.web.documents.lacks import LACKS, lacks_words
from notoneless.web.refusals import sentence_of


def test_everything_that_a_paper_can_lack_has_words() -> None:
    assert set(LACKS) == names()


def test_several_are_joined_in_the_readers_language() -> None:
    with override("zh-hans"):
        assert lacks_words(["facts", "articles"]) == "事实、法律依据"
    with override("en"):
        assert lacks_words(["facts", "articles"]) == "facts, articles of law"


def test_a_paper_that_is_refused_says_what_it_lacks() -> None:
    with override("zh-hans"):
        said = sentence_of(PaperIncomplete(lacks=("officers", "correct_by")))

    assert "两名执法人员和各自的执法证号、改正期限" in said
