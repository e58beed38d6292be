"""Files of ranked ballots: each form with its twin at fault, and election folders that hold ballots."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.records.ballots import read_rankings
from sailau.records.ranked import RankedBallots, first_preferences, read_ranked
from sailau.records.ranked_out import WRITERS
from sailau.records.read import read_election
from sailau.records.sheet import slug_of
from sailau.runs.replay import replay
from sailau.terms.errors import InvalidRecord, InvalidResults, NotFound, SailauError

BLT = """4 2   # four candidates, two seats
-3
12 1 2 4 0
7 2 3 1 0
5 4 0
2 1 - 2 0
1 1=2 4 0
3 0
0
"Ann Ross"
"Bob"
"Cyd"
"Élan, D."
"A club"
"""
PREFLIB = """# FILE NAME: 1.toi
# TITLE: A town
# NUMBER ALTERNATIVES: 3
# ALTERNATIVE NAME 1: Ann
# ALTERNATIVE NAME 2: "Bob"
# ALTERNATIVE NAME 3: Cyd
5: 1,2
3: 2,{1,3}
2: 3
"""
WARD = """3,2,
5,1,2,
3,2,3,1,
"Candidate 1","Ann Ross","Labour (Lab)",
"Candidate 2","Bob","Green (Gr)",
"Candidate 3","Cyd","Independent (Ind)",
"Ward 7 - Harbour",
"""
TABLE = """rank1,rank2,rank3,count
Ann,undervote,Bob,5
overvote,Bob,undervote,2
UWI,Ann,undervote,1
undervote,undervote,undervote,4
"Cyd, Jr. ",Ann,Ann,3
"""


def read(tmp_path: Path, name: str, text: str | bytes) -> RankedBallots:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_ranked(path)


def test_blt(tmp_path: Path) -> None:
    seen = read(tmp_path, "club.blt", BLT)
    assert (seen.title, seen.seats, seen.total) == ("A club", 2, 30)
    assert list(seen.contenders) == ["ann_ross", "bob", "elan_d"]
    assert seen.rankings == {
        ("ann_ross", "bob", "elan_d"): 12,
        ("bob", "ann_ross"): 7,
        ("elan_d",): 5,
        ("ann_ross", "skipped", "bob"): 2,
        ("ann_ross=bob", "elan_d"): 1,
        (): 3,
    }
    assert seen.contenders["elan_d"].names == {"en": "Élan, D."}


NAMES = {
    "in quotes": '"Ann Ross"\n"Bob  (Green)"\n"A ward"\n',
    "one a line": "Ann Ross\nBob  (Green)\nA ward\n",
    "with a comment and commas": "# names\nAnn Ross,\nBob  (Green),,\n\nA ward,\n",
    "quotes and none": '"Ann Ross"\n"Bob  (Green)"\nA ward\n',
    "on the line of the last 0": '"Ann Ross" "Bob  (Green)" "A ward" "a remark"\n',
    "several a line": '"Ann Ross" "Bob  (Green)"\n"A ward"\n',
}


@pytest.mark.parametrize("names", NAMES)
def test_names_of_a_blt_file(tmp_path: Path, names: str) -> None:
    gap = " " if names == "on the line of the last 0" else "\n"
    seen = read(tmp_path, "a.blt", f"2 1,\n3 1 2 0,\n1 2 0\n0{gap}{NAMES[names]}")
    assert (seen.title, seen.seats, seen.total) == ("A ward", 1, 4)
    assert [who.names["en"] for who in seen.contenders.values()] == ["Ann Ross", "Bob  (Green)"]
    assert list(seen.contenders) == ["ann_ross", "bob_green"]


def test_quotes_within_a_name_of_a_blt_file(tmp_path: Path) -> None:
    seen = read(tmp_path, "a.blt", '2 1\n1 1 0\n0\n"Ann ""Green"""\n"Bob ""The Cat"" Ross"\n')
    assert [who.names["en"] for who in seen.contenders.values()] == ['Ann "Green"', 'Bob "The Cat" Ross']
    assert seen.title == ""


@pytest.mark.parametrize("names", ["Ann Ross\n", "Ann\nBob\nA ward\nand more\n", '"Ann"\n'])
def test_a_blt_file_names_as_many_as_it_says(tmp_path: Path, names: str) -> None:
    with pytest.raises(InvalidResults, match=r"a\.blt:3: names \d candidates, not the 2 of its first line"):
        read(tmp_path, "a.blt", f"2 1\n1 1 0\n0\n{names}")


