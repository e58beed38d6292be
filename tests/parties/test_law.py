"""Laws on parties as data: cited, dated without gaps, and what they say of the bar."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from sailau.parties.conditions import Members, areas_needed
from sailau.parties.judge import in_words
from sailau.parties.spans import Span
from sailau.records.registers import (
    load_areas,
    load_cases,
    load_party_editions,
    load_party_law,
    party_law_ids,
    read_party_law,
)
from sailau.terms.errors import InvalidLaw, NotFound


@pytest.mark.parametrize("name", party_law_ids())
def test_every_law_reads_and_every_condition_has_words(name: str) -> None:
    for law in load_party_editions(name):
        assert law.conditions and law.stages
        for condition in law.conditions:
            assert in_words(condition)
            assert condition.cite.split(" ")[0].rstrip(",;:") in law.texts


def test_traditions_other_than_one() -> None:
    countries = {name.split("/")[0] for name in party_law_ids()}
    assert len(countries - {"kz"}) >= 5


# Figures of the acts: kazakhstan.md 2.1, and the statutes of 1996, 2009 and 2023 as read.
EDITIONS = [
    ("1996-07-02", 3_000, 1, 10, None),
    ("2002-07-15", 50_000, 700, 11_200, "22%"),
    ("2009-02-06", 40_000, 600, 9_600, "24%"),
    ("2020-05-25", 20_000, 600, 10_200, "51%"),
    ("2022-11-05", 5_000, 200, 4_000, "80%"),
]


@pytest.mark.parametrize(("edition", "total", "per_area", "tied", "part"), EDITIONS)
def test_the_bar_and_the_part_tied_to_regions(
    edition: str, total: int, per_area: int, tied: int, part: str | None
) -> None:
    law, areas = load_party_law(f"kz/parties@{edition}"), load_areas("kz")
    assert areas is not None
    (bar,) = law.all(Members)
    units = len(areas.on(law.since, bar.kind))
    assert (bar.total, bar.per_area, bar.tied(units)) == (total, per_area, tied)
    assert part is None or f"{bar.tied(units) / bar.total:.0%}" == part


def test_between_the_new_regions_and_the_new_law() -> None:
    law, areas = load_party_law("kz/parties", on="2022-07-01"), load_areas("kz")
    assert areas is not None
    (bar,) = law.all(Members)
    assert bar.tied(len(areas.on(date(2022, 7, 1)))) == 12_000


@pytest.mark.parametrize(
    ("day", "number"), [("2018-06-18", 16), ("2018-06-19", 17), ("2022-06-07", 17), ("2022-06-08", 20)]
)
def test_regions_by_the_day(day: str, number: int) -> None:
    areas = load_areas("kz")
    assert areas is not None
    assert len(areas.on(date.fromisoformat(day))) == number


def test_editions_follow_one_another() -> None:
    editions = load_party_editions("kz/parties")
    assert [law.edition for law in editions] == [row[0] for row in EDITIONS]
    assert load_party_law("kz/parties", on="2022-11-15").edition == "2020-05-25"
    assert load_party_law("kz/parties", on="2022-11-16").edition == "2022-11-05"
    with pytest.raises(NotFound):
        load_party_law("kz/parties", on="1995-01-01")


def test_rates_are_of_the_recorded_cases() -> None:
    cases = load_cases("kz")
    assert cases is not None
    assert [(r.passed, r.tried) for r in cases.rates.values()] == [(3, 18), (2, 18), (7, 7), (16, 32)]
    low, high = cases.rates["register"].interval()
    assert (round(low, 2), round(high, 2)) == (0.02, 0.31)  # methods.md 7: 2/18, Jeffreys, 2-31 %


def test_how_many_areas() -> None:
    assert areas_needed(Fraction(1, 2), 14, strictly=True) == 8
    assert areas_needed(Fraction(1, 2), 15, strictly=True) == 8
    assert areas_needed(Fraction(1, 2), 15) == 8
    assert areas_needed(Fraction(2, 3), 21) == 14
    assert areas_needed(None, 20) == 0


def test_terms() -> None:
    assert Span.of("1 month").after(date(2024, 1, 31)) == date(2024, 2, 29)
    assert Span.of("1 year").after(date(2024, 2, 29)) == date(2025, 2, 28)
    assert Span.of("3 months").before(date(2023, 5, 31)) == date(2023, 2, 28)
    assert Span.of("40 days").before(date(2023, 3, 19)) == date(2023, 2, 7)
    assert Span.of("2 working days").after(date(2024, 7, 5)) == date(2024, 7, 9)
    assert [str(Span.of(t)) for t in ("1 month", "0 days", "19 working days")] == [
        "1 month",
        "0 days",
        "19 working days",
    ]
    with pytest.raises(ValueError, match="no term"):
        Span.of("soon")


BROKEN = [
    ("total: 5000, per_area", "totl: 5000, per_area", "'conditions.members.totl' is unknown", "did you mean total?"),
    ('cite: "pl 6(1)"}', 'cite: "xx 6(1)"}', "names the text 'xx'", "texts lists"),
    ("within: 4 months", "within: a while", "is no term", ""),
    ("after: congress, ", "after: conference, ", "filing follows 'conference'", "a stage follows start"),
    ("- members:", "- member:", "no condition 'member'", "did you mean members"),
    ("people: 700, areas: 2/3", "people: 700, areas: 0.66", "a binary float", ""),
    ("closes: registration,", "closes: regstration,", "which is no stage here", ""),
]


@pytest.mark.parametrize(("old", "new", "what", "hint"), BROKEN)
def test_a_broken_law_is_refused_with_its_place(tmp_path: Path, old: str, new: str, what: str, hint: str) -> None:
    text = Path(load_party_law("kz/parties").path).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "2022-11-05.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidLaw) as caught:
        read_party_law(path)
    assert what in str(caught.value) and hint in str(caught.value)
    assert caught.value.place is not None and caught.value.place.line is not None
