"""Bars, sweeps, flows and dots: lengths follow the figures, nothing leaves the page, names and sentences survive."""

import re
from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations, pairwise
from math import hypot
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.plots.dots import DOTS, SMALL, quantile, seat_dots
from sailau.plots.flows import flows
from sailau.plots.hemicycle import hemicycle
from sailau.plots.lettering import fit, fit_name, width_of, wrap
from sailau.plots.palette import MARKS, looks
from sailau.plots.save import rendered
from sailau.plots.seatbars import seat_bars
from sailau.plots.shade import CLOSE, distance
from sailau.plots.style import Style
from sailau.plots.sweep import sweep_picture
from sailau.plots.ticks import apart, ticks
from sailau.terms.errors import InvalidSeats

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ["a, b", "«Ақ жол»", 'He said "no"', "<script>", "R&D", "ӘҒҚҢӨҰҮІҺ", "x" * 300, "nul\x00\x0b"]
SEATS = {"a": 40, "b": 20, "c": 9}


def pictures(name: str, lang: str = "en") -> list[str]:
    seats = {name: 3, "x": 2}
    runs = {name: {2: 10, 3: 80, 4: 10}, "x": {1: 10, 2: 90}}
    return [
        hemicycle(seats, Style(name, lang=lang, source=name), vacant=2),
        seat_bars(seats, Style(name, lang=lang, source=name), before={"x": 5}, majority=3),
        sweep_picture([("1%", seats), ("2%", None)], Style(name, lang=lang), axis=name, now="1%"),
        flows(seats, {"x": 5}, Style(name, lang=lang), heads=(name, name)),
        seat_dots(runs, Style(name, lang=lang), majority=3, actual=seats),
    ]


def inside(picture: str) -> None:
    """Fail if a word or a shape leaves the page."""
    root = ElementTree.fromstring(picture)
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    for word in root.iter(f"{SVG}text"):
        long = width_of(word.text or "", float(word.get("font-size", 0)), bold=bool(word.get("font-weight")))
        left = float(word.get("x", 0)) - {"start": 0.0, "middle": long / 2, "end": long}[word.get("text-anchor", "")]
        assert left >= -1 and left + long <= width + 1, (word.text, left, long)
        assert 0 <= float(word.get("y", 0)) <= height, word.text
    for box in root.iter(f"{SVG}rect"):
        assert float(box.get("x", 0)) >= 0 and float(box.get("x", 0)) + float(box.get("width", 0)) <= width + 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["en", "kk", "ru"])
def test_names_survive_and_nothing_leaves_the_page(name: str, lang: str) -> None:
    for picture in pictures(name, lang):
        root = ElementTree.fromstring(picture)
        assert root.findtext(f"{SVG}title") == name.strip("\x00\x0b")
        assert name.strip("\x00\x0b") in " ".join(root.itertext())
        assert (
            root.get("role") == "img"
            and root.get("viewBox")
            and root.get("aria-label", "").startswith(name.strip("\x00\x0b"))
        )
        assert re.findall(r"(?:href|src|url)\s*[=(]", picture) == []
        inside(picture)


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("suffix", [".png", ".pdf"])
def test_every_picture_can_be_saved(number: int, suffix: str) -> None:
    assert rendered(pictures("Ақ жол")[number], suffix)


@pytest.mark.parametrize("seats", [{}, {"a": 0}, {"a": -1, "b": 5}, {"a": 6000}])
def test_a_house_that_cannot_be_drawn_is_refused(seats: Mapping[str, int]) -> None:
    with pytest.raises(InvalidSeats):
        hemicycle(seats, Style("T"))


def bars(picture: str, height: str) -> dict[str, float]:
    root = ElementTree.fromstring(picture)
    return {
        (box.findtext(f"{SVG}title") or "").split(":")[0]: float(box.get("width", 0))
        for box in root.iter(f"{SVG}rect")
        if box.get("height") == height and box.findtext(f"{SVG}title")
    }


def test_bars_are_as_long_as_their_seats() -> None:
    long = bars(seat_bars(SEATS, Style("T"), majority=35), "20")
    assert long["a"] == pytest.approx(2 * long["b"], abs=0.02) == pytest.approx(long["c"] * 40 / 9, abs=0.06)


def test_a_bar_says_how_it_changed() -> None:
    picture = seat_bars({"a": 43, "b": 0}, Style("T"), before={"a": 40, "b": 4})
    assert "43 (+3)" in picture and "0 (−4)" in picture


def test_a_sweep_stacks_every_seat_of_every_column() -> None:
    picture = sweep_picture([("1%", SEATS), ("2%", {"a": 50, "b": 19})], Style("T"), axis="A")
    root = ElementTree.fromstring(picture)
    tall: dict[str, float] = {}
    for box in root.iter(f"{SVG}rect"):
        said = box.findtext(f"{SVG}title") or ""
        if "%: " in said:
            tall[said.split(":")[0]] = tall.get(said.split(":")[0], 0) + float(box.get("height", 0))
    assert tall["1%"] == pytest.approx(330, abs=0.1) and tall["2%"] == pytest.approx(330, abs=0.1)


def test_a_sweep_says_where_the_law_leads_to_nothing() -> None:
    assert "the law leads to no outcome: 60%" in sweep_picture([("5%", SEATS), ("60%", None)], Style("T"), axis="A")


