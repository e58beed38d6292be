"""The words of the pages: every key in every language, every clause of every law by its name."""

import re
from pathlib import Path

import pytest
from tests.web.shared import KZ, Site

from sailau.locale import LANGUAGES, catalogue
from sailau.records.heads import election_heads
from sailau.web.pages import MENU
from sailau.web.words import Words

WEB = Path(__file__).resolve().parents[2] / "src" / "sailau" / "web"
ASKED = re.compile(r"""\bt(?:\.first)?\(\s*["']([a-z0-9_./]+)["']\s*[,)]|words\(\s*f?"([a-z0-9_.]+)"[,)]""")
HOLE = re.compile(r"{(\w+)}")


def asked_for() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in [*WEB.rglob("*.html"), *WEB.rglob("*.py")]]
    return {one or other for text in texts for one, other in ASKED.findall(text)}


def test_every_text_that_is_asked_for_is_there() -> None:
    missing = [key for key in sorted(asked_for()) if f"web.{key}" not in catalogue("en")]
    assert missing == []


def test_the_languages_have_the_same_texts_with_the_same_holes() -> None:
    books = {lang: {k: v for k, v in catalogue(lang).items() if k.startswith("web.")} for lang in LANGUAGES}
    english = books.pop("en")
    for lang, book in books.items():
        assert book.keys() == english.keys(), lang
        for key, text in english.items():
            parts = [text] if isinstance(text, str) else list(text.values())
            others = [book[key]] if isinstance(book[key], str) else list(book[key].values())  # type: ignore[union-attr]
            holes = {hole for part in parts for hole in HOLE.findall(part)}
            assert {hole for part in others for hole in HOLE.findall(str(part))} <= holes | {"n"}, (lang, key)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_and_kind_of_control_has_a_name(lang: str) -> None:
    words = Words(lang)
    assert [name for name, _ in MENU if not words.has(f"menu.{name}")] == []
    for key in ("term.threshold.share", "term.formula", "term.seats", "step.threshold", "tier.list", "option.hare"):
        assert words.has(key), key


def test_a_name_that_the_law_brings_and_the_books_lack_is_shown_in_plain_letters() -> None:
    for lang in LANGUAGES:
        assert Words(lang).first("term.some_step.some_new_term", "term.some_new_term") == "some new term"
        assert Words(lang).option("some_new_rule") == "some new rule"


def test_a_page_speaks_one_language_at_a_time() -> None:
    site = Site()
    for lang, said in (("en", "What the law says"), ("kk", "Заң не дейді"), ("ru", "Что говорит закон")):
        page = site.get(f"/lab?e={KZ}&lang={lang}")
        assert f'<html lang="{lang}">' in page.text and said in page.text
    preferred = site.get("/lab", ("accept-language", "kk-KZ,kk;q=0.9,ru;q=0.8"))
    assert '<html lang="kk">' in preferred.text
    assert "3\u202f431\u202f510" in preferred.text and "53,90%" in preferred.text


def test_every_country_of_the_archive_has_a_name_in_every_language() -> None:
    codes = {head.country for head in election_heads()}
    assert {lang: [code for code in codes if not Words(lang).has(f"country.{code}")] for lang in LANGUAGES} == {
        lang: [] for lang in LANGUAGES
    }
