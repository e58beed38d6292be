"""sailau convert, --out and scenario.json: what goes out comes back the same, and what a form cannot hold is said."""

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import sailau as sl
from sailau.cli.main import app
from sailau.records.ranked import RankedBallots, read_ranked
from sailau.records.ranked_out import to_blt, to_preflib, to_ranks
from sailau.runs.saved import Saved, read_saved
from sailau.terms.errors import InvalidRecord, InvalidResults, SailauError
from sailau.terms.tally import Ballots, Contender, Tally

RUN = CliRunner()
ID = "kz/mazhilis/2023-03-19"
DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "stv" / "preflib_elections.zip"


def done(*given: str) -> str:
    result = RUN.invoke(app, list(given), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "parquet", "xlsx"])
def test_votes_go_out_and_come_back(tmp_path: Path, suffix: str) -> None:
    first = tmp_path / f"votes.{suffix}"
    done("convert", ID, str(first))
    votes = sl.load_election(ID).tally.tiers["list"]
    back = sl.read_results(first).tally.tiers["list"]
    assert back.votes == votes.votes
    assert back.totals["nation"].items() >= votes.totals["nation"].items()
    again = tmp_path / "again.csv"
    done("convert", str(first), str(again))
    assert sl.read_results(again).tally.tiers["list"] == back


NAMES = st.lists(st.text("abcәқ «»,", min_size=1, max_size=8).filter(lambda n: n.strip()), min_size=1, max_size=5)


@st.composite
def ranked(draw: st.DrawFn) -> RankedBallots:
    people = {f"c{i}": Contender(f"c{i}", None, "candidate", names={"en": n}) for i, n in enumerate(draw(NAMES))}
    order = st.lists(
        st.sampled_from([*people, "skipped"]), max_size=len(people), unique_by=lambda n: (n, object())[n == "skipped"]
    )
    rankings = draw(st.dictionaries(order.map(_trimmed), st.integers(1, 10**6), min_size=1, max_size=8))
    return RankedBallots(draw(st.text("abc ", max_size=6)), draw(st.integers(1, 4)), people, rankings)


def _trimmed(ranking: list[str]) -> tuple[str, ...]:
    while ranking and ranking[-1] == "skipped":
        ranking = ranking[:-1]
    return tuple(ranking)


def same(ballots: RankedBallots, back: RankedBallots) -> bool:
    slug = dict(zip(back.contenders, ballots.contenders, strict=False))
    turned: dict[tuple[str, ...], int] = {}
    for ranking, n in back.rankings.items():
        key = _trimmed([slug.get(name, name) for name in ranking])
        turned[key] = turned.get(key, 0) + n
    return turned == dict(ballots.rankings)


@given(ranked())
def test_ranked_ballots_survive_blt_and_preflib(
    tmp_path_factory: pytest.TempPathFactory, ballots: RankedBallots
) -> None:
    folder = tmp_path_factory.mktemp("ranked")
    for name, text in (("x.blt", to_blt(ballots)), ("x.soi", to_preflib(ballots))):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        assert same(ballots, read_ranked(path)), text


def test_an_overvote_is_kept_in_a_table_only(tmp_path: Path) -> None:
    people = {"a": Contender("a", names={"en": "Ann"})}
    ballots = RankedBallots("T", 1, people, {("overvote", "a"): 3, ("a",): 2})
    for write in (to_blt, to_preflib):
        with pytest.raises(InvalidResults, match="3 ballots name several"):
            write(ballots)
    path = tmp_path / "x.csv"
    path.write_text(to_ranks(ballots), encoding="utf-8")
    assert sorted(read_ranked(path).rankings.values()) == [2, 3]


@pytest.mark.skipif(not DATA.is_file(), reason=f"the ranked ballots for tests are not there: {DATA}")
def test_real_ballots_count_the_same_after_a_round_trip(tmp_path: Path) -> None:
    with zipfile.ZipFile(DATA) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".soi") and "glasgow" in n.lower())
        first = tmp_path / "x.soi"
        first.write_bytes(archive.read(name))
    done("convert", str(first), str(tmp_path / "y.blt"), "--seats", "4")
    done("convert", str(tmp_path / "y.blt"), str(tmp_path / "z.soi"))
    before, after = read_ranked(first), read_ranked(tmp_path / "z.soi")
    assert before.total == after.total > 1000 and same(before, after)


def test_who_was_elected_goes_into_a_table(tmp_path: Path) -> None:
    path = tmp_path / "r.xml"
    path.write_text(
        '<EML Id="520"><Result><Election><Contest><ContestIdentifier Id="1"/><Selection><Candidate>'
        "<CandidateFullName>Ann</CandidateFullName></Candidate><Elected>yes</Elected></Selection></Contest></Election>"
        "</Result></EML>",
        encoding="utf-8",
    )
    done("convert", str(path), str(tmp_path / "e.csv"))
    assert (tmp_path / "e.csv").read_text(encoding="utf-8") == "district,contender,party\n1,Ann,\n"