def test_flows_lose_no_seat() -> None:
    before, after = {"a": 40, "b": 20, "c": 9}, {"a": 45, "b": 24, "c": 0}
    root = ElementTree.fromstring(flows(before, after, Style("T"), heads=("x", "y")))
    stock = [box for box in root.iter(f"{SVG}rect") if box.findtext(f"{SVG}title") == "9 seats move"]
    kept = [box for box in root.iter(f"{SVG}rect") if box.findtext(f"{SVG}title") == "a: 40"]
    assert float(stock[0].get("height", 0)) / 9 == pytest.approx(float(kept[0].get("height", 0)) / 40, rel=1e-2)


@given(st.dictionaries(st.integers(0, 100), st.integers(1, 500), min_size=2))
def test_forty_dots_whatever_the_runs(histogram: dict[int, int]) -> None:
    root = ElementTree.fromstring(seat_dots({"a": histogram}, Style("T")))
    assert len(list(root.iter(f"{SVG}circle"))) == DOTS


def test_what_never_varies_is_no_cloud() -> None:
    root = ElementTree.fromstring(seat_dots({"a": {7: 100}, "b": {1: 50, 2: 50}}, Style("T")))
    assert len(list(root.iter(f"{SVG}circle"))) == DOTS
    assert "7  (7–7)" in " ".join(root.itertext())


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60), st.fractions(0, 1))
def test_a_quantile_leaves_its_share_below(runs: list[int], share: Fraction) -> None:
    found = quantile({n: runs.count(n) for n in set(runs)}, share)
    assert sum(n <= found for n in runs) >= share * len(runs)
    assert sum(n < found for n in runs) < share * len(runs) or found == min(runs)


@given(st.integers(1, 10**6), st.integers(2, 12))
def test_ticks_are_few_and_even(most: int, about: int) -> None:
    found = ticks(most, about=about)
    assert found[0] == 0 and found[-1] <= most and len(found) <= about + 1
    assert len({b - a for a, b in pairwise(found)}) <= 1


@given(st.lists(st.floats(0, 100), min_size=1, max_size=12))
def test_labels_stand_apart_and_in_order(places: list[float]) -> None:
    found = apart(places, 5, low=0, high=100)
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    assert all(found[b] - found[a] >= 5 - 1e-6 for a, b in pairwise(order))
    assert all(-1e-6 <= at <= 100 + 1e-6 for at in found)


@given(st.lists(st.from_regex("#[0-9a-f]{6}", fullmatch=True), max_size=9, unique=True))
def test_no_two_parties_look_the_same(colours: list[str]) -> None:
    found = looks([f"p{i}" for i in range(9)], {f"p{i}": c for i, c in enumerate(colours)})
    seen = list(found.values())
    for i, one in enumerate(seen):
        for other in seen[:i]:
            assert one.mark != other.mark or distance(one.fill, other.fill) >= CLOSE


def test_twenty_parties_look_different() -> None:
    found = looks([f"p{i}" for i in range(20)])
    assert len({(look.fill, look.mark) for look in found.values()}) == 20
    assert len({look.mark for look in looks("abcdefghi", patterns="all").values()}) == len(MARKS)


@given(st.text(max_size=60), st.floats(5, 300))
def test_what_is_fitted_fits(words: str, room: float) -> None:
    assert width_of(fit(words, 12, room), 12) <= room + 1e-6  # sums of widths are floats
    assert width_of(fit_name(words, 12, room), 12) <= room + 1e-6
    assert " ".join(wrap(words, 12, room)) == re.sub(r"[ \t\r\n\f\v]+", " ", words).strip(" ")


def test_many_parties_of_one_seat_at_most_share_a_line() -> None:
    large = {"big": {40: 5, 42: 5}, "mid": {20: 10}}
    few = {f"p{i}": {0: 9, 1: 1} for i in range(SMALL)}
    assert seat_dots({**large, **few}, Style("T")).count("not drawn") == 0
    many = seat_dots({**large, **few, "p_more": {0: 10}}, Style("T", names={"p_more": "One more"}))
    assert "7 parties with one seat at most are not drawn" in many and "One more" in many
    assert many.count("<circle") < seat_dots({**large, **few}, Style("T")).count("<circle")
    held = seat_dots({**large, **few, "p_more": {0: 10}}, Style("T"), actual={"p_more": 2})
    assert "not drawn" not in held, "a party of the day is hidden"


@pytest.mark.parametrize("seats", [3, 8, 40, 98, 300])
@pytest.mark.parametrize("spread", [0, 1, 7])
def test_dots_can_be_counted_however_steep_a_party_is(seats: int, spread: int) -> None:
    histogram = {max(0, seats - spread): 100, seats: 3000, seats + spread + 1: 60}
    root = ElementTree.fromstring(seat_dots({"a": histogram, "b": {0: 1, seats: 99}}, Style("T")))
    dots = [[float(c.get(name, 0)) for name in ("cx", "cy", "r")] for c in root.iter(f"{SVG}circle")]
    assert len(dots) == 2 * DOTS
    for (x, y, r), (other_x, other_y, other_r) in combinations(dots, 2):
        assert hypot(x - other_x, y - other_y) >= r + other_r - 0.02, "two dots look like one"
