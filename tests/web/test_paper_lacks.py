"""What a paper lacks is told in words, in both languages."""

from __future__ import annotations

from django.utils.translation import override

from notoneless.rules.documents.lacking import names
from notoneless.web.documents.lacks import LACKS, lacks_words


def test_everything_that_a_paper_can_lack_has_words() -> None:
    assert set(LACKS) == names()


def test_several_are_joined_in_the_readers_language() -> None:
    with override("zh-hans"):
        assert lacks_words(["facts", "articles"]) == "事实、法律依据"
    with override("en"):
        assert lacks_words(["facts", "articles"]) == "facts, articles of law"