def test_preflib(tmp_path: Path) -> None:
    seen = read(tmp_path, "town.toi", PREFLIB)
    assert (seen.title, seen.seats) == ("A town", None)
    assert seen.rankings == {("ann", "bob"): 5, ("bob", "ann=cyd"): 3, ("cyd",): 2}


def test_scottish_ward_also_packed(tmp_path: Path) -> None:
    seen = read(tmp_path, "ward.csv", WARD)
    assert (seen.title, seen.seats) == ("Ward 7 - Harbour", 2)
    assert seen.rankings == {("ann_ross", "bob"): 5, ("bob", "cyd", "ann_ross"): 3}
    assert seen.contenders["bob"].party == "green_gr"
    assert read(tmp_path, "ward.csv.gz", gzip.compress(WARD.encode())) == seen


def test_table_of_ranks(tmp_path: Path) -> None:
    seen = read(tmp_path, "town.csv", TABLE)
    assert seen.rankings == {
        ("ann", "skipped", "bob"): 5,
        ("overvote", "bob", "skipped"): 2,
        ("undeclared_write_ins", "ann", "skipped"): 1,
        ("skipped", "skipped", "skipped"): 4,
        ("cyd_jr", "ann", "ann"): 3,
    }
    assert seen.contenders["undeclared_write_ins"].traits == {"write_in"}
    assert seen.total == 15


def test_columns_of_ranks_go_by_their_numbers_not_by_their_names(tmp_path: Path) -> None:
    names = "abcdefghijk"
    heads = sorted(f"rank{i}" for i in range(1, 12))  # rank1, rank10, rank11, rank2, …
    cells = [names[int(head.removeprefix("rank")) - 1] for head in heads]
    seen = read(tmp_path, "town.csv", f"{','.join(heads)},count\n{','.join(cells)},4\n")
    assert seen.rankings == {tuple(names): 4}
    assert read(tmp_path, "two.csv", "Rank 2,Rank 1\nb,a\n").rankings == {("a", "b"): 1}
    assert read(tmp_path, "bare.csv", "rank first,rank second\na,b\n").rankings == {("a", "b"): 1}


def test_a_row_of_ranks_may_end_where_its_voter_did(tmp_path: Path) -> None:
    seen = read(tmp_path, "town.csv", "ward,rank1,rank2,rank3\n7,Ann,Bob,Cyd\n7,Bob\n7,Ann,Bob\n")
    assert seen.rankings == {("ann", "bob", "cyd"): 1, ("bob", "skipped", "skipped"): 1, ("ann", "bob", "skipped"): 1}
    for text in ("rank1,rank2,count\nAnn,Bob\n", "rank1,rank2\nAnn,Bob,Cyd\n", "rank1,rank2\nAnn\n\n"):
        with pytest.raises(InvalidResults, match=r"the row has \d cells, the header \d"):
            read(tmp_path, "bad.csv", text)


def test_tally_of_a_file(tmp_path: Path) -> None:
    tally = read(tmp_path, "town.csv", TABLE).tally("council", "harbour")
    ballots = tally.tiers["council"]
    assert ballots.votes == {"harbour": {"ann": 5, "bob": 2, "undeclared_write_ins": 1, "cyd_jr": 3}}
    assert ballots.rankings["harbour"]["cyd_jr", "ann", "ann"] == 3
    assert read(tmp_path, "ward.csv", WARD).tally().tiers["ranked"].seats == {"nation": 2}


