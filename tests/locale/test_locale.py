"""Three languages: no key is missing, no placeholder differs, numbers and days are written as people write them."""

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.locale import LANGUAGES, catalogue, day, language, name_in, number, percent, signed, text
from sailau.locale.catalogue import FOLDER, Text
from sailau.terms.errors import NotFound
from sailau.terms.speech import plural_class

CLASSES = {"en": {"one", "other"}, "kk": {"one", "other"}, "ru": {"one", "few", "many", "other"}}
OWN_LETTERS = re.compile("[әғқңөұүіһ]", re.IGNORECASE)


def placeholders(words: Text) -> set[str]:
    forms = words.values() if isinstance(words, Mapping) else [words]
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name is not None}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_key_is_missing_or_left_over(lang: str) -> None:
    assert catalogue(lang).keys() == catalogue("en").keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_folder_of_words_has_every_language(lang: str) -> None:
    for folder in {path.parent for path in FOLDER.rglob("??.json")}:
        assert (folder / f"{lang}.json").is_file(), folder


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_placeholders_are_the_same(lang: str) -> None:
    for key, words in catalogue(lang).items():
        assert placeholders(words) == placeholders(catalogue("en")[key]), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_empty_and_plurals_are_whole(lang: str) -> None:
    for key, words in catalogue(lang).items():
        forms = words if isinstance(words, Mapping) else {"other": words}
        assert all(form.strip() == form and form for form in forms.values()), key
        assert isinstance(words, str) or set(words) == CLASSES[lang], key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_alphabets_do_not_mix_inside_a_word(lang: str) -> None:
    for key, words in catalogue(lang).items():
        for form in words.values() if isinstance(words, Mapping) else [words]:
            plain = re.sub(r"\{\w+\}", " ", form)
            for word in re.findall(r"[^\W\d_]+", plain):
                alphabets = {"latin" if letter < "\u0250" else "cyrillic" for letter in word}
                assert len(alphabets) == 1, (key, word)


def test_russian_is_not_kazakh_and_kazakh_is_not_russian() -> None:
    for key, words in catalogue("ru").items():
        assert not OWN_LETTERS.search(str(words)), key
    own = [key for key, words in catalogue("kk").items() if OWN_LETTERS.search(str(words))]
    assert len(own) * 2 > len(catalogue("kk"))


@pytest.mark.parametrize(
    ("n", "shown"),
    [
        (0, "0 мандатов"),
        (1, "1 мандат"),
        (2, "2 мандата"),
        (5, "5 мандатов"),
        (11, "11 мандатов"),
        (21, "21 мандат"),
        (112, "112 мандатов"),
    ],
)
def test_russian_counts(n: int, shown: str) -> None:
    assert text("seats", "ru", n=n) == shown


@given(st.integers(min_value=0, max_value=10_000))
def test_the_plural_class_depends_on_the_last_two_digits(n: int) -> None:
    assert plural_class(n, "ru") == plural_class(n % 100, "ru")


def test_numbers_by_language() -> None:
    assert number(12035578, "kk") == "12\u202f035\u202f578"
    assert number(Fraction(5, 2), "ru", 1) == "2,5"
    assert number(-1234, "en") == "\u22121,234"
    assert number(Fraction(-1, 1000), "ru", 1) == "0,0"
    assert percent(Fraction(539, 1000), "ru") == "53,9\u202f%"
    assert percent(Fraction(539, 1000), "en") == "53.9%"
    assert signed(3) == "+3" and signed(-3) == "\u22123" and signed(0) == "0"
    assert signed(Fraction(1, 100)) == "0"


@given(st.fractions(min_value=-(10**9), max_value=10**9), st.integers(min_value=0, max_value=4))
def test_a_number_in_any_language_is_the_same_number(value: Fraction, places: int) -> None:
    english = number(value, "en", places)
    for lang in ("kk", "ru"):
        assert number(value, lang, places).replace(",", ".").replace("\u202f", ",") == english
    back = Fraction(english.replace(",", "").replace("\u2212", "-"))
    assert abs(back - value) <= Fraction(1, 2 * 10**places)


def test_days_by_language() -> None:
    held = date(2023, 3, 19)
    assert day(held, "en") == "19\u00a0March 2023"
    assert day(held, "kk") == "2023 жылғы 19\u00a0наурыз"
    assert day(held, "ru") == "19\u00a0марта 2023\u00a0года"


def test_a_name_falls_back_to_another_language_and_then_to_the_id() -> None:
    assert name_in({"en": "Auyl", "kk": "Ауыл"}, "ru", "auyl") == "Ауыл"
    assert name_in({"de": "Grüne"}, "kk", "gruene") == "Grüne"
    assert name_in({"en": ""}, "en", "x") == "x"


def test_the_language_is_given_or_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAILAU_LANG", "ru_RU")
    assert language() == "ru"
    assert language("kk-KZ") == "kk"
    monkeypatch.delenv("SAILAU_LANG")
    assert language() == "en"
    with pytest.raises(NotFound, match="tlh"):
        language("tlh")


def test_an_unknown_key_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(NotFound) as error:
        text("threshhold", "kk")
    assert "threshold" in error.value.near
