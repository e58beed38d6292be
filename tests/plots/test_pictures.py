"""Pictures: every seat drawn once, nothing overlaps, names survive, the sentence is true."""

import re
from itertools import pairwise
from math import hypot
from xml.etree import ElementTree

import pytest

from sailau.plots.bars import coalition_ladder, share_bars
from sailau.plots.curve import paths, seats_votes_curve
from sailau.plots.hemicycle import hemicycle
from sailau.plots.style import Style

SVG = "{http://www.w3.org/2000/svg}"
SIZES = [1, 2, 5, 9, 10, 21, 69, 98, 107, 145, 435, 630, 650, 720]


def circles(picture: str) -> list[tuple[float, float, float, str]]:
    root = ElementTree.fromstring(picture)
    return [
        (float(c.get("cx", 0)), float(c.get("cy", 0)), float(c.get("r", 0)), c.get("fill", ""))
        for c in root.iter(f"{SVG}circle")
    ]


@pytest.mark.parametrize("total", SIZES)
def test_one_dot_a_seat_and_none_touches_another(total: int) -> None:
    parties = {f"p{i}": total // 3 + (i < total % 3) for i in range(3)}
    dots = circles(hemicycle(parties, Style("T"), majority=total // 2 + 1))
    assert len(dots) == total
    for i, (x, y, r, _) in enumerate(dots):
        for other_x, other_y, other_r, _ in dots[i + 1 :]:
            assert hypot(x - other_x, y - other_y) >= r + other_r - 0.05


@pytest.mark.parametrize("total", SIZES)
def test_few_seats_stand_in_one_row(total: int) -> None:
    dots = circles(hemicycle({"a": total}, Style("T")))
    floor = max(y for _, y, _, _ in dots) if total > 1 else dots[0][1] + 110
    rows = {round(hypot(x - 380, y - floor)) for x, y, _, _ in dots}
    assert (len(rows) == 1) is (total <= 14)


def test_parties_stand_together_from_left_to_right() -> None:
    dots = circles(hemicycle({"left": 30, "middle": 20, "right": 48}, Style("T")))
    fills = [fill for _, _, _, fill in dots]
    assert len([1 for a, b in pairwise(fills) if a != b]) == 2


def test_seats_that_changed_are_outlined() -> None:
    picture = hemicycle({"a": 10, "b": 11}, Style("T"), changed={"b": 3})
    assert picture.count('stroke="#1b1b1b"') == 3


@pytest.mark.parametrize("name", ["a, b", "«Ақ жол»", 'He said "no"', "<script>", "R&D", "ӘҒҚҢӨҰҮІҺ"])
def test_names_survive(name: str) -> None:
    for picture in (
        hemicycle({name: 3, "x": 2}, Style(name)),
        share_bars({"seats": {name: 0.6, "x": 0.4}}, Style(name)),
        coalition_ladder([{name: 3, "x": 2}], Style(name), total=9, majority=5),
        paths({name: [(1, 0.1, 0.0, 0.2), (2, 0.2, 0.1, 0.3)]}, title=name, axis="y"),
        seats_votes_curve([(0, 0), (1, 1)], Style(name), actual=(0.5, 0.5), party=name),
    ):
        root = ElementTree.fromstring(picture)
        assert root.findtext(f"{SVG}title") == name
        assert name in " ".join(root.itertext())
        assert root.get("role") == "img" and root.get("viewBox")


def test_the_sentence_says_what_the_picture_shows() -> None:
    root = ElementTree.fromstring(hemicycle({"a": 62, "b": 36}, Style("Mazhilis"), majority=50))
    assert root.get("aria-label") == "Mazhilis. 98 seats: a 62, b 36."


def test_bars_are_as_long_as_their_shares() -> None:
    picture = share_bars({"seats": {"a": 0.5, "b": 0.25}}, Style("T"))
    widths = [float(w) for w in re.findall(r'width="([\d.]+)" height="13"', picture)]
    assert widths[0] == pytest.approx(2 * widths[1])


def test_a_ladder_shows_what_is_to_spare() -> None:
    picture = coalition_ladder([{"a": 40, "b": 20}], Style("T"), total=100, majority=51)
    assert "60 (+9)" in picture
    assert "majority 51 of 100" in picture


def test_no_picture_calls_for_anything_outside() -> None:
    picture = hemicycle({"a": 3}, Style("T"))
    assert re.findall(r"(?:href|src|url)\s*[=(]", picture) == []