def test_equal_names_are_told_apart(tmp_path: Path) -> None:
    seen = read(tmp_path, "a.blt", '3 1\n1 1 2 3 0\n0\n"Ann"\n"ANN"\n"???"\n"t"\n')
    assert list(seen.contenders) == ["ann", "ann_2", "candidate_3"]
    reserved = read(tmp_path, "b.blt", '2 1\n1 1 2 0\n0\n"Overvote"\n"Nation"\n')
    assert list(reserved.contenders) == ["overvote_1", "nation_2"]


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("a.blt", "", "breaks off"),
        ("a.blt", "2 1\n1 1 2 0\n", "breaks off"),
        ("a.blt", "2 1\n1 1 2", "breaks off within a ballot"),
        ("a.blt", '2 1\n1 3 0\n0\n"a"\n"b"\n', "there is no candidate 3"),
        ("a.blt", '2 1\n1.5 1 0\n0\n"a"\n"b"\n', "a count is written in digits"),
        ("a.blt", "99999 1\n", "not believed"),
        ("a.blt", "9" * 5000 + " 1\n", "no count"),
        ("a.soi", "5: 1,2\n", "there is no candidate 1"),
        ("a.soi", "# ALTERNATIVE NAME 1: a\nsix: 1\n", "a count is written in digits"),
        ("a.soi", "# ALTERNATIVE NAME 1: a\n6; 1\n", "no line of votes"),
        ("a.soi", "# ALTERNATIVE NAME 1: a\n6: 0\n", "no candidate 0"),
        ("a.soi", "# ALTERNATIVE NAME 2: a\n", "does not name its alternatives"),
        ("a.csv", "", "does not begin"),
        ("a.csv", "3,2,\n5,1,4,\n", "there is no candidate 4"),
        ("a.csv", "3,2,\n5,1,0,\n", "there is no candidate 0"),
        ("a.csv", '2,1,\n5,1,2,\n"Candidate 1","a","b",\n', "names 1 candidates, not the 2"),
        ("a.csv", "rank1,count\nann,-3\n", "a count is written in digits"),
        ("a.csv", "rank1,count\nann\n", "the row has 1 cells"),
        ("a.csv", "rank1,count\nann,²\n", "a count is written in digits"),
        ("a.txt", "1", "no form of ranked ballots"),
        ("a.csv.gz", "not packed", "cannot be read"),
        ("a.csv", b"rank1,count\n" + b"\x00\x01\x02" * 50, "no text"),
    ],
)
def test_faults_are_named(tmp_path: Path, name: str, text: str | bytes, what: str) -> None:
    with pytest.raises(InvalidResults, match=what):
        read(tmp_path, name, text)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"no file '.*nothing\.blt'"):
        read_ranked(tmp_path / "nothing.blt")


def test_a_packed_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sailau.records.ranked.LIMIT", 1000)
    with pytest.raises(InvalidResults, match="larger than"):
        read(tmp_path, "a.csv.gz", gzip.compress(b"rank1,count\n" + b"a,1\n" * 1000))


@given(
    text=st.text(alphabet='0123456789 \n"-=#,:{}>rankcount', max_size=80), kind=st.sampled_from(("blt", "soi", "csv"))
)
def test_any_text_is_read_or_refused(text: str, kind: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / f"any.{kind}"
    path.write_text(text)
    try:
        seen = read_ranked(path)
    except SailauError:
        return
    assert seen.total >= 0
    places = {place for ranking in seen.rankings for place in ranking}
    assert {name for place in places for name in place.split("=")} <= {*seen.contenders, "overvote", "skipped"}


def test_first_preferences_pass_over_marks() -> None:
    rankings = {("skipped", "b"): 2, ("overvote", "a"): 1, (): 5, ("a",): 4}
    assert first_preferences(rankings, ["a", "b", "c"]) == {"a": 5, "b": 2, "c": 0}


def test_slugs() -> None:
    assert slug_of("O'Brien, Pat (Non-P.)") == "o_brien_pat_non_p"
    assert slug_of("Ólafur") == "olafur"


LAW = """law: xx/town
name: a town
in_force: {from: 2000-01-01, until: null}
checked: null
texts: {el: an act}
seats: {total: null, cite: el 1}
tiers:
  ward:
    seats: null
    district: multi_member
    ballot: ranked
    steps: [{rank: {rule: stv, quota: droop, places: 5, ties: [backwards, lot], cite: el 2}}]
"""
RECORD = """election: xx/town/2001-01-01
name: a town
law: xx/town
held_on: 2001-01-01
sources: {count: {title: the count, read_on: 2026-11-23}}
"""
BALLOTS = "tier,district,votes,ranking\nward,east,40,ann>bob\nward,east,25,bob\nward,east,30,cyd > bob\nward,east,1,\n"


def folder(tmp_path: Path, ballots: str = BALLOTS, **files: str) -> Path:
    place = tmp_path / "elections" / "xx" / "town" / "2001-01-01"
    place.mkdir(parents=True)
    (tmp_path / "laws" / "xx" / "town").mkdir(parents=True)
    (tmp_path / "laws" / "xx" / "town" / "2000-01-01.yaml").write_text(LAW)
    (place / "election.yaml").write_text(RECORD)
    (place / "ballots.csv").write_text(ballots)
    (place / "districts.csv").write_text("tier,district,seats\nward,east,2\n")
    (place / "seats.csv").write_text("tier,district,contender,seats\nward,east,ann,1\nward,east,bob,1\n")
    for name, text in files.items():
        (place / f"{name}.csv").write_text(text)
    return place


def test_an_election_folder_with_ballots_is_replayed(tmp_path: Path) -> None:
    election = read_election(folder(tmp_path))
    ballots = election.tally.tiers["ward"]
    assert ballots.votes["east"] == {"ann": 40, "bob": 25, "cyd": 30}
    assert ballots.rankings["east"] == {("ann", "bob"): 40, ("bob",): 25, ("cyd", "bob"): 30, (): 1}
    seen = replay(election, folders=[tmp_path / "laws"])
    assert seen.question is None
    assert seen.matches
    assert seen.compared == 2


def test_votes_beside_ballots_must_agree(tmp_path: Path) -> None:
    head = "tier,district,contender,votes\nward,east,ann,40\nward,east,cyd,30\nward,east,dee,0\n"
    good = read_election(folder(tmp_path, votes=head + "ward,east,bob,25\n"))
    assert good.tally.tiers["ward"].votes["east"]["dee"] == 0
    with pytest.raises(InvalidRecord, match=r"the ballots give bob 25 first preferences, votes\.csv 24"):
        read_election(folder(tmp_path / "b", votes=head + "ward,east,bob,24\n"))
    with pytest.raises(InvalidRecord, match=r"votes\.csv nothing"):
        read_election(folder(tmp_path / "c", votes=head))


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("ward,east,3,a>>b", "empty place"),
        ("ward,east,3,ann>bob", "stands twice"),
        ("ward,east,3.5,a", "digits"),
        ("ward,east,3", "cells"),
    ],
)
def test_faults_of_ballots_csv(tmp_path: Path, row: str, what: str) -> None:
    with pytest.raises(InvalidRecord, match=what):
        read_election(folder(tmp_path, BALLOTS + row + "\n"))


