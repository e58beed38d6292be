"""Sensitivity finds the published indices, cliffs lie where the exact count says, shares move as told."""

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import sailau as sl
from sailau.runs.cliffs import cliffs
from sailau.runs.moved import applied, with_shares
from sailau.runs.replay import law_of
from sailau.runs.scenario import Scenario
from sailau.runs.sensitivity import Input, at, figure, sensitivity, sobol_indices
from sailau.runs.sweep import Range, sweep
from sailau.terms.errors import Invalid, SailauError

SCENARIO = Path(sl.__file__).parents[2] / "examples/scenarios/kz-2023.yaml"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return sl.read_scenario(SCENARIO)


@pytest.fixture(scope="module")
def election() -> sl.Election:
    return sl.load_election("kz/mazhilis/2023-03-19")


def test_the_function_of_ishigami_has_its_published_indices() -> None:
    def ishigami(x: np.ndarray) -> list[float]:
        return [np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])]

    found, table = sobol_indices(ishigami, ["a", "b", "c"], 2048, 7, bounds=(-np.pi, np.pi))
    first = [index[0] for index in found[0]]
    total = [index[2] for index in found[0]]
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    for index, truth in zip(found[0], [0.3139, 0.4424, 0.0], strict=True):
        assert index[0] is not None and index[1] is not None and abs(index[0] - truth) < 2 * index[1]
    assert len(table) == 2048 * 5


def test_an_input_that_moves_nothing_has_no_part_in_it(scenario: Scenario) -> None:
    inputs = [Input.of("shares.nsdp=4%:6%"), Input.of("set.list.threshold.share=0.1%:0.2%")]
    found = sensitivity(scenario, inputs, ["mean.nsdp", "bar.nsdp"], points=32, runs=512, seed=3)
    index = {(i.output, i.path): i for i in found.indices}
    assert found.evaluations == 32 * 4
    assert index["mean.nsdp", "shares.nsdp"].total == pytest.approx(1.0, abs=0.1)
    assert index["mean.nsdp", "set.list.threshold.share"].total == pytest.approx(0.0, abs=0.02)
    assert index["bar.nsdp", "shares.nsdp"].first is None  # everybody passes so low a bar, always
    assert found.spread["bar.nsdp"] == (1.0, 1.0)


def test_a_study_is_the_same_with_the_same_seed(scenario: Scenario) -> None:
    inputs = [Input.of("noise.sd=10%:25%"), Input.of("noise.correlation=0.1:0.4")]
    once, again = (
        sensitivity(scenario, inputs, ["bar.nsdp"], points=8, runs=256, seed=3, workers=workers) for workers in (1, 2)
    )
    assert once == again


def test_inputs_are_read_exactly_and_hit_both_ends() -> None:
    given = Input.of("set.list.seats=60:72")
    assert given.whole and {given.value(x) for x in np.linspace(0, 0.9999, 500)} == set(map(Fraction, range(60, 73)))
    share = Input.of("noise.sd=10%:25%")
    assert (share.value(0.0), share.value(1.0)) == (Fraction(1, 10), Fraction(1, 4))
    assert share.value(0.123456789).denominator <= 10**6


@pytest.mark.parametrize("text", ["noise.sd", "noise.sd=1%", "noise.sd=2%:1%", "noise.sd=a:b", "=1:2"])
def test_ranges_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(Invalid):
        Input.of(text)


@pytest.mark.parametrize(
    ("inputs", "outputs", "what"),
    [
        (["noise.spin=1%:2%"], ["bar.nsdp"], "no input"),
        (["set.list.nothing=1%:2%"], ["bar.nsdp"], "names no clause"),
        (["shares.nobody=1%:2%"], ["bar.nsdp"], "no party"),
        (["noise.sd=1%:2%"], ["bar.nobody"], "nobody"),
        (["noise.sd=1%:2%"], ["height.nsdp"], "no output"),
        (["noise.sd=1%:2%", "noise.sd=1%:3%"], ["bar.nsdp"], "each once"),
        ([], ["bar.nsdp"], "inputs"),
    ],
)
def test_studies_that_cannot_be_are_refused_before_any_work(
    scenario: Scenario, inputs: list[str], outputs: list[str], what: str
) -> None:
    def never(*_: int) -> None:
        pytest.fail("work started")

    with pytest.raises(SailauError, match=what):
        sensitivity(scenario, [Input.of(text) for text in inputs], outputs, points=8, runs=64, seed=1, progress=never)
    with pytest.raises(Invalid, match="power of two"):
        sensitivity(scenario, [Input.of("noise.sd=1%:2%")], ["bar.nsdp"], points=9, runs=64, seed=1, progress=never)


