"""Claims in Kazakh and Russian: our own sentences are translated, only names and ids stay as they are."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from sailau.claims.book import Book
from sailau.claims.chain import Chain, gather
from sailau.claims.mechanisms import MECHANISMS, load_mechanism
from sailau.claims.read import load_book
from sailau.claims.resolve import Resolution, resolve_all
from sailau.claims.world import World
from sailau.files.told import told, told_book
from sailau.report.brief import to_text
from sailau.report.brief_page import to_html
from sailau.report.claims import claim_parts, claim_text
from sailau.terms.speech import Untold, language_of, quotes_of, speaking

ROOT = Path(__file__).resolve().parents[2]
OTHERS = ("kk", "ru")
DAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def book() -> Book:
    return load_book(None)


def resolved(book: Book, lang: str) -> tuple[Resolution, ...]:
    with speaking(lang):
        return resolve_all(book, World(tables=tuple(book.tables), on=DAY))


def own_sentences(book: Book) -> Iterator[str]:
    """Yield what stands in a book in our own words."""
    yield book.name
    yield from (person.role for person in book.people.values())
    yield from (part for report in book.reports.values() for part in (report.title, report.day_note) if part)
    for claim in book.claims.values():
        yield from (claim.says, claim.asks, claim.rule, claim.needs, claim.changes_if, *claim.disputes, *claim.notes)
        yield from (part.words for part in (*claim.tests, *claim.variants))
    yield from (load_mechanism(name).effect_is for name in MECHANISMS)


def test_every_own_sentence_is_translated(book: Book) -> None:
    assert sorted({sentence for sentence in own_sentences(book) if sentence not in told_book()}) == []


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    else:
        yield str(value)


def test_every_translation_is_of_something_in_the_data() -> None:
    rooms = ("claims", "acts", "registers", "populations", "laws/kz", "elections/kz")
    written = {
        text.replace("_", " ")
        for room in rooms
        for path in (ROOT / room).rglob("*.yaml")
        for text in strings(yaml.safe_load(path.read_text(encoding="utf-8")))
    }
    code = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "src" / "sailau").rglob("*.py")).replace("_", " ")
    tables = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "populations").rglob("*.csv")).replace("_", " ")
    whole = " ".join(" ".join(written).split())
    unused = [
        text
        for text in (key.replace("_", " ") for key in told_book())
        if text not in written and not all(part in whole for part in re.split(r": |; ", text))
        if text not in code and text not in tables
    ]
    assert sorted(unused) == []


def figures(text: str) -> list[str]:
    """Return the numbers in a sentence, without the marks of a language."""
    return sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[.,\u202f](?=\d)", "", text)))


@pytest.mark.parametrize("lang", OTHERS)
def test_the_figures_in_a_translation_are_those_of_the_sentence(lang: str) -> None:
    wrong = [(text, said[lang]) for text, said in told_book().items() if figures(text) != figures(said[lang])]
    assert wrong == []


@pytest.mark.parametrize("lang", OTHERS)
def test_a_translation_is_in_its_alphabet(lang: str) -> None:
    kazakh = re.compile("[әғқңөұүіһ]", re.IGNORECASE)
    for text, said in told_book().items():
        assert set(said) == set(OTHERS), text
        assert said[lang].strip() == said[lang] and said[lang], text
        if lang == "ru" and "дербестігі" not in said[lang]:
            assert not kazakh.search(said[lang]), text
        assert not re.search(r"[A-Za-z][А-Яа-яҚқ]|[А-Яа-яҚқ][A-Za-z]", said[lang]), text


@pytest.mark.parametrize("lang", OTHERS)
def test_only_names_and_ids_stay_in_english(book: Book, lang: str) -> None:
    names = {part for person in book.people.values() for part in (person.name, *person.aliases)}
    names |= {part for report in book.reports.values() for part in (report.outlet, report.author or "")}
    ids = re.compile(r"[\w-]+(?:[/@][\w.-]+)+|const \S+|\w+\d{4}|[A-Z]\d+")
    left = set()
    for seen in resolved(book, lang):
        with speaking(lang):
            parts = claim_parts(seen)
        for label, texts in parts:
            for text in (label, *texts):
                assert not isinstance(text, Untold), text
                assert language_of(text) == lang or not text or ids.fullmatch(text), text
                for quote in quotes_of(text):
                    plain = re.sub(r"^, ", "", str(quote))
                    if plain not in names and not all(ids.fullmatch(p) or p in names for p in plain.split(", ")):
                        left.add(plain)
    assert left == set()


def test_english_stays_as_it_was_written(book: Book) -> None:
    text = "\n".join(claim_text(seen) for seen in resolved(book, "en"))
    for claim in book.claims.values():
        assert claim.says in text and claim.rule in text


def test_a_sentence_that_nobody_translated_is_quoted() -> None:
    with speaking("kk"):
        assert language_of(told("A sentence of a book of one's own.")) == "en"
        assert language_of(told("The census or register of 2030.")) == "kk"


@pytest.mark.parametrize("lang", OTHERS)
def test_the_brief_is_in_one_language(lang: str) -> None:
    world = World(tables=tuple(load_book(None).tables), on=DAY)
    with speaking(lang):
        chain = gather("kz", world)
        page = to_html(chain, {})
        text = to_text(chain)
    assert f'<html lang="{lang}">' in page
    body = text.partition("\n## " + {"kk": "Дереккөздер", "ru": "Источники"}[lang])[0]
    known = {word for name in speech_names(chain) for word in re.findall(r"[A-Za-z]{2,}", name)}
    left = set()
    for line in body.splitlines():
        plain = re.sub(r"[\w-]+(?:[/@:.][\w.-]+)+|\w+_\w+", " ", line)
        left |= {(word, line[:120]) for word in re.findall(r"[A-Za-z]{3,}", plain) if word not in known}
    assert left == set()


def speech_names(chain: Chain) -> Iterator[str]:
    """Yield names and titles that stay as they are: persons, outlets, sources, the program, articles."""
    yield "sailau claims const checked null wpp2022 bureau2023"
    for seen in chain.resolutions:
        yield from (str(asked.arguments) for asked in seen.claim.figures.values())
    for seen in chain.resolutions[:1]:
        yield from (part for person in seen.book.people.values() for part in (person.name, *person.aliases))
        yield from (part for report in seen.book.reports.values() for part in (report.outlet, report.author or ""))
    yield from (str(rate.source) for rate in (*chain.cases.rates.values(), *chain.cases.others)) if chain.cases else ()
    yield from (str(case.who) for case in chain.cases.recorded) if chain.cases else ()
