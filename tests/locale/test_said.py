"""Sentences in three languages: each that is said is translated, with the same figures in it; none is left over."""

import ast
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from sailau.records.election import Election
from sailau.records.library import election_ids, load_election
from sailau.runs.replay import law_of
from sailau.seats.explain import lines
from sailau.terms import speech, words
from sailau.terms.errors import SailauError
from sailau.terms.trail import Trail

SOURCE = Path(words.__file__).resolve().parents[1]
OTHERS = ("kk", "ru")
CLASSES = {"kk": {"one", "other"}, "ru": {"one", "few", "many", "other"}}


def strings(node: ast.expr) -> Iterator[str]:
    """Yield the strings that an argument can be, as far as it is written out there."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from strings(node.body)
        yield from strings(node.orelse)


def said_in(tree: ast.Module) -> Iterator[str]:
    """Yield the sentences of a module: written in the call, or given to a name that the call takes."""
    named = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    several: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    several.setdefault(target.id, []).append(node.value)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("say", "tell")
            and node.args
        ):
            first = node.args[0]
            yield from strings(first)
            if isinstance(first, ast.Name):
                for value in several.get(first.id, ()):
                    yield from strings(value)
            if isinstance(first, ast.Subscript) and isinstance(first.value, ast.Name):
                table = named.get(first.value.id)
                if isinstance(table, ast.Dict):
                    for value in table.values:
                        yield from strings(value)


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if re.search(r"terms\.(words|speech) import", text):
            yield path, ast.parse(text)


def slots(text: str | Mapping[str, str]) -> set[str]:
    forms = text.values() if isinstance(text, Mapping) else [text]
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name is not None}


def test_every_sentence_is_translated() -> None:
    sentences = {(path.name, sentence) for path, tree in modules() for sentence in said_in(tree)}
    assert len(sentences) > 150
    assert sorted(pair for pair in sentences if pair[1] not in speech.book()) == []


def test_every_translation_is_used() -> None:
    written = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written |= {node.value, node.value.replace("_", " ")}
    data = "\n".join(
        path.read_text(encoding="utf-8").replace("_", " ")
        for room in ("laws", "acts", "registers", "populations", "claims")
        for kind in ("*.yaml", "*.csv")
        for path in (SOURCE.parents[1] / room).rglob(kind)
    )
    plural = {word for key in speech.book() if (word := key.removesuffix("s")) in written or word in data}
    unused = [key for key in speech.book() if key not in written and key not in data and key[:-1] not in plural]
    assert sorted(unused) == []


@pytest.mark.parametrize("lang", OTHERS)
def test_the_figures_in_a_sentence_are_the_same(lang: str) -> None:
    for sentence, told in speech.book().items():
        assert set(told) - {"en"} == set(OTHERS), sentence
        text = told[lang]
        assert slots(text) == slots(sentence), sentence
        if isinstance(text, Mapping):
            assert set(text) == CLASSES[lang] or set(text) == {"other"}, sentence
            assert "n" in slots(sentence), sentence


def test_english_has_a_form_for_one_thing_where_a_sentence_is_written_for_many() -> None:
    plurals = {sentence: told["en"] for sentence, told in speech.book().items() if "en" in told}
    assert len(plurals) > 60
    for sentence, forms in plurals.items():
        assert forms["other"] == sentence and forms["one"] != sentence, sentence
        assert slots(forms["one"]) <= slots(sentence) and "n" in slots(sentence), sentence
    assert words.say("{n} seats stay vacant", n=1) == "1 seat stays vacant"
    assert words.say("{n} seats stay vacant", n=2) == "2 seats stay vacant"


@pytest.mark.parametrize("lang", OTHERS)
def test_a_translation_keeps_the_gaps_around_it(lang: str) -> None:
    for sentence, told in speech.book().items():
        for form in told[lang].values() if isinstance(told[lang], Mapping) else [told[lang]]:
            assert form.endswith(" ") == sentence.endswith(" "), sentence
            assert sentence.startswith(" ") <= (form[0] in " ,;"), sentence
            assert form.strip(), sentence


@pytest.mark.parametrize("lang", OTHERS)
def test_no_english_word_is_left_in_a_translation(lang: str) -> None:
    for sentence, told in speech.book().items():
        for form in told[lang].values() if isinstance(told[lang], Mapping) else [told[lang]]:
            plain = re.sub(r"\{\w+\}", " ", form)
            assert not re.findall(r"[A-Za-z]{2,}", plain) or set(re.findall(r"[A-Za-z_.]{2,}", plain)) <= set(
                re.findall(r"[A-Za-z_.]{2,}", sentence)
            ), sentence


class Noting(dict[str, Any]):
    """The book, which notes what was looked up in vain."""

    def __init__(self, book: Mapping[str, Any]) -> None:
        super().__init__(book)
        self.missed: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        """Return the translations, or note that there are none."""
        if key not in self:
            self.missed.add(key)
        return super().get(key, default)


def names_in(election: Election, trail: Trail) -> set[str]:
    """Return the words of ids and names that stand in the data: they are no words of ours."""
    tally = election.tally
    names: list[object] = [*tally.contenders, *tally.contenders.values(), *tally.tiers]
    for ballots in tally.tiers.values():
        names += [*ballots.votes, *(line for votes in ballots.votes.values() for line in votes)]
    names += [entry.area for entry in trail] + [cause.contender for entry in trail for cause in entry.causes]
    people = [entry.facts.get(key) for entry in trail for key in NAMING]
    return set(re.findall(LATIN, f"{names} {people}".replace("_", " ")))


LATIN = r"[A-Za-z]{2,}"
NAMING = ("names", "moved", "pools", "magnitudes", "given", "where", "areas", "in", "regions")
"""The facts that hold names of the data: of persons, pools and areas."""


def rendered(election: Election, trail: Trail, lang: str) -> Iterator[str]:
    """Yield every line of the explanation, and what is said of the first contenders alone."""
    first = next(iter(election.tally.tiers.values())).votes
    some = list(next(iter(first.values()), {}))[:3]
    with words.speaking(lang):
        for row in [*lines(trail), *(row for contender in some for row in lines(trail, contender))]:
            yield f"{row.label} {row.text}"


def test_the_explanation_of_every_election_is_in_one_language(monkeypatch: pytest.MonkeyPatch) -> None:
    noting = Noting(speech.book())
    monkeypatch.setattr(speech, "book", lambda: noting)
    left: dict[tuple[str, str], str] = {}
    n = 0
    for name in election_ids():
        election = load_election(name)
        try:
            trail = law_of(election).count(election.tally, decisions=election.decisions).trail
        except SailauError:
            continue
        n += 1
        known = names_in(election, trail)
        for lang in OTHERS:
            for line in rendered(election, trail, lang):
                for word in set(re.findall(LATIN, line.replace("_", " "))) - known:
                    left.setdefault((lang, word), f"{name}: {line}"[:200])
    assert n > 400
    assert sorted(noting.missed) == []
    assert left == {}


def test_numbers_follow_the_language() -> None:
    with words.speaking("ru"):
        assert words.percent(Fraction(5, 100)) == "5\u202f%"
        assert words.spell(Fraction(86546 * 23 + 15, 23)) == "86\u202f546 15/23"
        assert words.decimal(Fraction(6493, 10000)) == "0,6493"
        assert words.say("{n} seats", n=3) == "3 мандата"
        assert words.say("{n} seats", n=21) == "21 мандат"
    assert words.say("{n} seats", n=3) == "3 seats"


def test_a_language_ends_where_it_was_begun() -> None:
    with pytest.raises(ZeroDivisionError), words.speaking("kk"):
        assert words.spoken() == "kk"
        raise ZeroDivisionError
    assert words.spoken() == "en"


def test_what_nobody_translated_stays_english_and_says_so() -> None:
    with words.speaking("ru"):
        assert words.language_of(words.say("a sentence of no catalogue")) == "en"
        assert words.language_of(words.say("nobody")) == "ru"
    assert words.language_of("plain text") == "en"