def test_a_scenario_is_saved_and_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "scenario.json"
    first = done("what-if", ID, "--set", "list.threshold.share=7%", "--out", str(path))
    assert done("what-if", str(path)) == first
    counted = done("count", str(path))
    assert "amanat\t3431510\t46\t46" in counted
    more = done("what-if", str(path), "--set", "list.threshold.share=2%")
    assert "baytaq\t146431\t0\t1\t1" in more


def test_a_workbook_of_a_count_is_written_beside_the_table(tmp_path: Path) -> None:
    path = tmp_path / "count.xlsx"
    assert "nsdp" in done("count", ID, "--out", str(path))
    assert zipfile.is_zipfile(path)


@given(
    st.dictionaries(st.text(min_size=1, max_size=9), st.integers(0, 10**12), min_size=1, max_size=5),
    st.dictionaries(st.text(max_size=9), st.lists(st.text(max_size=9), max_size=3).map(tuple), max_size=2),
)
def test_own_votes_survive_a_scenario(
    tmp_path_factory: pytest.TempPathFactory, votes: dict[str, int], decisions: dict[str, tuple[str, ...]]
) -> None:
    people = {name: Contender(name, names={"kk": name}) for name in votes}
    tally = Tally({"list": Ballots({"d": votes}, {"d": {"valid": sum(votes.values())}}, {"d": 3})}, people)
    saved = Saved("kz/mazhilis@2022-11-05", None, tally, {"list.threshold.share": "7%"}, decisions, 7)
    path = tmp_path_factory.mktemp("saved") / "s.json"
    path.write_text(saved.to_json(), encoding="utf-8")
    assert read_saved(path) == saved


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d | {"election": None},
        lambda d: d | {"schema": "sailau/scenario/9"},
        lambda d: d | {"more": 1},
        lambda d: d | {"changes": {"a": 1}},
        lambda d: [d],
        lambda d: {k: v for k, v in d.items() if k != "law"},
    ],
)
def test_a_spoiled_scenario_is_refused_with_its_place(tmp_path: Path, spoil: object) -> None:
    document = json.loads(Saved("kz/mazhilis", ID).to_json())
    path = tmp_path / "s.json"
    path.write_text(json.dumps(spoil(document)), encoding="utf-8")  # type: ignore[operator]
    with pytest.raises(InvalidRecord, match=r"s\.json"):
        read_saved(path)


@pytest.mark.parametrize(
    ("given_args", "code"),
    [(("nope.csv", "x.csv"), 3), ((ID, "x.docx"), 4), (("kz/nowhere", "x.csv"), 3)],
)
def test_what_cannot_be_converted_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given_args: tuple[str, str], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SailauError) as error:
        RUN.invoke(app, ["convert", *given_args], catch_exceptions=False)
    assert error.value.exit_code == code
    assert list(tmp_path.iterdir()) == []


def test_tables_for_people_speak_the_language_and_those_for_machines_do_not() -> None:
    kazakh = done("count", ID, "--lang", "kk", "--format", "md")
    assert "| Аманат | 3\u202f431\u202f510 | 40 | 22 | 62 |" in kazakh and "Үміткер" in kazakh
    assert done("count", ID, "--lang", "ru") == done("count", ID)
    changed = done("what-if", ID, "--set", "list.threshold.share=7%", "--lang", "ru", "--format", "md")
    assert "\u22124" in changed and "Участник" in changed
    with pytest.raises(SailauError, match="Қазақша"):
        RUN.invoke(app, ["count", ID, "--lang", "tlh"], catch_exceptions=False)


def test_cast_vote_records_become_ranked_ballots(tmp_path: Path) -> None:
    table = tmp_path / "poll.csv"
    table.write_text("id,Ann,7,station\n1,1,2,x\n2,2,1,y\n3,,1,y\n")
    done("convert", str(table), str(tmp_path / "b.blt"), "--columns", "2-3", "--name", "7=Bob", "--seats", "1")
    assert read_ranked(tmp_path / "b.blt").rankings == {("ann", "bob"): 1, ("bob", "ann"): 1, ("bob",): 1}


@pytest.mark.parametrize("span", ["x", "3", "3-2", "0-2", "-", "2-3-4", "-3"])
def test_a_span_of_columns_that_is_none_is_named(tmp_path: Path, span: str) -> None:
    table = tmp_path / "poll.csv"
    table.write_text("id,Ann\n1,1\n")
    result = RUN.invoke(app, ["convert", str(table), str(tmp_path / "b.blt"), f"--columns={span}"])
    assert result.exit_code == 2
    assert "no span of columns" in " ".join(result.output.split())
    assert not (tmp_path / "b.blt").exists()


def test_a_contest_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    table = tmp_path / "cvr.csv"
    table.write_text("n,Choice_1_1:Mayor:1:v:Ann:NON\n1,1\n")
    done("convert", str(table), str(tmp_path / "b.soi"), "--contest", "Mayor")
    assert read_ranked(tmp_path / "b.soi").rankings == {("ann",): 1}
    with pytest.raises(InvalidResults, match=r"has no contest 'Clerk'[\s\S]*name one of: Mayor"):
        RUN.invoke(app, ["convert", str(table), str(tmp_path / "c.soi"), "--contest", "Clerk"], catch_exceptions=False)