def test_every_figure_of_a_summary_can_be_an_output(scenario: Scenario) -> None:
    summary = scenario.run(runs=500, seed=1).summary
    place = summary.parties.index("amanat")
    assert figure(summary, "mean.amanat") == float(summary.seats.means()["amanat"])
    assert figure(summary, "2/3.amanat") == summary.reached["2/3"][place] / 500
    assert figure(summary, "majority.without amanat") == summary.coalitions["without amanat"]["majority"] / 500
    changed = at(scenario, {"noise.sd": Fraction(1, 5), "set.list.threshold.share": Fraction(3, 100)})
    assert changed.noise.sd == Fraction(1, 5) and scenario.noise.sd == Fraction("0.158")
    assert str(changed.law.changes["list.threshold.share"]) in ("3/100", "3%")


def test_a_share_is_moved_and_the_others_keep_their_proportions(election: sl.Election) -> None:
    law = law_of(election)
    before = election.tally.tiers["list"].votes["nation"]
    after = with_shares(law, election.tally, {"nsdp": Fraction(1, 10)}).tiers["list"].votes["nation"]
    total = sum(n for line, n in before.items() if line not in ("invalid", "blank"))
    assert after["nsdp"] == pytest.approx(total / 10, abs=1)
    factor = 0.9 / (1 - before["nsdp"] / total)
    assert all(abs(after[line] - before[line] * factor) <= 1 for line in before if line != "nsdp")


def test_a_share_is_moved_in_every_district() -> None:
    election = sl.load_election("es/congreso/2016-06-26")
    law, tally = applied(law_of(election), election.tally, {"shares.pp": "40%"})
    votes = next(iter(tally.tiers.values())).votes
    pp = sum(lines.get("pp", 0) for lines in votes.values())
    total = sum(n for lines in votes.values() for line, n in lines.items() if line not in ("invalid", "blank"))
    assert pp / total == pytest.approx(0.4, abs=0.001)
    assert law is not None and law.count(tally).seats["pp"] > law.count(election.tally).seats["pp"]


@pytest.mark.parametrize(
    ("shares", "what"),
    [
        ({"nobody": "10%"}, "no party"),
        ({"nsdp": "110%"}, "between 0% and 100%"),
        ({"nsdp": "60%", "amanat": "50%"}, "add up"),
    ],
)
def test_shares_that_cannot_be_are_refused(election: sl.Election, shares: dict[str, str], what: str) -> None:
    with pytest.raises(SailauError, match=what):
        with_shares(law_of(election), election.tally, {party: Fraction(x[:-1]) / 100 for party, x in shares.items()})


def test_a_cliff_lies_where_the_count_changes(election: sl.Election) -> None:
    law = law_of(election)
    found = cliffs(election, [Range.of("list.threshold.share=5%:6%:0.25%")])
    assert found[0].losses == {"nsdp": 4}
    # 331,058 votes are 5.2000% of 6,366,441: the bar cuts just above.
    assert (found[0].below, found[0].above) == ("5.2%", "5.201%")
    for cliff in found:
        sides = [
            law.replace({"list.threshold.share": side}).count(election.tally).seats
            for side in (cliff.below, cliff.above)
        ]
        assert sides[0] != sides[1]
        assert {p: sides[1][p] - sides[0][p] for p in cliff.gains} == dict(cliff.gains)


def test_cliffs_along_whole_numbers_and_beside_another_clause(election: sl.Election) -> None:
    found = cliffs(election, [Range.of("list.formula=hare,dhondt"), Range.of("list.seats=60:69:9")])
    assert {cliff.values for cliff in found} == {("hare",), ("dhondt",)}
    assert all(int(cliff.above) - int(cliff.below) == 1 for cliff in found)
    with pytest.raises(Invalid, match="along numbers"):
        cliffs(election, [Range.of("list.formula=hare,dhondt")])


def test_a_sweep_shows_margins(election: sl.Election) -> None:
    points = sweep(election, [Range.of("list.threshold.share=5%:6%:1%")], margins=True)
    law = law_of(election)
    from sailau.runs.margin import margin

    for point in points:
        best = margin(law.replace({"list.threshold.share": point.values[0]}), election.tally).best
        assert best is not None and point.margin == best.votes
    assert points[0].margin == 12_736  # methods, section 0


def sailau(*words: str) -> subprocess.CompletedProcess[str]:
    code = "from sailau.cli.main import main; main()"
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, timeout=120)


def test_the_commands_print_their_tables() -> None:
    words = ("--vary", "noise.sd=10%:25%", "--output", "bar.nsdp", "--points", "8", "--runs", "128", "--json")
    done = sailau("sensitivity", str(SCENARIO), *words)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"][0]["input"] == "noise.sd"
    assert sailau("sensitivity", str(SCENARIO)).returncode == 2
    done = sailau("what-if", "kz/mazhilis/2023-03-19", "--sweep", "shares.nsdp=4%:6%:1%", "--cliffs", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"][0]["gains"] == "nsdp +4"
    done = sailau(
        "what-if", "kz/mazhilis/2023-03-19", "--sweep", "list.threshold.share=5%:5%:1%", "--margins", "--json"
    )
    assert json.loads(done.stdout)["rows"][0]["margin"] == 12736, done.stderr
    assert sailau("what-if", "kz/mazhilis/2023-03-19", "--set", "list.threshold.share=3%", "--cliffs").returncode == 2
