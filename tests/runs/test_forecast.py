"""From polls to seats: national shares come out as drawn, districts follow, and what is not known is said."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest

import sailau as sl
from sailau.records.results.names import resolve
from sailau.runs.backtest import LAST, backtest, implied_error, mean_of
from sailau.runs.chance import Chance
from sailau.runs.forecast import Asked, areas_of, bar_of, forecast
from sailau.runs.forecast_ground import anchor_of, called, ground, known_to, law_for
from sailau.runs.forecast_noise import PolledShares
from sailau.runs.job import Job
from sailau.runs.replay import law_of
from sailau.terms.errors import Invalid, NotFound
from sailau.terms.tally import AGAINST_ALL
from sailau.votes.polls.basis import to_points
from sailau.votes.polls.day import ElectionDay
from sailau.votes.polls.poll import OTHERS, Poll, Polls

DAY = date(2023, 3, 1)
KZ = {"amanat": 53, "auyl": 11, "respublica": 8.6, "aq_jol": 8.4, "qhp": 6.8, "nsdp": 5, "baytaq": 3, "others": 4.2}


def polls(shares: dict[str, float], n: int = 14, *, first: date = DAY, **more) -> Polls:
    whole = {name: Fraction(str(x)) for name, x in shares.items()}
    parts = {name: x / sum(whole.values()) for name, x in whole.items()}
    days = [first + timedelta(days=i) for i in range(n)]
    return Polls.of([Poll(day, day, f"house {i % 3}", parts, n=1000, **more) for i, day in enumerate(days)])


def sure(contenders: tuple[str, ...], shares: list[float]) -> ElectionDay:
    d = len(contenders) - 1
    return ElectionDay(
        contenders, np.ones(1), to_points(np.array(shares))[None, :], np.zeros((1, d, d)), np.zeros((d, d))
    )


@pytest.fixture(scope="module")
def kz() -> sl.Law:
    return sl.load_law("kz/mazhilis", on="2023-03-19")


def test_a_list_law_needs_polls_alone(kz: sl.Law) -> None:
    found = forecast(polls(KZ), kz, day=date(2023, 3, 19), n=4000, seed=3, coalitions={"rest": ("auyl", "respublica")})
    low, middle, high = found.quantiles()["amanat"]
    assert low < 0.53 < high and middle == pytest.approx(0.53, abs=0.01) and 0.05 < high - low < 0.2
    # the chance of the bar is that of the share, against all and others in its base
    column = found.fit.polls.contenders.index("nsdp")
    assert found.bars["nsdp"] == pytest.approx((found.shares[:, column] >= 0.05).mean(), abs=0.002)
    assert found.runs.summary.decided == 4000
    assert OTHERS not in found.runs.summary.parties
    together = found.runs.draws[:, [found.runs.parties.index(p) for p in ("auyl", "respublica")]].sum(axis=1)
    assert found.together(("auyl", "respublica")) == tuple(
        int(x) for x in np.quantile(together, (0.05, 0.5, 0.95), method="inverted_cdf")
    )
    said = " ".join(found.notes)
    assert "no election result anchors" in said and "no recent poll says how many are undecided" in said
    assert "district are not forecast" in said and "win no seat" in said


def test_few_polls_are_said_to_be_few_and_give_wider_intervals(kz: sl.Law) -> None:
    few = forecast(polls(KZ, 3), kz, day=date(2023, 3, 19), n=500)
    many = forecast(polls(KZ, 14), kz, day=date(2023, 3, 19), n=500)
    assert few.fit.few and any("too few to learn from" in note for note in few.notes)
    assert not many.fit.few and not any("too few" in note for note in many.notes)
    width = [f.quantiles()["auyl"][2] - f.quantiles()["auyl"][0] for f in (few, many)]
    assert width[0] > 1.2 * width[1]


def test_the_same_seed_gives_the_same_bytes_for_any_workers_and_blocks(kz: sl.Law) -> None:
    asked = Asked(day=date(2023, 3, 19), n=3000, seed=9)
    one, two = forecast(polls(KZ), kz, asked=asked), forecast(polls(KZ), kz, asked=asked, workers=2)
    assert one.runs.summary.to_json() == two.runs.summary.to_json()
    job = one.runs.job
    whole = job.block(0, 3000)
    parts = [job.block(first, n) for first, n in ((0, 1), (1, 999), (1000, 37), (1037, 1963))]
    assert sum(parts[1:], parts[0]).to_json() == whole.to_json() == one.runs.summary.to_json()
    other = forecast(polls(KZ), kz, asked=asked, seed=10)
    assert other.runs.summary.to_json() != whole.to_json()


@pytest.mark.parametrize("kind", ["logistic", "uniform"])
@pytest.mark.parametrize("name", ["gb/commons/2019-12-12", "no/storting/2021-09-13"])
def test_districts_follow_and_the_nation_comes_out_as_polled(name: str, kind) -> None:
    base = sl.load_election(name)
    law = law_of(base)
    contenders = (*sorted(anchored(base), key=lambda p: -anchored(base)[p])[:4], OTHERS)
    before = [anchored(base)[p] for p in contenders[:-1]]
    shares = [before[0] - 0.05, before[1] + 0.05, *before[2:]]
    shares = [*shares, 1 - sum(shares)]
    made = ground(law, contenders, shares, base)
    noise = PolledShares(day=sure(contenders, shares), parties=made.parties, areas=areas_of(law, made), kind=kind)
    job = Job(law, made.tally, noise, 1)
    votes, field = job.draw(0, 1)[0], job.votes
    for party, share in zip(contenders[:-1], shares, strict=False):
        drawn = votes[field.party == field.parties.index(party)].sum() / votes[field.party >= 0].sum()
        assert drawn == pytest.approx(share, abs=0.004), party
    for columns, total in field.spans:
        assert votes[columns].sum() == pytest.approx(total, abs=len(columns))


def anchored(base: sl.Election) -> dict[str, float]:
    found = anchor_of(base, tuple(known_to(base)))
    return {name: float(share) for name, share in found.shares.items() if name != OTHERS}


@pytest.mark.parametrize("name", ["gb/commons/2019-12-12", "nz/house/2017-09-23", "se/riksdag/2022-09-11"])
def test_polls_that_repeat_the_last_election_repeat_its_seats(name: str) -> None:
    base = sl.load_election(name)
    law = law_of(base)
    result = anchored(base)
    contenders = (*(p for p in result if result[p] > 0.002), OTHERS)
    shares = [result[p] for p in contenders[:-1]]
    shares = [*shares, 1 - sum(shares)]
    made = ground(law, contenders, shares, base)
    noise = PolledShares(day=sure(contenders, shares), parties=made.parties, areas=areas_of(law, made))
    outcome = Job(law, made.tally, noise, 1, decisions={}).seats(0, 1)[1][0]
    official = sl.replay(base).house
    won = dict(zip(Job(law, made.tally, noise, 1).plan.layout.parties, outcome.tolist(), strict=True))
    assert {p: n for p, n in won.items() if n and p in contenders} == pytest.approx(
        {p: n for p, n in official.items() if n and p in contenders}, abs=1
    )


def test_the_list_votes_follow_the_polls_where_candidates_have_votes_of_their_own() -> None:
    base = sl.load_election("nz/house/2017-09-23")
    law = law_of(base)
    contenders = ("national", "labour", "nz_first", "green", OTHERS)
    shares = [0.35, 0.45, 0.06, 0.08, 0.06]
    made = ground(law, contenders, shares, base)
    assert made.tier == "list"
    areas = areas_of(law, made)
    noise = PolledShares(day=sure(contenders, shares), parties=made.parties, areas=areas)
    job = Job(law, made.tally, noise, 1)
    votes = job.draw(0, 1)[0]
    lines = job.plan.layout.areas[areas[0]]
    listed = dict(zip(lines.lines, votes[lines.start : lines.stop].tolist(), strict=True))
    for party, share in zip(contenders[:-1], shares, strict=False):
        assert listed[party] / sum(listed.values()) == pytest.approx(share, abs=0.001)
    field = job.votes
    candidates = (field.party == field.parties.index("labour")) & (np.arange(field.party.size) < lines.start)
    assert votes[candidates].sum() > 1.1 * field.observed[candidates].sum()


def test_a_new_party_is_laid_over_the_districts_and_others_win_nothing() -> None:
    base = sl.load_election("no/storting/2021-09-13")
    law = law_of(base)
    contenders = ("ap", "newcomers", OTHERS)
    made = ground(law, contenders, [0.3, 0.1, 0.6], base)
    assert "newcomers has no votes" in made.notes[-1]
    votes = made.tally.tiers[made.tier].votes
    shares = [lines["newcomers"] / sum(lines.values()) for lines in votes.values()]
    assert shares == pytest.approx([0.1] * len(shares), abs=0.001)
    old = base.tally.tiers[made.tier].votes
    assert all(sum(votes[area].values()) == sum(old[area].values()) for area in votes)
    swedish = sl.load_election("se/riksdag/2022-09-11")
    nameless = ground(law_of(swedish), ("socialdemokraterna", OTHERS), [0.3, 0.7], swedish).tally
    assert all("others" not in lines for lines in nameless.tiers["constituency"].votes.values())
    total = sum(lines[AGAINST_ALL] for lines in nameless.tiers["constituency"].votes.values())
    assert total == sum(lines["others"] for lines in swedish.tally.tiers["constituency"].votes.values())


def test_the_walk_begins_at_the_base_and_not_at_a_base_of_the_future(kz: sl.Law) -> None:
    base = sl.load_election("kz/mazhilis/2021-01-10")
    found = forecast(polls(KZ), kz, base=base, day=date(2023, 3, 19), n=200)
    assert any("begins at the result of kz/mazhilis/2021-01-10" in note for note in found.notes)
    assert found.fit.polls.anchors[0].day == base.day
    later = forecast(polls(KZ), kz, base=sl.load_election("kz/mazhilis/2023-03-19"), day=date(2023, 3, 19), n=200)
    assert not later.fit.polls.anchors
    assert any("its result is not" in note for note in later.notes)


def test_the_undecided_are_told(kz: sl.Law) -> None:
    found = forecast(polls(KZ, undecided=Fraction(1, 5)), kz, day=date(2023, 3, 19), n=200)
    assert any(note.startswith("20.0% are undecided") for note in found.notes)


def test_what_cannot_be_forecast_is_said_before_any_work(kz: sl.Law) -> None:
    with pytest.raises(Invalid, match="after the election on 2023-03-05"):
        forecast(polls(KZ), kz, day=date(2023, 3, 5))
    with pytest.raises(Invalid, match="by district; polls of the nation"):
        forecast(polls(KZ), sl.load_law("se/riksdag"))
    with pytest.raises(NotFound, match="party of the coalition"):
        forecast(polls(KZ), kz, n=10, coalitions={"x": ("amanat", "nobody")})
    with pytest.raises(Invalid, match="needs a law"):
        law_for(None, None, DAY)
    with pytest.raises(Invalid, match="no sideways swing"):
        forecast(polls(KZ), kz, n=10, swing="sideways")


def test_the_law_is_the_one_of_election_day() -> None:
    base = sl.load_election("se/riksdag/2014-09-14")
    assert law_for(None, base, date(2018, 9, 9)).edition == "2015-01-01"
    assert law_for(None, base, date(2014, 9, 14)).edition != "2015-01-01"
    assert law_for("kz/mazhilis@2021-01-10", base, DAY).id == "kz/mazhilis"


def test_the_bar_of_a_law() -> None:
    assert bar_of(sl.load_law("kz/mazhilis", on="2023-03-19")) == Fraction(1, 20)
    assert bar_of(sl.load_law("se/riksdag")) == Fraction(1, 25)
    assert bar_of(sl.load_law("gb/commons")) is None


def test_the_mean_of_the_last_polls_is_of_those_that_tell() -> None:
    told = polls({"a": 50, "b": 30, "others": 20}, 4)
    short = [Poll(DAY + timedelta(days=9), DAY + timedelta(days=9), "x", {"a": Fraction(1, 2), OTHERS: Fraction(1, 2)})]
    both = Polls.of([*told.polls, *short])
    assert mean_of(both, 1)[:2] == pytest.approx([0.5, 0.0])
    five = mean_of(both, LAST)
    assert five.sum() == pytest.approx(1) and five[1] / five[0] == pytest.approx(0.6)


def test_draws_of_shares_are_those_that_are_counted(kz: sl.Law) -> None:
    found = forecast(polls(KZ), kz, day=date(2023, 3, 19), n=50, seed=2)
    job = found.runs.job
    again = job.noise.shares(Chance(job.key, 0, 50))
    assert (again == found.shares).all()
    votes, field = job.draw(0, 50), job.votes
    amanat = votes[:, field.parties.index("amanat")] / votes.sum(axis=1)
    assert amanat == pytest.approx(found.shares[:, found.fit.polls.contenders.index("amanat")], abs=1e-5)


@pytest.mark.slow
def test_a_back_test_scores_the_model_beside_its_rivals() -> None:
    pytest.importorskip("scoringrules", reason="the extra science is not installed")
    one = backtest(sl.load_polls("nz/house/2020-10-17"), seats=False)
    assert set(one.crps) == set(one.energy) == {"model", "last_five", "last_five_with_error", "last_election"}
    assert one.crps["model"] < one.crps["last_five"] < one.crps["last_election"]
    assert one.seen.sum() < 1 and len(one.contenders) == len(one.inside) == len(one.pit)
    assert 0.5 < implied_error([one]) < 5
    early = backtest(sl.load_polls("nz/house/2020-10-17"), lead=60, seats=False)
    assert early.polls < one.polls
    with pytest.raises(Invalid, match="no poll ended by"):
        backtest(sl.load_polls("kz/mazhilis/2023-03-19"), lead=30, seats=False)


def test_a_name_that_did_not_stand_is_no_new_party_unless_it_is_said_to_be() -> None:
    base = sl.load_election("gb/commons/2019-12-12")
    given = polls({"Labour": 40, "Conservative": 30, "green": 10, "others": 20}, first=date(2024, 6, 1))
    with pytest.raises(Invalid, match="Labour, Conservative, who did not stand") as caught:
        forecast(given, law_of(base), base=base, day=date(2024, 7, 4), n=10, new=())
    assert "con, lab, lib_dem" in str(caught.value) and "--as 'Labour=lab'" in str(caught.value)
    named = given.renamed({"Labour": "lab", "Conservative": "con"})
    assert named.contenders == ("lab", "con", "green", "others")
    found = forecast(named, law_of(base), base=base, day=date(2024, 7, 4), n=50, new=())
    assert found.runs.seats.quantiles([0.5])["lab"][0] > found.runs.seats.quantiles([0.5])["con"][0] > 20
    with pytest.raises(NotFound, match="no contender of the polls 'Tory'"):
        given.renamed({"Tory": "con"})


def test_contenders_under_one_name_have_merged() -> None:
    day = date(2024, 6, 1)
    told = (
        {"red": 10, "rose": 5, "blue": 80, "others": 5},
        {"pink": 16, "blue": 80, "others": 4},
        {"red": 10, "blue": 80, "others": 10},
    )
    given = Polls.of([replace(polls(shares, first=day).polls[0], house=str(i)) for i, shares in enumerate(told)])
    asked, notes = called(given, {"red": "pink", "rose": "pink"}, None)
    assert notes == ["red, rose, pink count as one: pink"]
    assert [poll.shares.get("pink") for poll in asked.polls] == [Fraction(15, 100), Fraction(16, 100), None]
    assert asked.polls[2].shares["others"] == Fraction(20, 100)  # this one did not tell the merged party apart
    assert all(sum(poll.shares.values()) == 1 for poll in asked.polls)


def test_a_contender_whom_no_poll_names_any_more_is_asked_about() -> None:
    day = date(2024, 6, 1)
    told = [{"a": 40, "b": 20, "others": 40}] * 6 + [{"a": 40, "others": 60}] * 5
    given = Polls.of([polls(s, first=day + timedelta(days=3 * i)).polls[0] for i, s in enumerate(told)])
    law = sl.load_law("kz/mazhilis", on="2023-03-19")
    found = forecast(given, law, n=50)
    assert any("tells b apart; if it joined another" in note for note in found.notes)
    assert not any("tells a apart" in note for note in found.notes)


def test_a_joint_list_of_the_polls_is_divided_as_its_parties_stood() -> None:
    base = sl.load_election("de/bundestag/2025-02-23")
    asked, notes = called(polls({"CDU/CSU": 30, "spd": 20, "others": 50}), {"CDU/CSU": "cdu+csu"}, base)
    votes = {"cdu": 11_196_374, "csu": 2_964_028}  # final result of the Federal Returning Officer
    shares = asked.polls[0].shares
    assert shares["cdu"] + shares["csu"] == Fraction(30, 100)
    assert shares["cdu"] / shares["csu"] == Fraction(votes["cdu"], votes["csu"])
    assert notes == ["CDU/CSU was divided among cdu, csu as in de/bundestag/2025-02-23, 79.1 : 20.9"]
    with pytest.raises(Invalid, match="is to be divided among cdu, csu"):
        called(polls({"CDU/CSU": 30, "spd": 20, "others": 50}), {"CDU/CSU": "cdu+csu"}, None)
    with pytest.raises(NotFound, match="no party 'cduu'"):
        called(polls({"CDU/CSU": 30, "others": 50}), {"CDU/CSU": "cduu+csu"}, base)
    with pytest.raises(Invalid, match="csu is a part of CDU/CSU, and a contender of its own"):
        called(polls({"CDU/CSU": 30, "csu": 5, "others": 50}), {"CDU/CSU": "cdu+csu"}, base)


def test_names_of_parties_are_known_whatever_the_spelling() -> None:
    base = sl.load_election("de/bundestag/2025-02-23")
    named = resolve(["GRÜNE", "Gruene", "grune", "SPD", "NEU"], "contender", known_to(base))
    assert {name: found.id for name, found in named.items()} == {
        "GRÜNE": "gruene", "Gruene": "gruene", "grune": "gruene", "SPD": "spd", "NEU": "NEU",
    }  # fmt: skip
