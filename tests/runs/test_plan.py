"""Plans: a law over many runs gives what the law gives run by run, ties and silences included."""

import os
from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

import sailau as sl
from sailau.law.edition import Law
from sailau.runs.plan import MOST, Outcome, Plan
from sailau.runs.replay import law_of
from sailau.runs.single import count_one
from sailau.terms.errors import DrawRequired, Invalid, SailauError
from sailau.terms.tally import Ballots, Tally

KEY = (11, 12)
MADE = "as in a test"


def law_with(steps: list[Mapping[str, object]], **tier: object) -> Law:
    from sailau.files.document import Document
    from sailau.law.read import make_law
    from sailau.terms.errors import Place

    cited = [{name: {**terms, "cite": "t 1"} for name, terms in step.items()} for step in steps]  # type: ignore[dict-item]
    values = {
        "law": "xx/house",
        "name": MADE,
        "in_force": {"from": __import__("datetime").date(2020, 1, 1)},
        "checked": None,
        "texts": {"t": MADE},
        "seats": {"total": 7, "cite": "t 1"},
        "tiers": {"list": {"seats": 7, "district": "nationwide", "ballot": "closed_list", "steps": cited, **tier}},
    }
    return make_law(Document(values, {(): Place("test")}), "2020-01-01", "test")


def test_every_election_of_the_archive_that_compiles_is_counted_as_the_law_counts_it() -> None:
    seen, silent = 0, 0
    for name in sl.election_ids():
        election = sl.load_election(name)
        law = law_of(election)
        try:
            plan = Plan.of(law, election.tally, decisions=election.decisions)
        except Invalid:
            continue  # ranked ballots
        if plan.how != "arrays":
            assert plan.why, name
            continue
        outcome = plan.count(plan.layout.observed()[None, :], key=KEY)
        got = {party: int(n) for party, n in zip(plan.layout.parties, outcome.seats[0], strict=True) if n}
        try:
            expected = {p: n for p, n in law.count(election.tally, decisions=election.decisions).seats.items() if n}
        except DrawRequired:
            continue
        except SailauError:
            silent += 1
            assert outcome.undecided[0] and not got, name
            continue
        assert got == expected, name
        seen += 1
    assert seen >= 490 and silent < 10


SCATTERED = [
    "kz/mazhilis/2023-03-19",  # a bar, a guarantee, a quota
    "kz/mazhilis/2012-01-15",
    "me/skupstina/2023-06-11",  # linked lists, minorities without a bar
    "es/congreso/2016-06-26",  # bars in 52 districts
    "fi/eduskunta/2019-04-14",  # linked lists in every district
    "no/storting/2025-09-08",  # levelling seats
    "is/althing/2021-09-25",  # levelling that goes on from the seats held
    "dk/folketing/2022-11-01",  # three ways past the bar
    "se/riksdag/1976-09-19",  # national totals stand for the whole
    "at/nationalrat/1994-10-09",
    "nz/house/2020-10-17",  # a seat in a district admits; overhang adds seats
    "de/bundestag/2025-02-23",  # winners of districts that no list covers
    "de/bundestag/2009-09-27",  # overhang
    "de/bundestag/1987-01-25",
    "gb/scottish_parliament/2011-05-05",  # compensation inside regions
    "gr/vouli/2023-06-25",  # a graded bonus
    "gr/vouli/2012-05-06",
    "lk/parliament/2020-08-05",  # a bonus in every district
    "il/knesset/2015-03-17",
    "nl/tweede_kamer/2017-03-15",
    "lu/european_parliament/1979-06-10",  # quotas, then highest averages
    "bg/european_parliament/2007-05-20",  # a bar of one quota
    "ee/european_parliament/2004-06-13",  # no more seats than names
    "de/bundestag/2017-09-24",  # a house that grows
    "de/bundestag/2024-02-11",  # and one that grows less
    "se/riksdag/2022-09-11",  # seats given back, lists admitted in one district
    "at/nationalrat/2024-09-29",  # three scrutinies
    "ee/riigikogu/2023-03-05",  # candidates with a quota; divisors that are no line
    "cz/poslanecka_snemovna/2017-10-21",  # votes decide the seats of districts
    "cz/poslanecka_snemovna/2021-10-09",  # remainders pooled; too many whole quotas
    "hu/orszaggyules/2018-04-08",  # votes carried over, seats reserved
    "mx/diputados/2024-06-02",  # a ceiling
    "lt/seimas/2012-10-14",  # lists let in up to a share
    "rs/narodna_skupstina/2023-12-17",  # votes of minorities weighed
    "gr/european_parliament/2009-06-07",  # remainders, again and again
    "md/parlament/2014-11-30",  # remainders of half a quota
    "us/house_apportionment/2020-04-01",
    "kz/president/2019-06-09",
]


