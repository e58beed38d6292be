"""Folders of one's own that are half written, contradictory, huge or built to do harm: one error, with its place."""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.replays.test_own_folders import ELECTION, LAW, SEATS, VOTES

from sailau.files.document import parse_document
from sailau.law.read import parse_law, read_law
from sailau.records.names import is_plain
from sailau.records.read import read_election
from sailau.runs.replay import Replay, replay
from sailau.terms.errors import InvalidLaw, InvalidRecord, InvalidSeats
from sailau.terms.tally import Ballots, Tally


def folder(place: Path, **files: str | bytes) -> Path:
    """Write an election in order, but for the files given: ``votes_csv`` for votes.csv."""
    whole: dict[str, str | bytes] = {"election_yaml": ELECTION, "votes_csv": VOTES, "seats_csv": SEATS, **files}
    for name, text in whole.items():
        path = place / name.replace("_", ".")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return place


def replayed(place: Path, law: str = LAW, **files: str | bytes) -> Replay:
    laws = place / "laws/xx/chamber"
    laws.mkdir(parents=True)
    (laws / "2000-01-01.yaml").write_text(law, encoding="utf-8")
    return replay(read_election(folder(place, **files)), folders=[place / "laws"])


def refused(place: Path, **files: str | bytes) -> str:
    with pytest.raises(InvalidRecord) as caught:
        read_election(folder(place, **files))
    assert caught.value.place is not None
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("list,south,a", "list,south,", "votes.csv:4: the row names no contender"),
        ("list,south,a", ",south,a", "votes.csv:4: the row names no tier"),
        ("list,south,a", "list,south, a", "votes.csv:4: the contender ' a' has spaces around it"),
        ("list,south,a", "list, south,a", "the district ' south' has spaces"),
        ("list,south,a", "list ,south,a", "the tier 'list ' has spaces"),
        ("list,south,a", "list,south,a\u200b", "the contender 'a\\u200b' has spaces around it, signs that do not show"),
        ("list,south,a", "list,south,\u202ea", "'\\u202ea'"),
        ("list,south,a", "list,south,\x1b[31ma", "'\\x1b[31ma'"),
        ("list,south,a", 'list,south,"a\nb"', "'a\\nb'"),
        ("list,south,a", "list,south,e\u0301", "'e\\u0301'"),
        ("list,south,a", "list,south,A", "'A' differ in capital letters only"),
        ("list,south,a", "list,south,Blank", "'Blank' and 'blank' differ in capital letters only"),
        ("list,south,a", "list,south,total", "votes.csv:4: total is a sum, no contender"),
        ("list,south,a", "list,south,valid", "valid is a sum, no contender"),
        ("list,south,a", "list,nation,a", "list: some rows name a district, others do not"),
        ("list,south,a", "list,,a", "list: some rows name a district, others do not"),
    ],
)
def test_a_name_that_could_be_taken_for_another_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert words in refused(tmp_path, votes_csv=VOTES.replace(old, new))


def test_names_of_any_alphabet_stand() -> None:
    assert all(map(is_plain, ["amanat", "Ақ жол", "مشارکت", "نو\u200cآوری", "ליכוד", "自由民主党", "é", "a b"]))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("totals: {list: {valid: -5}}\n", "election.yaml:7:24: totals.list.valid is -5; a count cannot be negative"),
        (
            "totals: {list: {valid: 5}}\n",
            "election.yaml:7:16: list, nation: the lines add up to 158, the valid ballots",
        ),
        ("totals: {list: {valid: 158, ballots: 90}}\n", "list, nation: valid is 158, ballots only 90"),
        ("totals: {list: {registered: 90, voters: 91}}\n", "list, nation: voters is 91, registered only 90"),
        ("contenders: {a: {registered: -1}}\n", "contenders.a.registered is -1"),
        ("contenders: {aa: {traits: [minority]}}\n", "contenders names aa, who has neither votes nor seats"),
        ("contenders: {total: {traits: [minority]}}\n", "total is a sum"),
        ("inexact: " + "9" * 5_000 + "\n", "election.yaml:7:10: inexact is a number of 5,000 digits"),
    ],
)
def test_figures_that_cannot_be_are_refused(tmp_path: Path, more: str, words: str) -> None:
    assert words in refused(tmp_path, election_yaml=ELECTION + more)


def test_seats_of_districts_and_of_the_whole_agree_or_the_record_says_so(tmp_path: Path) -> None:
    seats = SEATS + "list,,a,4\nlist,,b,1\n"
    assert "list: b has 2 seats in the districts, 1 in the whole" in refused(tmp_path, seats_csv=seats)
    spoken = "conflicts: [{about: list.seats, values: {x: 1}, chosen: 2, why: a misprint}]\n"
    assert read_election(folder(tmp_path, seats_csv=seats, election_yaml=ELECTION + spoken)).conflicts


def test_a_district_that_nobody_voted_in_is_no_district(tmp_path: Path) -> None:
    said = refused(tmp_path, districts_csv="tier,district,seats\nlist,suoth,2\n")
    assert "districts.csv: list: suoth has figures, but no votes" in said and "did you mean south" in said


