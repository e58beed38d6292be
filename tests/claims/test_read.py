"""Books of claims: what is refused, with file, line and column."""

import re
from pathlib import Path

import pytest

from sailau.claims.calls.tables import InvalidTable, read_table
from sailau.claims.read import InvalidClaims, read_book
from sailau.claims.resolve import resolve
from sailau.claims.world import World
from sailau.terms.errors import NotFound

BOOK = """\
book: mine
name: My book
people:
  ann: {name: Ann Example, role: expert, aliases: [Anne]}
reports:
  paper: {title: An article, outlet: The Paper, day: 2023-03-20}
  blog: {title: A summary, outlet: A blog, day: 2023-03-21, after: paper}
claims:
  A1:
    says: Amanat has more than half of the seats.
    by: ann
    through: [paper, blog]
    said_on: 2023-03-19
    kind: descriptive
    asks: What part of the seats does it have?
    rule: More than half.
    figures:
      part: {call: seats.share, election: kz/mazhilis/2023-03-19, parties: [amanat]}
    tests:
      - {figure: part, words: more than half, above: 1/2}
    needs: Nothing.
    changes_if: Other seats.
    also: [A-one]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_book_of_ones_own_resolves(tmp_path):
    book = read_book(write(tmp_path, BOOK))
    seen = resolve(book.claim("a-ONE"), book, World())
    assert (seen.verdict, seen.confidence) == ("supported", "high")
    assert seen.figures["part"].spelled() == "63.3 %"
    assert [r.key for r in book.chain(book.claims["A1"])] == ["paper", "blog"]


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"),
    [
        ("by: ann", "by: an", 11, 9, "the person 'an' is not listed"),
        ("by: ann", "by: []", 11, 9, "A1 has nothing under by"),
        ("through: [paper, blog]", "through: [papper, blog]", 12, 14, "the report 'papper' is not listed"),
        ("call: seats.share", "call: seats.shares", 18, 20, "there is no call 'seats.shares'"),
        ("parties: [amanat]", "partys: [amanat]", 18, 67, "figures.part.partys' is unknown"),
        ("election: kz/mazhilis/2023-03-19, ", "", 18, 13, "election is missing"),
        ("said_on: 2023-03-19", "said_on: 2999-01-01", 13, 14, "2999-01-01 lies in the future"),
        ("said_on: 2023-03-19", "said_on: 2023-03-21", 13, 14, "reported already on 2023-03-20"),
        ("said_on: 2023-03-19", "said_on: 2023-02-30", 13, 14, "2023-02-30 is no day"),
        ("day: 2023-03-21, after", "day: 2023-03-19, after", 7, 68, "repeats paper, which is of 2023-03-20"),
        ("after: paper", "after: papers", 7, 68, "the report 'papers' is not listed"),
        ("figure: part, words", "figure: parts, words", 20, 18, "the figure 'parts' is not listed"),
        ("above: 1/2", "above: half", 20, 54, "neither an exact number nor a figure"),
        (", above: 1/2", "", 20, 9, "a test without a bound"),
        ("above: 1/2", "above: 0.5", 20, 54, "a binary float"),
        ("kind: descriptive", "kind: rumour", 14, 11, "it can be 'descriptive'"),
        ("    needs: Nothing.\n", "", 10, 5, "needs is missing"),
        ("    needs: Nothing.", "    needs: Nothing.\n    needs: All.", 22, 5, "stands twice"),
        ("      - {figure: part, words: more than half, above: 1/2}\n", "      []\n", 20, 7, "A1 has no test"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path, old, new, line, column, words):
    assert old in BOOK
    with pytest.raises(InvalidClaims, match=re.escape(words)) as caught:
        read_book(write(tmp_path, BOOK.replace(old, new, 1)))
    place = caught.value.place
    assert (place.line, place.column) == (line, column)


@pytest.mark.parametrize("text", ["", "- a\n", "book: x\n", "\x00\x01", "book: [\n"])
def test_a_file_that_is_no_book_is_one_clear_error(tmp_path, text):
    with pytest.raises(InvalidClaims) as caught:
        read_book(write(tmp_path, text))
    assert str(tmp_path) in str(caught.value)


def test_a_file_that_is_not_there_and_an_empty_folder(tmp_path):
    with pytest.raises(NotFound, match="no file"):
        read_book(tmp_path / "nothing.yaml")
    with pytest.raises(InvalidClaims, match="no file of claims"):
        read_book(tmp_path)


def test_a_record_that_is_not_there_is_an_error_but_missing_data_is_a_verdict(tmp_path):
    book = read_book(write(tmp_path, BOOK.replace("2023-03-19, parties", "2023-03-18, parties")))
    with pytest.raises(NotFound, match="no election"):
        resolve(book.claims["A1"], book, World())
    asked = "{call: table.value, table: polls, column: share, where: {year: 2023}, unit: share}"
    own = BOOK.replace("{call: seats.share, election: kz/mazhilis/2023-03-19, parties: [amanat]}", asked)
    book = read_book(write(tmp_path, own))
    seen = resolve(book.claims["A1"], book, World(tables=book.tables))
    assert seen.verdict == "not testable"
    assert seen.missing == {"part": "a coded table 'polls'"}
    (tmp_path / "tables").mkdir()
    polls = "year,share,source\n2023,60%,a poll\n2023,40%,another\n"
    (tmp_path / "tables/polls.csv").write_text(polls, encoding="utf-8")
    book = read_book(tmp_path / "mine.yaml")
    seen = resolve(book.claims["A1"], book, World(tables=book.tables))
    assert seen.figures["part"].spelled() == "40.0 % (40.0 % to 60.0 %)"
    assert seen.verdict == "undetermined"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("year,share\n2023,1\n", "no column 'source'"),
        ("year,source\n2023,\n", "the row has no source"),
        ("year,source\n2023\n", "the row has 1 cells, the header 2"),
        ("year,source\n", "holds no row"),
        ("", "no column 'source'"),
        ("source,source\na,b\n", "names a column twice"),
    ],
)
def test_a_coded_table_without_sources_or_rows_is_refused(tmp_path, text, words):
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidTable, match=re.escape(words)):
        read_table(path)
