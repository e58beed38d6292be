"""Turnout moves votes, never above the register; errors of the past come as they were."""

from fractions import Fraction

import numpy as np
import pytest

import sailau as sl
from sailau.runs.chance import Chance
from sailau.runs.field import Field
from sailau.runs.layout import Layout
from sailau.runs.replay import law_of
from sailau.runs.turnout import Group
from sailau.terms.errors import Invalid, NotFound
from sailau.terms.tally import Ballots, Tally

KEY = (5, 6)


def field(registered: int | None = 20_000) -> Field:
    north = {"a": 5000, "b": 3000, "c": 2000, "blank": 77}
    south = {"a": 100, "b": 900, "c": 1000, "blank": 8}
    totals = {"north": {"registered": registered}, "south": {"registered": 2100}} if registered else {}
    tally = Tally({"provinces": Ballots({"north": north, "south": south}, totals)})
    return Field.of(Layout.of(law_of(sl.load_election("es/congreso/2016-06-26")), tally))


def moved(turnout: sl.Turnout, votes: Field, n: int = 4000, first: int = 0) -> np.ndarray:
    turnout.check(votes)
    return turnout.move(votes, np.repeat(votes.observed[None, :], n, axis=0), Chance(KEY, first, n))


def test_log_odds_of_turnout_have_their_spread() -> None:
    votes = field()
    drawn = moved(sl.Turnout(sd="0.2"), votes)
    columns = votes.spans[0][0]
    share = (drawn[:, columns].sum(axis=1) + 77) / 20_000
    odds = np.log(share / (1 - share))
    start = 10_077 / 20_000
    assert odds.mean() == pytest.approx(np.log(start / (1 - start)), abs=0.02)
    assert odds.std() == pytest.approx(0.2, rel=0.05)
    parts = drawn[:, columns] / drawn[:, columns].sum(axis=1, keepdims=True)
    assert np.abs(parts - votes.observed[columns] / 10_000).max() < 0.001  # parties gain and lose alike
    assert (drawn[:, votes.party < 0] == votes.observed[votes.party < 0]).all()


def test_nobody_votes_who_is_not_registered() -> None:
    votes = field()
    groups = {"all": Group(sd="1", of={"a": "1", "b": "1", "c": "1"})}
    drawn = moved(sl.Turnout(sd="2", groups=groups), votes)
    for (columns, _), most in zip(votes.spans, (20_000, 2100), strict=True):
        assert drawn[:, columns].sum(axis=1).max() <= most
        assert drawn[:, columns].min() >= 0


def test_without_a_register_votes_scatter_by_their_logarithm() -> None:
    votes = field(None)
    assert votes.odds == (None, None)
    logs = np.log(moved(sl.Turnout(sd="0.1", district_sd="0.2"), votes)[:, votes.spans[0][0]].sum(axis=1) / 10_000)
    assert logs.std() == pytest.approx(np.hypot(0.1, 0.2), rel=0.05)


def test_a_group_moves_the_parties_it_votes_for() -> None:
    votes = field(None)
    young = {"young": Group(sd="10%", of={"a": "50%"})}
    drawn = moved(sl.Turnout(groups=young), votes)
    first = votes.spans[0][0]
    assert (drawn[:, first[1:]] == votes.observed[first[1:]]).all()
    assert (drawn[:, first[0]] / 5000).std() == pytest.approx(0.05, rel=0.1)


def test_districts_move_by_themselves_and_blocks_do_not_matter() -> None:
    votes = field()
    model = sl.Turnout(sd="0.1", district_sd="0.3", groups={"g": Group(sd="0.1", of={"b": "0.3"})})
    drawn = moved(model, votes, 300)
    totals = [drawn[:, columns].sum(axis=1) for columns, _ in votes.spans]
    assert np.corrcoef(totals)[0, 1] < 0.5
    for first, n in ((0, 1), (17, 3), (120, 64)):
        assert (moved(model, votes, n, first) == drawn[first : first + n]).all()


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: sl.Turnout(sd="-1"), "negative"),
        (lambda: sl.Turnout(sd=0.1), "exact"),  # type: ignore[arg-type]
        (lambda: Group(sd="1", of={"a": "120%"}), "0% to 100%"),
    ],
)
def test_turnouts_that_are_none_are_refused(make: object, what: str) -> None:
    with pytest.raises(Invalid, match=what):
        make()  # type: ignore[operator]


def test_groups_fit_the_field() -> None:
    with pytest.raises(NotFound, match="nobody"):
        sl.Turnout(groups={"g": Group(sd="1", of={"nobody": "10%"})}).check(field())
    two = {"g": Group(sd="1", of={"a": "60%"}), "h": Group(sd="1", of={"a": "50%"})}
    with pytest.raises(Invalid, match="110"):
        sl.Turnout(groups=two).check(field())