def _broken(packed: bytes) -> bytes:
    return packed[:10] + b"\xff" * 20 + packed[30:]


@pytest.mark.parametrize("spoil", [_broken, lambda packed: packed[:40], lambda _: VOTES.encode()])
def test_a_packed_table_that_is_spoilt_is_refused(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    folder(tmp_path)
    (tmp_path / "votes.csv").unlink()
    (tmp_path / "votes.csv.gz").write_bytes(spoil(gzip.compress(VOTES.encode() * 50)))
    with pytest.raises(InvalidRecord, match="is not readable as a table"):
        read_election(tmp_path)


def test_a_table_packed_and_plain_is_one_too_many(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "votes.csv.gz").write_bytes(gzip.compress(VOTES.encode()))
    with pytest.raises(InvalidRecord, match="both stand here"):
        read_election(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "election.yaml")
    with pytest.raises(InvalidRecord, match="a device or a pipe"):
        read_election(tmp_path)


@pytest.mark.parametrize("text", ["a: " + "[" * 100_000, "a: " + "{a: " * 20_000, "- " * 50_000 + "a", "a: &a [*a]"])
def test_what_is_nested_without_end_is_refused(text: str) -> None:
    """A hundred thousand brackets ended the interpreter itself, where each level calls the next."""
    with pytest.raises(InvalidLaw, match=r"nested too deeply|no mapping"):
        parse_document(text, "deep", InvalidLaw)


def test_a_document_of_many_brackets_side_by_side_is_read() -> None:
    text = "a:\n" + "- {b: [1, 2]}\n" * 4_000
    assert len(parse_document(text, "wide", InvalidLaw).values["a"]) == 4_000


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("north: 3", "north: -3", ":11:25: list.magnitudes.north has -3 seats"),
        ("north: 3", "north: 1" + "0" * 30, "0 to 1,000,000"),
        ("north: 3", "north: " + "9" * 5_000, "is a number of 5,000 digits"),
        ("5%", '!!python/object/apply:os.system ["echo hi"]', "['echo hi'] is not an exact number"),
        ("5%", "null", "None is not an exact number"),
        ("5%", "'1/" + "3" * 10_000 + "'", "is not an exact number; write for instance '5%'"),
        ("  list:", "  house:", ":8:3: a tier cannot be called 'house'"),
        ("  list:", "  li.st:", "a tier cannot be called 'li.st'"),
        ("  list:", '  "":', "a tier cannot be called ''"),
        ("- allocate: {divisor: dhondt, cite: el 3}", "- allocate", "one word with its terms, not 'allocate'"),
        ("- allocate: {divisor: dhondt, cite: el 3}", "- 5", "one word with its terms, not 5"),
        (LAW[LAW.index("tiers:") :], "tiers:\n", "tiers is empty; it needs names with values"),
    ],
)
def test_a_law_that_cannot_be_is_refused_at_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    (tmp_path / "2000-01-01.yaml").write_text(LAW.replace(old, new), encoding="utf-8")
    with pytest.raises(InvalidLaw) as caught:
        read_law(tmp_path / "2000-01-01.yaml")
    assert words in str(caught.value) and len(str(caught.value)) < 1_000


def test_a_decree_cannot_give_more_seats_than_there_can_be() -> None:
    law = parse_law(
        LAW.replace("multi_member", "nationwide").replace("    magnitudes: {north: 3, south: 2}\n", ""), "xx/a"
    )
    for seats in (-1, 10**9):
        election = Tally({"list": Ballots({"nation": {"a": 1}}, seats={"nation": seats})})
        with pytest.raises(InvalidSeats, match="0 to 1,000,000"):
            law.count(election)


@pytest.mark.parametrize(
    ("files", "law", "words"),
    [
        ({"seats_csv": SEATS.replace("south", "suoth")}, LAW, "seats.csv has a district suoth of list"),
        ({"election_yaml": ELECTION + "declared: [lisst]\n"}, LAW, "has seats of lisst, but xx/chamber@2000-01-01 has"),
        (
            {"districts_csv": "tier,district,seats\nlist,north,9\n"},
            LAW,
            "north of list has 9 seats in the record, and 3 in xx/chamber@2000-01-01",
        ),
        ({"votes_csv": VOTES.replace(",30", ",0").replace(",29", ",0")}, LAW, "list, south: nobody has a vote"),
    ],
)
def test_what_record_and_law_say_differently_is_named(
    tmp_path: Path, files: dict[str, str], law: str, words: str
) -> None:
    seen = replayed(tmp_path, law, **files)
    assert seen.question is not None and words in str(seen.question) and not seen.matches


def test_a_name_that_seats_csv_alone_knows_is_a_difference(tmp_path: Path) -> None:
    seen = replayed(tmp_path, seats_csv=SEATS.replace("south,b", "south,c"))
    assert {(d.contender, d.counted, d.official) for d in seen.differences} == {("b", 1, 0), ("c", 0, 1)}
