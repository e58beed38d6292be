"""Pictures of forecasts: every poll is there, lines pass through the medians, and a single day is no line."""

import re
from datetime import date, timedelta
from fractions import Fraction

import numpy as np

from sailau.locale import day
from sailau.plots.forecast import seats_picture, trend_picture
from sailau.plots.style import Style
from sailau.runs.summary import Summary
from sailau.votes.polls.poll import Anchor, Poll, Polls
from sailau.votes.polls.trend import Trend

DAY = date(2020, 1, 1)


def polls(days: list[int], anchors: tuple[Anchor, ...] = ()) -> Polls:
    shares = {"a <b>": Fraction(1, 2), "b": Fraction(3, 10), "others": Fraction(1, 5)}
    made = [Poll(DAY + timedelta(days=d), DAY + timedelta(days=d), "Fa & Co", shares, n=1000) for d in days]
    return Polls.of(made, anchors)


def line(days: list[int]) -> Trend:
    middle = np.tile([0.5, 0.3, 0.2], (len(days), 1))
    return Trend(tuple(DAY + timedelta(days=d) for d in days), ("a <b>", "b", "others"), (0.05, 0.5, 0.95),
                 np.stack([middle * 0.9, middle, middle * 1.1]))  # fmt: skip


def test_every_poll_is_a_dot_and_every_result_a_ring() -> None:
    result = Anchor(DAY, {"a <b>": Fraction(1, 2), "b": Fraction(3, 10), "others": Fraction(1, 5)})
    svg = trend_picture(line([0, 100, 400]), polls([0, 50, 90, 300], (result,)), Style("Forecast & trend"))
    assert svg.count("<circle") == 2 * 4 + 2
    assert svg.count("<polyline") == 2 and svg.count("<polygon") == 2
    assert "a &lt;b&gt; 50.0%" in svg and "Fa &amp; Co" in svg and "<b>" not in svg
    assert day(DAY) in svg and "others" not in svg


def test_lines_stay_inside_the_picture() -> None:
    svg = trend_picture(line([0, 3, 900]), polls([0, 3, 899]), Style("x"))
    width, height = (float(x) for x in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())
    for x, y in re.findall(r"([\d.]+),([\d.]+)", " ".join(re.findall(r'points="([^"]+)"', svg))):
        assert 0 <= float(x) <= width and 0 <= float(y) <= height


def test_a_single_day_is_drawn_upright() -> None:
    svg = trend_picture(line([0]), polls([0, 0, 0]), Style("x"))
    assert svg.count("<circle") == 6 and "<polyline" not in svg and "All polls are of 2020-01-01" in svg


def test_parties_without_hope_stand_in_the_notes() -> None:
    summary = Summary(100, ("a", "b", "c"), ((0, 0, 0, 60, 40), (0, 40, 60), (99, 1)), None, {})
    svg = seats_picture(summary, Style("Seats"))
    assert "No seat in 95% of the runs or more: c." in svg and svg.count("<circle") == 80