def test_turnout_decides_where_the_bar_is_a_share_of_the_registered() -> None:
    law = sl.load_law("kz/mazhilis", on="2023-03-19").replace({"list.threshold.of": "registered"})
    tally = Tally.of({"a": 900, "b": 101}, registered=2000)
    still = sl.simulate(law, tally, noise=sl.Swing(sd="0%"), n=300, seed=1).summary
    comes = sl.simulate(law, tally, noise=sl.Swing(sd="0%"), turnout=sl.Turnout(sd="0.3"), n=300, seed=1).summary
    place = still.parties.index("b")
    assert still.passed is not None and comes.passed is not None
    assert still.passed[place] == 300 and 100 < comes.passed[place] < 200


def national(noise: sl.PastErrors, counts: dict[str, int], n: int = 4000) -> np.ndarray:
    layout = Layout.of(sl.load_law("kz/mazhilis", on="2023-03-19"), Tally.of(counts))
    votes = Field.of(layout)
    noise.check(votes)
    return noise.draw(votes, Chance(KEY, 0, n)) / sum(counts.values())


@pytest.mark.parametrize("kind", ["logistic", "uniform"])
def test_every_run_meets_one_of_the_errors(kind: str) -> None:
    errors = [{"a": "5%", "b": "-5%"}, {"a": "-2%", "c": "2%"}]
    shares = national(sl.PastErrors(errors=errors, kind=kind), {"a": 5_000_000, "b": 3_000_000, "c": 2_000_000})  # type: ignore[arg-type]
    kinds = {tuple(row) for row in np.round(shares, 6).tolist()}
    assert kinds == {(0.55, 0.25, 0.2), (0.48, 0.3, 0.22)}
    assert (shares[:, 0] > 0.5).mean() == pytest.approx(0.5, abs=0.032)  # four standard errors of 4,000 picks


def test_mirrored_errors_come_with_both_signs() -> None:
    noise = sl.PastErrors(errors=[{"a": "5%", "b": "-5%"}], mirror=True)
    shares = national(noise, {"a": 500_000, "b": 500_000})
    assert {round(x, 5) for x in shares[:, 0].tolist()} == {0.45, 0.55}


def test_an_error_below_nothing_leaves_nothing() -> None:
    shares = national(sl.PastErrors(errors=[{"b": "-30%"}]), {"a": 900_000, "b": 100_000}, 10)
    assert (shares[:, 1] == 0).all() and (shares[:, 0] == 1).all()


@pytest.mark.parametrize("kind", ["logistic", "uniform"])
def test_what_an_error_leaves_open_goes_to_those_it_does_not_name(kind: str) -> None:
    noise = sl.PastErrors(errors=[{"a": "5%"}, {"a": "1%", "b": "1%"}], kind=kind)  # type: ignore[arg-type]
    shares = national(noise, {"a": 5_000_000, "b": 3_000_000, "c": 2_000_000})
    kinds = {tuple(row) for row in np.round(shares, 6).tolist()}
    assert kinds == {(0.55, 0.27, 0.18), (0.51, 0.31, 0.18)}


def test_errors_between_elections_are_changes_of_shares() -> None:
    names = ("kz/mazhilis/2016-03-20", "kz/mazhilis/2021-01-10", "kz/mazhilis/2023-03-19")
    elections = [sl.load_election(name) for name in names]
    made = sl.PastErrors.between(elections, tier="list")
    assert len(made.errors) == 2
    for row in made.errors:
        assert sum(Fraction(points) for points in row.values()) == 0
    lines = [election.tally.tiers["list"].votes["nation"] for election in elections[1:]]
    shares = [
        Fraction(line["auyl"], sum(n for name, n in line.items() if name not in ("invalid", "blank"))) for line in lines
    ]
    assert made.errors[1]["auyl"] == shares[1] - shares[0]


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: sl.PastErrors(errors=[]), "no errors"),
        (lambda: sl.PastErrors(errors=[{"a": 0.1}]), "exact"),  # type: ignore[dict-item]
        (lambda: sl.PastErrors(errors=[{"a": "5"}]), "100%"),
        (lambda: sl.PastErrors(errors=[{"a": "5%"}], kind="wild"), "wild"),  # type: ignore[arg-type]
        (lambda: sl.PastErrors.between([]), "two do"),
    ],
)
def test_errors_that_are_none_are_refused(make: object, what: str) -> None:
    with pytest.raises(Invalid, match=what):
        make()  # type: ignore[operator]


def test_errors_of_nobody_are_refused() -> None:
    with pytest.raises(NotFound, match="past"):
        national(sl.PastErrors(errors=[{"nobody": "5%"}]), {"a": 5, "b": 5})
