"""Ranked contests from outside the archive: reports of another program stage by stage, whole sets of real ballots.

The ballots are not part of the package; these tests look for them in the folder ``shared`` beside the repository.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from tests.peers.rctab import INACTIVE
from tests.seats.slow_stv import Slow

from sailau.records.ranked import WRITE_IN, RankedBallots, read_ranked
from sailau.records.sheet import slug_of
from sailau.seats.count import start
from sailau.seats.rank import Rank
from sailau.seats.stages import Ranked
from sailau.terms.errors import DrawRequired
from sailau.terms.tally import Contender

SHARED = Path(__file__).parents[3] / "shared" / "data" / "stv"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the ranked ballots of ../shared are not here")

REPORTS = ("2013_minneapolis_mayor", "2013_minneapolis_park", "2015_portland_mayor", "2017_minneapolis_mayor")

SCOTTISH = Rank(rule="stv", quota="droop", surplus="weighted", places=5, ties=("backwards", "lot"), cite="rules 45-53")
IRISH = Rank(
    rule="stv",
    quota="droop",
    surplus="whole_papers",
    papers="lot",
    exclude="hopeless",
    defer=True,
    refund=Fraction(1, 4),
    stop=("one_more", "overall_majority"),
    ties=("forwards", "lot"),
    cite="ea 118-126",
)


def count(
    ballots: RankedBallots, step: Rank, seats: int, decisions: dict[str, tuple[str, ...]] | None = None
) -> Ranked:
    tally = ballots.tally("x")
    return step.count(start(tally, tally.tiers["x"], "x", seats, {}, done={}, decisions=decisions or {}, trail=None))


def rules_of(rules: dict[str, Any]) -> Rank:
    """Return the step that a file of rules describes."""
    several = int(rules["numberOfWinners"]) > 1
    return Rank(
        rule="stv" if several else "alternative",
        quota="droop" if several else None,
        places=int(rules["decimalPlacesForVoteArithmetic"]) if several else None,
        cut="fraction",
        surpluses="together",
        last_surplus="set_aside" if several else "stays",
        exclude="hopeless" if rules["batchElimination"] else "lowest",
        overvote="exhaust" if rules["overvoteRule"] == "exhaustImmediately" else "skip",
        repeat="exhaust" if rules["exhaustOnDuplicateCandidate"] else "skip",
        gap=int(rules["maxSkippedRanksAllowed"]),
        depth=int(rules["maxRankingsAllowed"]),
        drop_first=(WRITE_IN,),
        ties=("lot",),
        cite="rules of the contest",
    )


def with_all(ballots: RankedBallots, tally: dict[str, str]) -> RankedBallots:
    """Add candidates of the report whom no ballot names."""
    missing = {slug_of(name): Contender(slug_of(name)) for name in tally if slug_of(name) not in ballots.contenders}
    return RankedBallots(ballots.title, ballots.seats, {**ballots.contenders, **missing}, ballots.rankings)


def settled(ballots: RankedBallots, step: Rank, seats: int, rounds: list[dict[str, Any]]) -> tuple[Ranked, int]:
    """Count; where lots were drawn, follow the report. Return the count and the number of such lots."""
    decisions: dict[str, tuple[str, ...]] = {}
    while True:
        try:
            return count(ballots, step, seats, decisions), len(decisions)
        except DrawRequired as tie:
            here = rounds[int(tie.key.rsplit(".", 1)[1]) - 1]["tallyResults"]
            out = [slug_of(row["eliminated"]) for row in here if "eliminated" in row]
            (decisions[tie.key],) = ((name,) for name in out if name in tie.options)


@pytest.mark.parametrize("contest", REPORTS)
def test_every_round_is_as_reported(contest: str) -> None:
    rules = json.loads((SHARED / "rctab" / f"{contest}_rules.json").read_text())
    report = json.loads((SHARED / "rctab" / f"{contest}_expected_rounds.json").read_text())
    rounds = report["results"]
    ballots = with_all(read_ranked(SHARED / "rctab" / f"{contest}_ballots.csv.gz"), rounds[0]["tally"])
    made, lots = settled(ballots, rules_of(rules), int(rules["numberOfWinners"]), rounds)
    assert lots == {"2015_portland_mayor": 2}.get(contest, 0)
    assert ballots.total == int(report["summary"]["totalNumBallots"])
    assert made.blank == report["summary"]["undervotes"]
    assert len(made.stages) == len(rounds)
    for stage, row in zip(made.stages, rounds, strict=True):
        assert {name: stage.votes(n) for name, n in stage.totals.items()} == figures(row["tally"])
        assert stage.votes(stage.quota) == Fraction(row["threshold"])
        spent = {why: stage.votes(stage.spent.get(why, 0)) for why in INACTIVE}
        assert spent == {why: Fraction(row["inactiveBallots"].get(name, 0)) for why, name in INACTIVE.items()}
        moves = {slug_of(r.get("eliminated") or r["elected"]): figures(r["transfers"]) for r in row["tallyResults"]}
        for moved in stage.transfers:
            seen = {name: Fraction(n, stage.after) for name, n in moved.gains.items()}
            rest = {"exhausted": sum(moved.ended.values()), "residual_surplus": moved.lost}
            seen |= {why: Fraction(n, stage.after) for why, n in rest.items() if n}
            assert seen == moves[moved.source]
        assert {name for name, _ in stage.elected} == {
            slug_of(r["elected"]) for r in row["tallyResults"] if "elected" in r
        }
        if stage.action == "exclude":
            assert set(stage.sources) == {slug_of(r["eliminated"]) for r in row["tallyResults"]}


def figures(row: dict[str, str]) -> dict[str, Fraction]:
    return {slug_of(name): Fraction(n) for name, n in row.items()}


def test_park_board_elects_three() -> None:
    rules = json.loads((SHARED / "rctab" / "2013_minneapolis_park_rules.json").read_text())
    made = count(read_ranked(SHARED / "rctab" / "2013_minneapolis_park_ballots.csv.gz"), rules_of(rules), 3)
    assert made.elected == ("john_erwin", "annie_young", "meg_forney")


def droop(votes: int, seats: int) -> Fraction:
    return Fraction(votes // (seats + 1) + 1)


def unpacked(archive: str, endings: tuple[str, ...], folder: Path) -> Iterator[Path]:
    with ZipFile(SHARED / archive) as packed:
        for name in sorted(packed.namelist()):
            if name.endswith(endings):
                path = folder / name.replace("/", "_")
                path.write_bytes(packed.read(name))
                yield path


# City of Edinburgh Council, election of 4 May 2017: councillors elected in wards 1 to 17, by surname.
EDINBURGH_2017 = (
    "lang young hutchison work",
    "bruce gardiner henderson webber",
    "aldridge bridgman brown",
    "bird campbell day gordon",
    "barrie mitchell osler whyte",
    "douglas gloyer ross",
    "dixon fullerton graczyk wilson",
    "arthur doggart rust",
    "corbett johnston key",
    "cook main ross watt",
    "doran miller mowat rankin",
    "donaldson mcneese rae ritchie",
    "booth mcvey munro",
    "campbell griffiths mclellan staniforth",
    "burgess dickie perry rose",
    "cameron howie macinnes smith",
    "campbell campbell child laidlaw",
)


def test_edinburgh_elects_its_councillors_of_2017(tmp_path: Path) -> None:
    seen = {}
    for path in unpacked("scotland_council_stv_2007_2022.zip", (".csv",), tmp_path):
        found = re.search(r"edinburgh_2017_ward(\d+)\.csv", path.name)
        if found:
            ballots = read_ranked(path)
            made = count(ballots, SCOTTISH, ballots.seats or 0)
            seen[int(found[1])] = " ".join(sorted(name.rsplit("_", 1)[-1] for name in made.elected))
    assert seen == {ward: " ".join(sorted(names.split())) for ward, names in enumerate(EDINBURGH_2017, 1)}


def test_meath_2002_elects_the_five_whoever_is_drawn(tmp_path: Path) -> None:
    (path,) = unpacked("preflib_elections.zip", ("00001-00000003.soi",), tmp_path)
    ballots = read_ranked(path)
    assert (ballots.total, len(ballots.contenders)) == (64_081, 14)
    for seed in ("even", "one", "two", "three"):
        made = count(ballots, IRISH, 5, {"x.rank.papers": (seed,)})
        assert made.elected == (
            "noel_dempsey_f_f",
            "john_bruton_f_g",
            "mary_wallace_f_f",
            "damien_english_f_g",
            "johnny_brady_f_f",
        )


def test_dublin_west_2002_elects_the_three(tmp_path: Path) -> None:
    (path,) = unpacked("preflib_elections.zip", ("00001-00000002.soi",), tmp_path)
    made = count(read_ranked(path), IRISH, 3, {"x.rank.papers": ("any",)})
    assert set(made.elected) == {"brian_lenihan_f_f", "joe_higgins_s_p", "joan_burton_lab"}


def test_wards_agree_with_the_slow_count(tmp_path: Path) -> None:
    for path in list(unpacked("scotland_council_stv_2007_2022.zip", (".csv",), tmp_path))[::180]:
        ballots = read_ranked(path)
        slow = Slow(ballots.seats or 0, droop, "weighted", ("backwards",), places=5)
        papers = [ranking for ranking, n in ballots.rankings.items() for _ in range(n)]
        rows = slow.run(papers, list(ballots.contenders))
        made = count(ballots, SCOTTISH, ballots.seats or 0)
        for stage, (votes, won, action, names, ended) in zip(made.stages, rows, strict=True):
            assert {name: stage.votes(n) for name, n in stage.totals.items()} == votes
            assert ([name for name, _ in stage.elected], stage.action, list(stage.sources)) == (won, action, names)
            assert stage.votes(sum(stage.spent.values())) == ended


@pytest.mark.slow
def test_all_preflib_elections_count(tmp_path: Path) -> None:
    alternative = Rank(rule="alternative", overvote="exhaust", ties=("backwards",), cite="x")
    counted = asked = 0
    for path in unpacked("preflib_elections.zip", (".soi", ".toi"), tmp_path):
        ballots = read_ranked(path)
        for step, seats in ((alternative, 1), (SCOTTISH, min(3, len(ballots.contenders)))):
            try:
                assert len(count(ballots, step, seats).elected) == seats
                counted += 1
            except DrawRequired:
                asked += 1
    assert counted + asked == 2 * 440
    assert counted > 800