def scattered(plan: Plan, runs: int, seed: int) -> NDArray[np.int64]:
    """Return votes around those counted: lines by themselves, whole parties, coarse ones with ties, and zeros."""
    rng = np.random.default_rng(seed)
    observed = plan.layout.observed()
    votes = np.floor(observed * np.exp(0.4 * rng.standard_normal((runs, observed.size)))).astype(np.int64)
    parties = [plan.layout.tally.party(line) for area in plan.layout.areas for line in area.lines]
    swing = {party: np.exp(0.6 * rng.standard_normal(runs)) for party in sorted(set(parties))}
    votes[::2] = np.floor(observed * np.array([swing[party] for party in parties]).T)[::2]
    grain = max(1, int(np.median(observed[observed > 0])) // 30)
    votes[1::4] = votes[1::4] // grain
    votes[2::8] *= rng.random(votes[2::8].shape) < 0.7
    return votes


def compare(plan: Plan, votes: NDArray[np.int64]) -> Outcome:
    """Count as arrays and run by run; seats, lots, who passed and what stays open must be the same."""
    outcome = plan.count(votes, key=KEY, first=100)
    for row in range(len(votes)):
        tally = plan.layout.to_tally(votes[row])
        exact = count_one(plan.law, tally, key=KEY, run=100 + row, decisions=plan.decisions)
        assert outcome.undecided[row] == (exact.question is not None)
        if exact.question is not None:
            assert not outcome.seats[row].any()
            continue
        if outcome.passed is not None:
            passed = {party for party, ok in zip(plan.layout.parties, outcome.passed[row], strict=True) if ok}
            assert passed == exact.passed
        got = {p: int(n) for p, n in zip(plan.layout.parties, outcome.seats[row], strict=True) if n}
        assert got == {p: n for p, n in exact.seats.items() if n}
        assert outcome.lots[row] == exact.lots  # as many, and those that fall alike
    return outcome


@pytest.mark.parametrize("name", SCATTERED)
def test_scattered_votes_are_counted_as_the_law_counts_them(name: str) -> None:
    election = sl.load_election(name)
    plan = Plan.of(law_of(election), election.tally)
    assert plan.how == "arrays", plan.why
    runs = 60 if plan.layout.width < 100 else 12
    assert compare(plan, scattered(plan, runs, 3)).recounted < runs


def test_laws_of_the_archive_on_scattered_votes() -> None:
    """A ninth of the archive with four vectors each; ``SAILAU_CASES=100000`` compares all of it, as many in all."""
    ids = [name for name in sl.election_ids() if name not in SCATTERED]
    wanted = int(os.environ.get("SAILAU_CASES", "0"))
    seen = 0
    for name in ids if wanted else ids[::9]:
        election = sl.load_election(name)
        try:
            plan = Plan.of(law_of(election), election.tally, decisions=election.decisions)
        except Invalid:
            continue
        if plan.how == "arrays":
            runs = max(4, -(-wanted // len(ids)))
            compare(plan, scattered(plan, runs, 5))
            seen += runs
    assert seen >= (wanted * 9 // 10 or 150)


LEVELLING = {
    "votes": "list",
    "seats": 2,
    "steps": [
        {"compensate": {"divisor": "dhondt", "tiers": ["list"], "overhang": "exclude", "cite": "t 1"}},
        {"distribute": {"to": "district", "divisor": "dhondt", "tiers": ["list"], "ties": ["lot"], "cite": "t 1"}},
    ],
}


def test_equal_claims_of_two_districts_to_a_levelling_seat_are_a_lot() -> None:
    """The list "a" is due one seat more; north and south have the same claim to it, or just not."""
    from datetime import date

    from sailau.files.document import Document
    from sailau.law.read import make_law
    from sailau.terms.errors import Place

    inside = [{"each": "district", "steps": [{"allocate": {"divisor": "dhondt", "cite": "t 1"}}]}]
    shape = {"district": "multi_member", "ballot": "closed_list"}
    values = {
        "law": "xx/house",
        "name": MADE,
        "in_force": {"from": date(2020, 1, 1)},
        "checked": None,
        "texts": {"t": MADE},
        "seats": {"total": 5, "cite": "t 1"},
        "tiers": {
            "list": {"seats": 3, "magnitudes": {"mid": 1, "north": 1, "south": 1}, "steps": inside, **shape},
            "level": {**LEVELLING, "district": "nationwide", "ballot": "closed_list"},
        },
    }
    law = make_law(Document(values, {(): Place("test")}), "2020-01-01", "test")  # type: ignore[arg-type]
    areas = {name: {"a": 40, "b": 60} for name in ("mid", "north", "south")}
    plan = Plan.of(law, Tally({"list": Ballots(areas, seats=dict.fromkeys(areas, 1))}))
    assert plan.how == "arrays", plan.why
    # One seat each is won by b; of five in all a is due two, or one where it has a third of the votes.
    votes = np.array([[50, 60, 40, 60, 40, 60], [30, 90, 40, 60, 40, 60], [30, 90, 41, 60, 40, 60]])
    outcome = compare(plan, votes)
    assert outcome.seats[:, 0].tolist() == [2, 2, 2]
    assert outcome.lots.tolist() == [1, 0, 0]


def test_a_term_that_no_kernel_knows_goes_to_the_exact_count() -> None:
    law = law_with([{"allocate": {"quota": "hare", "quota_of": "valid"}}])
    plan = Plan.of(law, Tally.of({"a": 5, "b": 3, "blank": 4}))
    assert (plan.how, plan.why) == ("one by one", "allocate: quota_of")


RARE: list[Mapping[str, object]] = [
    {"majority": {"of": "list_votes", "quota": "hare"}},
    {"pass_on": {}},
    {"rest": {"to": "highest_averages", "limit": "candidates"}},
    {"leave": {"to": "nobody"}},
]
STEPS = [
    [{"allocate": {"divisor": "dhondt"}}],
    [{"threshold": {"share": "10%", "of": "valid"}}, {"allocate": {"divisor": "sainte_lague", "first": "1.4"}}],
    [{"threshold": {"share": "1/7", "of": "list_votes", "strict": True}}, {"allocate": {"quota": "droop"}}],
    [
        {"eligible": {"drop": ["against_all", "c"]}},
        {"threshold": {"share": "20%", "of": "standing"}},
        {"guarantee": {"lists": 2, "when": "fewer"}},
        {"allocate": {"quota": "hare"}},
    ],
    [{"threshold": {"share": "10%", "of": "ballots", "joint": ["30%"]}}, {"allocate": {"quota": "hagenbach_bischoff"}}],
    [{"threshold": {"share": "90%", "of": "valid", "exempt": ["minority"]}}, {"allocate": {"divisor": "adams"}}],
    [{"allocate": {"divisor": "imperiali_divisor", "ties": ["most_votes"]}}, {"fill": {"order": "list_order"}}],
    [{"allocate": {"quota": "droop", "rest": "highest_average", "divisor": "dhondt"}}],
    [{"threshold": {"share": "1", "of": "valid", "quota": "hare"}}, {"allocate": {"divisor": "dhondt"}}],
    [{"threshold": {"share": "1/2", "of": "valid", "quota": "hare_rounded_up"}}, {"allocate": {"divisor": "dhondt"}}],
    [{"qualify": {"share": "20%", "votes": 9, "exempt": ["minority"]}}, {"allocate": {"divisor": "sainte_lague"}}],
    [{"bonus": {"seats": 2}}, {"allocate": {"quota": "hare"}}],
    [{"bonus": {"seats": 1, "per": "1/20", "most": 4, "share": "25%"}}, {"allocate": {"divisor": "dhondt"}}],
    [{"pool": {}}, {"allocate": {"divisor": "dhondt"}}, {"share_out": {"divisor": "dhondt"}}],
    [{"pool": {}}, {"allocate": {"quota": "hare"}}, {"share_out": {"quota": "hare"}}],
    [{"allocate": {"divisor": "dhondt", "limit": "candidates"}}],
    [{"allocate": {"divisor": "huntington_hill"}}],
    [{"allocate": {"divisor": "estonian"}}],
    [{"allocate": {"divisor": "macanese"}}],
    [{"threshold": {"share": "30%", "of": "valid", "if_none": "all"}}, {"allocate": {"divisor": "dean"}}],
    [
        {"threshold": {"share": "20%", "of": "valid"}},
        {"guarantee": {"lists": 1, "share": "60%", "of": "valid", "when": "fewer", "rest": "formula"}},
        {"allocate": {"divisor": "dhondt"}},
    ],
    [{"weigh": {"trait": "minority", "factor": "27/20", "below": "30%"}}, {"allocate": {"divisor": "dhondt"}}],
    [{"reserve": {"traits": ["minority"], "price": "1/2"}}, {"allocate": {"quota": "hare"}}],
    [
        {"allocate": {"quota": "hare", "rest": "none", "quota_of": "valid"}},
        {"rest": {"to": "largest_remainders", "quota": "hare", "quota_of": "valid", "again": True, "ties": ["lot"]}},
    ],
    [
        {"allocate": {"quota": "droop", "rest": "none"}},
        {"rest": {"to": "largest_remainders", "quota": "droop", "least": "1/2", "least_rest": "1/4"}},
        {"rest": {"to": "most_votes", "again": True}},
    ],
    [
        {"allocate": {"quota": "imperiali_quota_rounded", "rest": "none", "excess": "smallest_remainder"}},
        {"second_scrutiny": {"quota": "hare", "district_quota": "imperiali_quota_rounded"}},
    ],
    [{"allocate": {"quota": "hare"}}, *RARE],
    [{"pool": {}}, {"allocate": {"divisor": "dhondt"}}, *RARE, {"share_out": {"quota": "hare"}}],
]


@pytest.mark.parametrize("steps", STEPS, ids=lambda steps: " ".join(next(iter(step)) for step in steps))
def test_small_votes_under_made_laws(steps: list[Mapping[str, object]]) -> None:
    law = law_with(steps)
    contenders = {
        "a": sl.Contender("a", members=("x", "y")),
        "b": sl.Contender("b", traits=frozenset({"minority"}), candidates=3, apparentment=("left", "inner")),
        "c": sl.Contender("c", apparentment=("left", "inner")),
        "d": sl.Contender("d", apparentment=("left",)),
        "rest": sl.Contender("rest", kind="others"),  # many small lists in one line: they are cast, and win nothing
    }
    lines = ("a", "against_all", "b", "c", "d", "invalid", "rest")
    tally = Tally({"list": Ballots({"nation": dict.fromkeys(lines, 1)})}, contenders)
    plan = Plan.of(law, tally)
    assert plan.how == "arrays", plan.why
    votes = np.random.default_rng(4).integers(0, 12, (400, len(lines)))
    outcome = plan.count(votes, key=KEY)
    ties = 0
    for row in range(len(votes)):
        exact = count_one(law, plan.layout.to_tally(votes[row]), key=KEY, run=row)
        assert outcome.undecided[row] == (exact.question is not None), votes[row]
        assert outcome.lots[row] == exact.lots, votes[row]
        assert outcome.seats[row].sum() == (sum(exact.seats.values()) if exact.question is None else 0)
        ties += bool(exact.lots)
        if exact.question is None:
            assert (
                dict(zip(plan.layout.parties, outcome.seats[row].tolist(), strict=True)).items() >= exact.seats.items()
            )
    assert ties or steps is not STEPS[0]  # small numbers tie


def test_figures_move_with_the_votes() -> None:
    law = law_with([{"threshold": {"share": "10%", "of": "ballots"}}, {"allocate": {"quota": "hare"}}])
    tally = Tally.of({"a": 90, "b": 11}, valid=103, ballots=110)
    plan = Plan.of(law, tally)
    # 110 ballots for 101 votes; 9 more than votes. b has 10% of 110 + 9 + … only from 12 of 120 on.
    votes = np.array([[90, 11], [97, 11], [99, 11], [99, 12]])
    outcome = plan.count(votes)
    assert plan.how == "arrays"
    bars = [10 * row[1] >= row.sum() + 9 for row in votes]
    assert outcome.passed is not None
    assert outcome.passed[:, 1].tolist() == bars == [True, False, False, True]
    assert plan.layout.to_tally(votes[1]).tiers["list"].total("nation", "ballots") == 117


def test_counts_beyond_the_bound_go_to_the_exact_count() -> None:
    law = law_with([{"allocate": {"divisor": "dhondt"}}])
    plan = Plan.of(law, Tally.of({"a": 5, "b": 3}))
    outcome = plan.count(np.array([[MOST, MOST // 2], [5, 3]]))
    assert outcome.recounted == 2
    assert outcome.seats.sum(axis=1).tolist() == [7, 7]


def test_a_rule_for_ties_is_followed_and_no_lot_drawn() -> None:
    marks = {"a": sl.Contender("a", registered=2), "b": sl.Contender("b", registered=1)}
    law = law_with([{"allocate": {"quota": "hare", "ties": ["registered_first"]}}])
    plan = Plan.of(law, Tally({"list": Ballots({"nation": {"a": 5, "b": 5}})}, marks))
    outcome = plan.count(np.array([[5, 5]] * 20))
    assert (outcome.seats == [3, 4]).all()
    assert outcome.recounted == 20 and not outcome.lots.any()


def test_three_axes_are_two_where_all_districts_have_the_same_lines() -> None:
    law = law_with([{"allocate": {"divisor": "dhondt"}}], district="multi_member", magnitudes={"north": 4, "south": 3})
    document = dict(law.document)
    tier = document["tiers"]["list"]  # type: ignore[index]
    tier["steps"] = [{"each": "district", "steps": tier["steps"]}]
    from sailau.files.document import Document
    from sailau.law.read import make_law
    from sailau.terms.errors import Place

    law = make_law(Document(document, {(): Place("test")}), "2020-01-01", "test")
    tally = Tally({"list": Ballots({"north": {"a": 60, "b": 40}, "south": {"a": 10, "b": 50}})})
    plan = Plan.of(law, tally)
    assert plan.how == "arrays", plan.why
    votes = np.array([[[70, 30], [10, 50]], [[70, 30], [40, 25]]])
    assert plan.count(votes).seats.tolist() == [[3, 4], [5, 2]]
    assert plan.count(votes.reshape(2, 4)).seats.tolist() == [[3, 4], [5, 2]]


def test_a_law_without_kernels_is_counted_one_by_one() -> None:
    law = law_with([{"allocate": {"quota": "hare", "quota_of": "valid"}}])
    plan = Plan.of(law, Tally.of({"a": 5, "b": 3}))
    assert (plan.how, plan.why) == ("one by one", "allocate: quota_of")
    assert plan.count(np.array([[50, 30], [5, 80]])).seats.sum() == 14


def test_rankings_move_with_their_first_preferences() -> None:
    ballots = {("a", "b"): 6, ("a",): 3, ("b", "a"): 7, ("c", "a"): 4, ("skipped",): 2}
    tally = Tally({"list": Ballots({"nation": {"a": 9, "b": 7, "c": 4}}, rankings={"nation": ballots})})
    law = law_with([{"allocate": {"divisor": "dhondt"}}])
    layout = Plan.of(law, tally).layout
    moved = layout.to_tally(np.array([18, 5, 0])).tiers["list"].rankings["nation"]
    assert moved == {("a", "b"): 12, ("a",): 6, ("b", "a"): 5, ("skipped",): 2}
    assert layout.to_tally(np.array([9, 7, 4])).tiers["list"].rankings["nation"] == ballots


def test_an_election_by_rankings_is_simulated_run_by_run() -> None:
    election = sl.load_election("us/minneapolis_mayor/2017-11-07")
    law = law_of(election)
    runs = sl.simulate(law, election.tally, noise=sl.LogisticNormal(sd="0.3"), n=24, seed=1, keep_draws=True)
    assert runs.job.plan.how == "one by one" and runs.draws is not None
    assert (runs.draws.sum(axis=1) == 1).all() and len({tuple(row) for row in runs.draws.tolist()}) > 1
    votes = runs.job.draw(0, 24)
    for row in range(3):
        tally = runs.job.plan.layout.to_tally(votes[row])
        ranked = tally.tiers["mayor"].rankings["nation"]
        firsts: dict[str, int] = {}
        for ranking, n in ranked.items():
            first = next((name for name in ranking if name in tally.tiers["mayor"].votes["nation"]), None)
            if first:
                firsts[first] = firsts.get(first, 0) + n
        assert firsts == {name: n for name, n in tally.tiers["mayor"].votes["nation"].items() if n}
        won = {party: n for party, n in law.count(tally).seats.items() if n}
        assert won == {p: int(n) for p, n in zip(runs.parties, runs.draws[row], strict=True) if n}
