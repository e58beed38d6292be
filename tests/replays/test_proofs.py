"""What a match proves: figures that somebody read, rules that they did not settle, and how much of them is compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.replays.test_own_folders import ELECTION, LAW, SEATS, VOTES

from sailau.files.places import shipped
from sailau.law.library import law_ids, load_editions
from sailau.law.read import read_law
from sailau.records.library import election_ids, load_election
from sailau.records.read import read_election
from sailau.report.citation import cite
from sailau.report.records import election_table
from sailau.report.results import caveats, scoreboard, verdict
from sailau.report.sheets import sources_table
from sailau.runs.replay import Replay, replay
from sailau.terms.errors import DrawRequired, InvalidRecord

MEMORY = re.compile(
    r"from memory|from knowledge|common(ly)? (known|knowledge)|cited from|as commonly reported|nobody here", re.I
)


def counted(folder: Path, *, law: str = LAW, votes: str = VOTES, seats: str = SEATS, record: str = ELECTION) -> Replay:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "2000-01-01.yaml").write_text(law, encoding="utf-8")
    for name, text in {"election.yaml": record, "votes.csv": votes, "seats.csv": seats}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return replay(read_election(folder), law=read_law(folder / "2000-01-01.yaml"))


def test_a_match_with_figures_that_nobody_read_is_not_counted_as_exact(tmp_path: Path) -> None:
    unread = ELECTION.replace("{title: Gazette, read_on: 2020-06-01}", "{title: Gazette, read: false}")
    seen = counted(tmp_path / "a"), counted(tmp_path / "b", record=unread)
    assert [one.matches for one in seen] == [True, True] and [one.proves for one in seen] == [True, False]
    board = scoreboard(seen)
    assert [row[5] for row in board.rows] == ["exact", "matches, no proof"]
    assert board.rows[1][6] == "figures that nobody here read: 'gazette'"
    assert board.title.startswith(
        "1 of 2 elections exact; 1 of them national, in 1 country; not counted as exact: 1 that match"
    )
    assert (board.extra["exact"], board.extra["no_proof"], board.extra["in_part"]) == (1, 1, 0)
    assert any("read by nobody here" in note for note in election_table(seen[1].election).notes)
    assert sources_table(seen[1].election).rows[0][4] == "read by nobody here"
    assert "figures of xx/chamber/2020-05-05; read by nobody here" in cite(seen[1].law, seen[1].election)


def test_a_difference_stays_a_difference_whoever_read_the_figures(tmp_path: Path) -> None:
    unread = ELECTION.replace("read_on: 2020-06-01", "read: false")
    seen = counted(tmp_path, record=unread, seats=SEATS.replace("north,a,2", "north,a,3"))
    assert verdict(seen) == "differs" and seen.fails and not seen.proves


def test_seats_that_settled_a_rule_prove_nothing_of_it(tmp_path: Path) -> None:
    seen = counted(tmp_path / "a", law=LAW + "fitted: [xx/chamber/2020-05-05]\n")
    assert (
        verdict(seen) == "matches, no proof"
        and scoreboard([seen]).rows[0][6] == "these seats settled a rule of the law"
    )
    other = counted(tmp_path / "b", law=LAW + "fitted: xx/chamber/2016-05-05\n")
    assert verdict(other) == "exact", "another election of the edition proves what it proves"


def test_districts_left_out_of_the_official_seats_are_counted(tmp_path: Path) -> None:
    seen = counted(tmp_path, seats="\n".join(SEATS.splitlines()[:3]) + "\n")
    assert seen.parts == {"list": (1, 2, False)} and seen.matches and seen.in_part
    board = scoreboard([seen])
    assert board.rows[0][3:] == (3, 0, "exact in part", "1 of 2 districts of list compared")
    assert "0 of 1 elections exact" in board.title and "exact in part: 1" in board.title


def test_a_tier_without_official_seats_is_named_and_a_total_covers_all(tmp_path: Path) -> None:
    two = LAW + LAW[LAW.index("  list:") :].replace("  list:", "  more:").replace("allocate", "allocate", 1)
    both = VOTES + VOTES.split("\n", 1)[1].replace("list,", "more,")
    seen = counted(tmp_path / "a", law=two, votes=both)
    assert seen.parts == {"more": (0, 2, False)} and seen.in_part
    head = "tier,district,contender,seats\n"
    house = counted(tmp_path / "b", law=two, votes=both, seats=head + "house,nation,a,6\nhouse,nation,b,4\n")
    total = counted(tmp_path / "c", seats=head + "list,nation,a,3\nlist,nation,b,2\n")
    assert [verdict(one) for one in (house, total)] == ["exact", "exact"] and not house.parts and not total.parts


def test_districts_beside_a_total_are_exact_and_the_remark_counts_them(tmp_path: Path) -> None:
    some = "tier,district,contender,seats\nlist,north,a,2\nlist,north,b,1\nlist,nation,a,3\nlist,nation,b,2\n"
    seen = counted(tmp_path, seats=some)
    assert seen.parts == {"list": (1, 2, True)} and not seen.in_part
    row = scoreboard([seen]).rows[0]
    assert row[5:] == ("exact", "1 of 2 districts of list compared, all of them by their total")


TIED = VOTES.replace("south,b,29", "south,b,15")


def test_a_decision_that_no_step_asks_for_is_refused_with_the_key_that_is_asked(tmp_path: Path) -> None:
    fine = counted(tmp_path / "a", votes=TIED, record=ELECTION + "decisions: {list.south.allocate: b}\n")
    assert fine.matches and scoreboard([fine]).rows[0][6] == "with the lots on record"
    more = ELECTION + "decisions: {list.south.allocate: b, list.north.alocate: a}\n"
    seen = counted(tmp_path / "b", votes=TIED, record=more)
    assert isinstance(seen.question, InvalidRecord) and verdict(seen) == "not counted"
    told = str(seen.question)
    assert told.startswith(f"{tmp_path / 'b' / 'election.yaml'}: decisions: list.north.alocate is decided, but no step")
    assert told.endswith("asked for: list.south.allocate")
    idle = counted(tmp_path / "c", record=ELECTION + "decisions: {list.south.allocate: b}\n")
    assert "the law leaves nothing open here" in str(idle.question), "31 to 29 is no tie"


def test_a_misspelt_decision_is_named_beside_the_question_that_it_meant(tmp_path: Path) -> None:
    seen = counted(tmp_path, votes=TIED, record=ELECTION + "decisions: {list.south.alocate: b}\n")
    assert isinstance(seen.question, DrawRequired)
    assert "given, but asked for by no step: list.south.alocate" in str(seen.question)
    assert "to go on, decide list.south.allocate: one of a, b" in str(seen.question)


def test_a_count_says_which_decisions_decided_nothing(tmp_path: Path) -> None:
    seen = counted(tmp_path, votes=TIED, record=ELECTION + "decisions: {list.south.allocate: b}\n")
    given = {"list.south.allocate": "b", "list.allocat": "a"}
    result = seen.law.count(seen.election.tally, decisions=given)
    assert result.idle == ("list.allocat",)
    notes = caveats(result.law, result.tally, result.decisions)
    assert "decided from outside: list.south.allocate = b" in notes
    assert "list.allocat = a decided nothing: no step of xx/chamber@2000-01-01 asks for it" in notes


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("{title: G, read_on: 2020-06-01, read: false}", "was read on 2020-06-01, and read by nobody"),
        ("{title: G, through: book}", "no source 'book'"),
        ("{title: G, through: gazette}", "no source 'gazette'"),
        ("{title: G, read: maybe}", "read"),
    ],
)
def test_a_source_that_contradicts_itself_is_refused(tmp_path: Path, source: str, told: str) -> None:
    record = ELECTION.replace("{title: Gazette, read_on: 2020-06-01}", source)
    with pytest.raises(InvalidRecord, match=re.escape(told)) as caught:
        counted(tmp_path, record=record)
    assert "election.yaml:6" in str(caught.value)


def test_every_source_of_the_archive_was_read_came_by_way_of_another_or_says_that_nobody_read_it() -> None:
    for name in election_ids():
        election = load_election(name)
        for key, source in election.sources.items():
            assert source.read_on or source.through or not source.read, f"{name}: {key}"
            if source.through:
                assert election.sources[source.through].read_on, f"{name}: {key} came through what nobody read"


def test_a_record_that_speaks_of_memory_is_not_counted_as_proof() -> None:
    for path in sorted(shipped("elections").rglob("election.yaml")):
        text = path.read_text(encoding="utf-8")
        assert not MEMORY.search(text) or "read: false" in text, path


def test_elections_that_settled_a_rule_are_on_record() -> None:
    known = set(election_ids())
    fitted = {(law.id, name) for law_id in law_ids() for law in load_editions(law_id) for name in law.fitted}
    assert {name for _, name in fitted} <= known
    assert {law for law, _ in fitted} == {load_election(name).law for _, name in fitted}
    assert ("ro/camera", "ro/camera/2012-12-09") in fitted