def test_no_ballots_no_rankings(tmp_path: Path) -> None:
    assert read_rankings(tmp_path) == {}


def test_several_names_at_one_place_are_kept(tmp_path: Path) -> None:
    rows = "tier,district,votes,ranking\nward,east,4,cyd = ann>bob\nward,east,3,ann>overvote\n"
    (tmp_path / "ballots.csv").write_text(rows)
    assert read_rankings(tmp_path)["ward"]["east"] == {("ann=cyd", "bob"): 4, ("ann", "overvote"): 3}
    assert first_preferences({("ann=cyd", "bob"): 4, ("cyd",): 1}, ["ann", "bob", "cyd"]) == {
        "ann": 0,
        "bob": 4,
        "cyd": 1,
    }
    (tmp_path / "ballots.csv").write_text("tier,district,votes,ranking\nward,east,4,ann=>bob\n")
    with pytest.raises(InvalidRecord, match="empty place"):
        read_rankings(tmp_path)


@pytest.mark.parametrize("suffix", [".blt", ".toi", ".csv"])
def test_forms_keep_several_names_at_one_place(tmp_path: Path, suffix: str) -> None:
    text = '3 1\n5 1=3 2 0\n4 2 - 1 0\n0\n"Ann"\n"Bob"\n"Cyd"\n"t"\n'
    seen = read(tmp_path, "a.blt", text)
    assert seen.rankings == {("ann=cyd", "bob"): 5, ("bob", "skipped", "ann"): 4}
    again = read(tmp_path, f"b{suffix}", WRITERS[suffix](seen))
    assert {strip(ranking): n for ranking, n in again.rankings.items()} == seen.rankings


def strip(ranking: tuple[str, ...]) -> tuple[str, ...]:
    """Return a ranking without blank places at its end."""
    return strip(ranking[:-1]) if ranking and ranking[-1] == "skipped" else ranking


def test_a_withdrawn_candidate_leaves_the_other_at_one_place(tmp_path: Path) -> None:
    text = '3 1\n-3\n5 1=3 2 0\n1 3 2 0\n0\n"Ann"\n"Bob"\n"Cyd"\n"t"\n'
    assert read(tmp_path, "a.blt", text).rankings == {("ann", "bob"): 5, ("bob",): 1}
