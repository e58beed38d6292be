"""Australia 2004-07, 239 polls: the house effects that a random walk pinned at both elections finds.

Figures of reference: penalised maximum likelihood on the shares of one party, house effects N(0, 10 points).
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import inf, sqrt

import pytest

from sailau.records.polls.library import load_polls
from sailau.votes.polls.fit import Fit, fit
from sailau.votes.polls.poll import OTHERS, Anchor, Polls
from sailau.votes.polls.priors import Priors, Size
from sailau.votes.polls.trend import effects, trend

PUBLISHED = {"Morgan, F2F": 3.05, "Newspoll": 1.51, "Nielsen": 1.32, "Morgan, Phone": 0.95, "Galaxy": -0.99}
POINT = 0.01 / 0.245 / sqrt(2)
"""A point of a party with 43% in the one coordinate of two contenders."""


@pytest.fixture(scope="module")
def pinned() -> Fit:
    given = load_polls("au/representatives/2007-11-24")
    two = [
        replace(poll, shares={"alp": poll.shares["alp"], OTHERS: 1 - poll.shares["alp"]}) for poll in given.polls.polls
    ]
    ends = [
        Anchor(date(2004, 10, 9), {"alp": Fraction("0.3764"), OTHERS: Fraction("0.6236")}),
        Anchor(date(2007, 11, 24), {"alp": Fraction("0.4338"), OTHERS: Fraction("0.5662")}),
    ]
    priors = Priors(step=Size(0.01, inf), house=Size(10 * POINT), excess=None, error=0)
    return fit(Polls.of(two, ends), date(2007, 11, 24), priors)


def test_house_effects(pinned: Fit) -> None:
    found = {effect.name: 100 * effect.added[0] for effect in effects(pinned)}
    assert found == pytest.approx(PUBLISHED, abs=0.15)


def test_the_day_s_step(pinned: Fit) -> None:
    assert pinned.mixture.modes[0].sizes.step / POINT == pytest.approx(0.416, abs=0.05)


def test_the_peak(pinned: Fit) -> None:
    day, share = trend(pinned, every=1, draws=4000).peak("alp")
    assert abs((day - date(2007, 4, 21)).days) <= 3
    assert 100 * share == pytest.approx(48.6, abs=0.2)
