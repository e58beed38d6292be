"""Laws on parties as data: cited, dated without gaps, and what they say of the bar."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from sailau.parties.areas import Area
from sailau.parties.conditions import Board, Members, areas_needed, tied
from sailau.parties.judge import FAILS, HOLDS, UNKNOWN, in_words, judge
from sailau.parties.law import PartyLaw
from sailau.parties.roll import Roll
from sailau.parties.spans import Span
from sailau.records.registers import (
    areas_of,
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


# Laws of other traditions: spread over some of the areas, one kind of area apart, a board from many states ------------

COUNTIES = tuple(Area(f"c{i:02}", "county", names=(f"C{i:02}",)) for i in range(41))
CAPITAL = Area("capital", "capital", names=("Capital",))
DAY = date(2010, 5, 5)


def law_of(*conditions: Members | Board) -> PartyLaw:
    return PartyLaw("xx/parties", "x", "x", date(2000, 1, 1), None, conditions, (), None, {})


def romania() -> PartyLaw:
    """25,000 founders, 700 in each of 18 counties and in the capital (Law No. 14/2003, article 19(3))."""
    eighteen = Members(total=25_000, per_area=700, number=18, kind="county", cite="a")
    return law_of(eighteen, Members(per_area=700, areas="all", kind="capital", cite="a"))


def statuses(law: PartyLaw, members: dict[str, int]) -> list[tuple[str, int | None, int | None]]:
    found = judge(law, Roll(members, DAY), (*COUNTIES, CAPITAL))
    return [(v.status, v.needed, v.there) for v in found if v.area is None]


def test_so_many_areas_and_one_of_its_own_kind() -> None:
    full = {area.id: 1_350 for area in COUNTIES[:18]} | {"capital": 700}
    assert statuses(romania(), full) == [(HOLDS, 25_000, 25_000), (HOLDS, 18, 18), (HOLDS, 1, 1)]
    seventeen = full | {"c17": 699, "c18": 651}
    assert statuses(romania(), seventeen) == [(HOLDS, 25_000, 25_000), (FAILS, 18, 17), (HOLDS, 1, 1)]
    no_capital = full | {"capital": 699, "c00": 1_351}
    assert statuses(romania(), no_capital) == [(HOLDS, 25_000, 25_000), (HOLDS, 18, 18), (FAILS, 1, 0)]


def test_the_nearest_areas_are_told_where_the_law_lets_one_choose() -> None:
    members = {area.id: 700 for area in COUNTIES[:16]} | {"c20": 650, "c30": 640, "c40": 10, "capital": 700}
    found = judge(romania(), Roll(members, DAY), (*COUNTIES, CAPITAL))
    (short,) = [v for v in found if v.area is None and v.needed == 18]
    assert short.note == "nearest: C20 50, C30 60; 110 people"
    assert all(v.status == HOLDS for v in found if v.area)  # none of the counties is one that must be filled


def test_without_a_record_of_areas_a_share_of_them_is_not_judged() -> None:
    """Kenya: more than half of the counties; of how many a list cannot tell."""
    half = law_of(Members(per_area=1, areas=Fraction(1, 2), strictly=True, cite="a"))
    (spread,) = [v for v in judge(half, Roll({"a": 5, "b": 5}, DAY), ()) if v.area is None]
    assert (spread.status, spread.needed) == (UNKNOWN, None) and "not on record" in spread.note
    five = law_of(Members(per_area=1, number=2, cite="a"))
    assert [v.status for v in judge(five, Roll({"a": 5, "b": 5}, DAY), ()) if v.area is None] == [HOLDS]
    assert [v.status for v in judge(five, Roll({"a": 5}, DAY), ()) if v.area is None] == [FAILS]


def test_what_all_conditions_bind_to_areas_together() -> None:
    units = {"county": 41, "capital": 1}
    assert tied(romania().all(Members), units) == 19 * 700
    ten, two = Members(per_area=200, number=10, cite="a"), Members(per_area=300, number=1, kind="capital", cite="a")
    assert tied([ten], units) == 2_000
    assert tied([ten, two], units) == 2_100  # 300 in the capital, 200 in nine counties


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Members(per_area=200, number=10, cite="a"), "members, 200 in each of 10 areas"),
        (Members(per_area=700, number=18, kind="county", cite="a"), "members, 700 in each of 18 counties"),
        (Members(per_area=700, areas="all", kind="capital", cite="a"), "members, 700 in each capital"),
        (Members(per_area=9, number=1, kind="island", cite="a"), "members, 9 in one island"),
        (Members(total=9, areas=Fraction(2, 3), of="region", cite="a"), "9 members, from 2/3 of the regions"),
        (Board(of="board", unit="state", areas=Fraction(2, 3), cite="a"), "board from 2/3 of the states"),
        (Board(of="board", unit="state", number=24, people=30, cite="a"), "board from 24 states, 30 people"),
    ],
)
def test_conditions_say_how_many_areas_of_which_kind(condition: Members | Board, words: str) -> None:
    assert in_words(condition) == words


@pytest.mark.parametrize(
    ("terms", "what"),
    [
        ({"per_area": 200}, "nothing says in how many areas"),
        ({"per_area": 200, "areas": "all", "number": 3}, "as a share and as a number"),
        ({"total": -1}, "below 0"),
    ],
)
def test_numbers_that_no_law_can_mean(terms: dict[str, int], what: str) -> None:
    with pytest.raises(InvalidLaw, match=what):
        Members(cite="a", **terms)  # type: ignore[arg-type]


def test_a_law_that_counts_areas_nobody_wrote_down(tmp_path: Path) -> None:
    text = Path(load_party_law("kz/parties").path).read_text(encoding="utf-8")
    path = tmp_path / "zz" / "parties" / "2022-11-05.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text.replace("areas: kz", "areas: zz"), encoding="utf-8")
    with pytest.raises(InvalidLaw, match="counts the areas of 'zz', which are not on record"):
        areas_of(read_party_law(path), (tmp_path,))
    areas = "areas: zz\nname: Z\nunits:\n  a: {kind: region, names: [A]}\n"
    path.parents[1].joinpath("areas.yaml").write_text(areas, encoding="utf-8")
    assert areas_of(read_party_law(path), (tmp_path,)) is not None
    other = path.with_name("2023-01-01.yaml")
    other.write_text(text.replace("areas: kz", "areas: zz").replace("areas: all", "kind: regoin, areas: all"), "utf-8")
    with pytest.raises(InvalidLaw, match=r"no kind of area 'regoin'(.|\n)*region"):
        areas_of(read_party_law(other), (tmp_path,))
