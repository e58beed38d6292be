"""One word for one thing: the list of terms, and the words that are not to be used beside them."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from sailau.locale import catalogue
from sailau.locale.catalogue import FOLDER
from sailau.terms import speech

TERMS: list[dict[str, Any]] = json.loads((FOLDER / "terms.json").read_text(encoding="utf-8"))
PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "languages.md"
OTHERS = ("kk", "ru")


def told(lang: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a language with its key: the catalogues, and the sentences."""
    everything: dict[str, Any] = {**catalogue(lang), **{key: said[lang] for key, said in speech.book().items()}}
    for key, words in everything.items():
        for form in words.values() if isinstance(words, Mapping) else [words]:
            yield key, form


def forbidden(lang: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for term in TERMS for part in term["not"][lang]), re.IGNORECASE)


@pytest.mark.parametrize("lang", OTHERS)
def test_no_text_uses_another_word_for_a_term(lang: str) -> None:
    pattern = forbidden(lang)
    assert sorted(f"{key}: {text}" for key, text in told(lang) if pattern.search(text)) == []


@pytest.mark.parametrize("lang", OTHERS)
def test_a_term_is_a_word_of_the_catalogues_and_breaks_no_rule_itself(lang: str) -> None:
    pattern = forbidden(lang)
    texts = " ".join(text.casefold() for _, text in told(lang))
    for term in TERMS:
        assert not pattern.search(term[lang]), term
        stems = [word.casefold()[: max(4, len(word) * 2 // 3)] for word in re.findall(r"[^\W\d_’]+", term[lang])]
        assert all(stem in texts for stem in stems), term


def test_the_page_on_languages_shows_the_list() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!English|---)(.+) \| (.+) \| (.+) \|$", page, re.MULTILINE)
    assert rows == [(term["en"], term["kk"], term["ru"]) for term in TERMS]


def test_a_forbidden_word_is_found() -> None:
    assert forbidden("kk").search("Мәжіліске 5% межеден өтті") and forbidden("ru").search("Прошли барьер")
    assert not forbidden("kk").search("мәжіліс") and not forbidden("ru").search("порог")


@pytest.mark.parametrize("lang", OTHERS)
def test_percent_signs_stand_as_the_language_writes_them(lang: str) -> None:
    wrong = re.compile(r"[\d}] %" if lang == "kk" else r"[\d}][ \u00a0]?%")
    typed = re.compile(r"writ(e|ten)\b")  # what is to be typed stands as it is typed
    assert sorted(text for key, text in told(lang) if wrong.search(text) and not typed.search(key)) == []
