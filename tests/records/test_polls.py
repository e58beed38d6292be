"""Files of polls: what people write is read as they meant it, and what is wrong is said with its cell."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from sailau.records.polls import CODES, FaultyPolls, read_polls
from sailau.records.polls.days import Span, day_first, read_days
from sailau.records.polls.library import load_polls, poll_ids
from sailau.records.polls.rows import Row, answer_of
from sailau.records.polls.shares import Told, read_share, read_size
from sailau.records.polls.words import is_election, is_whole, role_of
from sailau.terms.errors import NotFound
from sailau.terms.tally import Contender


def written(tmp_path: Path, text: str, name: str = "polls.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2022-09-12", (2022, 9, 12), (2022, 9, 12)),
        ("2022-09-12T10:00", (2022, 9, 12), (2022, 9, 12)),
        ("12.09.2022", (2022, 9, 12), (2022, 9, 12)),
        ("12.9.22", (2022, 9, 12), (2022, 9, 12)),
        ("12 Sep 2022", (2022, 9, 12), (2022, 9, 12)),
        ("September 12, 2022", (2022, 9, 12), (2022, 9, 12)),
        ("12 сентября 2022 г.", (2022, 9, 12), (2022, 9, 12)),
        ("12 қыркүйек 2022", (2022, 9, 12), (2022, 9, 12)),
        ("2022 жылғы 12 қыркүйек", (2022, 9, 12), (2022, 9, 12)),
        ("12–14 Sep 2022", (2022, 9, 12), (2022, 9, 14)),
        ("12-14.09.2022", (2022, 9, 12), (2022, 9, 14)),
        ("30 Aug – 2 Sep 2022", (2022, 8, 30), (2022, 9, 2)),
        ("30 Aug - 2 Sep 2022", (2022, 8, 30), (2022, 9, 2)),
        ("30.08-02.09.2022", (2022, 8, 30), (2022, 9, 2)),
        ("30 Dec – 3 Jan 2023", (2022, 12, 30), (2023, 1, 3)),
        ("Sep 12–14, 2022", (2022, 9, 12), (2022, 9, 14)),
        ("Aug 30 – Sep 2, 2022", (2022, 8, 30), (2022, 9, 2)),
        ("2022-08-30 – 2022-09-02", (2022, 8, 30), (2022, 9, 2)),
        ("2022-08-30/2022-09-02", (2022, 8, 30), (2022, 9, 2)),
        ("30.08.2022-02.09.2022", (2022, 8, 30), (2022, 9, 2)),
        ("30 августа по 2 сентября 2022", (2022, 8, 30), (2022, 9, 2)),
        ("13/09/2022", (2022, 9, 13), (2022, 9, 13)),
        ("09/13/2022", (2022, 9, 13), (2022, 9, 13)),
        ("20220912", (2022, 9, 12), (2022, 9, 12)),
        ("week of 12 Sep 2022", (2022, 9, 12), (2022, 9, 18)),
        ("неделя с 12.09.2022", (2022, 9, 12), (2022, 9, 18)),
    ],
)
def test_days(text: str, start: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    assert read_days(text, None) == Span(date(*start), date(*end))


@pytest.mark.parametrize(
    "text", ["2022-02-31", "31.04.2022", "Sep 2022", "soon", "", "2022", "12 Foo 2022", "20221312", "week of May"]
)
def test_what_is_no_day(text: str) -> None:
    found = read_days(text, None)
    assert not isinstance(found, Span) and found.code == "E301"


def test_the_order_of_day_and_month_is_learnt_or_asked_for() -> None:
    fault = read_days("03/04/2022", None)
    assert not isinstance(fault, Span) and fault.code == "E302"
    assert day_first(["03/04/2022", "25/04/2022"]) is True
    assert day_first(["03/04/2022", "04/25/2022"]) is False
    assert day_first(["13/04/2022", "04/13/2022"]) is None and day_first(["2022-03-04", "03-04-2022"]) is None
    assert read_days("03/04/2022", True) == Span(date(2022, 4, 3), date(2022, 4, 3))
    assert read_days("03/04/2022", False) == Span(date(2022, 3, 4), date(2022, 3, 4))
    assert read_days("05/05/2022", None) == Span(date(2022, 5, 5), date(2022, 5, 5))


@pytest.mark.parametrize(
    ("cell", "value", "limit"),
    [
        ("34.5", Fraction(69, 2), False),
        ("34,5%", Fraction(69, 2), False),
        (" 7 % ", Fraction(7), False),
        ("<1", Fraction(1, 2), True),
        (34.5, Fraction(69, 2), False),
        (7, Fraction(7), False),
        ("0", Fraction(0), False),
        ("менее 1", Fraction(1, 2), True),
    ],
)
def test_shares(cell: object, value: Fraction, limit: bool) -> None:
    told = read_share(cell)
    assert isinstance(told, Told) and (told.value, told.limit) == (value, limit)


@pytest.mark.parametrize("cell", ["", "-", "–", "n/a", "н/д"])
def test_gaps_are_no_zeros(cell: str) -> None:
    assert read_share(cell) is None and read_size(cell) is None


@pytest.mark.parametrize(
    ("cell", "n"), [("1 020", 1020), ("1,020", 1020), ("1.020", 1020), ("~900", 900), ("n=850", 850)]
)
def test_sample_sizes(cell: str, n: int) -> None:
    assert read_size(cell) == n


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Fieldwork date", "days"),
        ("Дата опроса", "days"),
        ("Polling firm", "house"),
        ("Sample size", "n"),
        ("Undecided", "undecided"),
        ("Затрудняюсь ответить", "undecided"),
        ("Don't know", "undecided"),
        ("Lead", "left_out"),
        ("Others", "others"),
        ("Прочие", "others"),
        ("Would not vote", "abstain"),
        ("Amanat", None),
        ("Против всех", "against_all"),
    ],
)
def test_what_columns_hold(label: str, role: str | None) -> None:
    assert role_of(label) == role


def test_rows_that_are_election_results() -> None:
    assert all(map(is_election, ("Election result", "2021 general election", "General election", "Results")))
    assert not any(map(is_election, ("Electionlab", "Result Research", "Novus", "Institute of election studies")))


def test_a_mangled_file(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Table 1. Polls\n"
        "Fieldwork;Polling firm;Sample size;Red;Blue;Green;Others;Undecided;Lead\n"
        "12–14 Sep 2022;One;1 020;40,5%;37%;10%;2,5;10%;3,5\n"
        "30.08.2022;Two;~900;45;41;11;2,8;;4\n"
        "2022-09-01/2022-09-05;Two;;44,1;41;11;2,6;;3.1\n"
        "18 Sep 2022;Election result;;43;42;12;3;;1\n"
        "Source: someone\n",
    )
    reading = read_polls(path)
    polls = reading.polls
    assert polls.contenders == ("Red", "Blue", "Green", "others")
    assert [poll.house for poll in polls.polls] == ["Two", "Two", "One"]
    assert [poll.n for poll in polls.polls] == [900, None, 1020]
    one = polls.polls[-1]
    assert one.undecided == Fraction(1, 10) and one.shares["Red"] == Fraction(45, 100)
    assert sum(one.shares.values()) == 1
    assert polls.anchors[0].day == date(2022, 9, 18) and polls.anchors[0].shares["Red"] == Fraction(43, 100)
    assert {problem.code for problem in reading.problems} == {"W401", "W402", "W405", "W408", "W409"}
    assert (reading.kept, reading.dropped) == (4, 0)


def test_shares_of_all_or_of_those_who_decided() -> None:
    # 90 and 10 undecided make the whole: shares are of all
    of_all = answer_of(Row({"a": Fraction(60, 100), "b": Fraction(30, 100)}, undecided=Fraction(10, 100)), of_all=True)
    assert (of_all.shares["a"], of_all.undecided) == (Fraction(2, 3), Fraction(1, 10))
    # 100 without them: of those who decided
    decided = answer_of(Row({"a": Fraction(60, 100), "b": Fraction(40, 100)}, undecided=Fraction(10, 100)), of_all=True)
    assert (decided.shares["a"], decided.undecided) == (Fraction(3, 5), Fraction(1, 10))
    # 96 and 3 undecided, in a file whose shares are of those who decided: the rest is others
    habit = answer_of(Row({"a": Fraction(96, 100)}, undecided=Fraction(3, 100)), of_all=False)
    assert (habit.shares["others"], habit.undecided) == (Fraction(4, 100), Fraction(3, 100))
    # those who will not vote are no part of the whole
    away = answer_of(
        Row({"a": Fraction(40, 100), "b": Fraction(20, 100)}, undecided=Fraction(20, 100), abstain=Fraction(20, 100)),
        of_all=True,
    )
    assert (away.shares["a"], away.undecided, away.voting) == (Fraction(2, 3), Fraction(1, 4), Fraction(4, 5))


def test_nothing_is_renormalised_without_a_word(tmp_path: Path) -> None:
    head = "date,house,n,a,b,others\n"
    rounded = read_polls(written(tmp_path, head + "2022-03-01,One,900,50,45,3.7\n"))
    assert [p.code for p in rounded.problems] == ["W402"] and "98.7%" in rounded.problems[0].what
    rest = read_polls(written(tmp_path, "date,house,n,a,b\n2022-03-01,One,900,50,30\n"))
    assert rest.polls.polls[0].shares["others"] == Fraction(1, 5)
    assert [p.code for p in rest.problems] == ["W403"]
    with pytest.raises(FaultyPolls, match="E307 the shares add up to 80%"):
        read_polls(written(tmp_path, head + "2022-03-01,One,900,50,20,10\n"))


FAULTS = {
    "E301": "2022-02-31,One,1000,45,50,5",
    "E302": "03/04/2022,One,1000,45,50,5",
    "E304": "2022-03-01,One,1000,45,abc,5",
    "E305": "2022-03-01,One,1000,45,-3,5",
    "E306": "2022-03-01,One,1000,45,70,5",
    "E307": "2022-03-01,One,1000,45,30,5",
    "E308": "2022-03-01,One,many,45,50,5",
    "E309": "2022-03-01,,1000,45,50,5",
    "E311": "2022-03-01,One,1000,0.45,0.50,0.05",
    "E312": "2022-03-01,One,1000,45,50,5,6",
}


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_is_said_once_with_its_row_and_can_be_left_out(tmp_path: Path, code: str) -> None:
    good = [f"2022-02-{day:02},One,1000,44,51,5" for day in (10, 11, 12)]
    text = "\n".join(["date,house,n,a,b,others", *good, FAULTS[code]]) + "\n"
    path = written(tmp_path, text)
    with pytest.raises(FaultyPolls) as caught:
        read_polls(path)
    errors = [problem for problem in caught.value.problems if problem.is_error]
    assert [(problem.code, problem.rows) for problem in errors] == [(code, (5,))]
    assert ":5" in str(caught.value) and errors[0].hint and code in CODES
    reading = read_polls(path, keep_good=True)
    assert (reading.kept, reading.dropped) == (3, 1)


def test_fieldwork_that_ends_before_it_begins_and_a_poll_that_stands_twice(tmp_path: Path) -> None:
    head = "start,end,house,n,a,b,others\n"
    with pytest.raises(FaultyPolls, match="E303"):
        read_polls(written(tmp_path, head + "2022-03-05,2022-03-01,One,900,50,45,5\n"))
    row = "2022-03-01,2022-03-05,One,900,50,45,5\n"
    with pytest.raises(FaultyPolls, match="E310 the poll of row 2 once more"):
        read_polls(written(tmp_path, head + row + row))
    kept = read_polls(written(tmp_path, head + row + row), keep_good=True)
    assert len(kept.polls.polls) == 1


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "name,votes\nRed,100\n", "date,house,n,comment\n2022-01-01,One,5,x\n"])
def test_what_is_no_table_of_polls(tmp_path: Path, text: str) -> None:
    with pytest.raises(FaultyPolls, match=r"no header of polls|holds no polls"):
        read_polls(written(tmp_path, text))


def test_names_are_those_of_the_election_before(tmp_path: Path) -> None:
    known = {
        "amanat": Contender("amanat", names={"kk": "«AMANAT» партиясы", "en": "Amanat"}),
        "auyl": Contender("auyl"),
    }
    path = written(tmp_path, "күні;ұйым;AMANAT;Auyl;против всех;басқалар\n19.03.2023;Бір;60;30;5;5\n")
    polls = read_polls(path, known=known).polls
    assert polls.contenders == ("amanat", "auyl", "against_all", "others")


def test_a_workbook_with_percentages_as_spreadsheets_hold_them(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "polls.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("polls")
        days = book.add_format({"num_format": "dd.mm.yyyy"})
        for column, label in enumerate(["Start", "End", "Pollster", "N", "Red", "Blue", "Other"]):
            sheet.write(0, column, label)
        sheet.write_datetime(1, 0, __import__("datetime").datetime(2022, 3, 1), days)
        sheet.write_datetime(1, 1, __import__("datetime").datetime(2022, 3, 4), days)
        for column, value in enumerate(["One", 1000, 0.455, 0.5, 0.045], start=2):
            sheet.write(1, column, value)
    poll = read_polls(path).polls.polls[0]
    assert (poll.start, poll.end, poll.n) == (date(2022, 3, 1), date(2022, 3, 4), 1000)
    assert poll.shares == {"Red": Fraction(455, 1000), "Blue": Fraction(1, 2), "others": Fraction(45, 1000)}


@pytest.mark.parametrize("name", poll_ids())
def test_the_polls_that_ship(name: str) -> None:
    found = load_polls(name)
    assert found.id == name and found.sources and all(poll.end <= found.day for poll in found.polls.polls)


def test_an_unknown_set_names_its_neighbours() -> None:
    with pytest.raises(NotFound, match="se/riksdag/2018-09-09"):
        load_polls("se/riksdag/2018")


def test_a_row_for_each_contender_is_read_as_one_poll(tmp_path: Path) -> None:
    text = (
        "date,house,n,party,share\n2022-03-01,A,1000,Red,45\n2022-03-01,A,1000,Blue,50\n"
        "2022-03-04,B,900,Red,44\n2022-03-04,B,900,Green,6\n2022-03-04,B,900,Blue,49\n"
    )
    polls = read_polls(written(tmp_path, text)).polls
    assert polls.contenders == ("Red", "Blue", "Green", "others") and [p.n for p in polls.polls] == [1000, 900]
    assert polls.polls[0].shares == {"Red": Fraction(45, 100), "Blue": Fraction(1, 2), "others": Fraction(5, 100)}
    assert polls.polls[1].shares["Green"] == Fraction(6, 100)


def test_a_header_of_two_rows_footnotes_and_one_day_of_two(tmp_path: Path) -> None:
    text = (
        "Fieldwork;;Pollster/client;Sample;Parties;;;Lead\n;;;;Red;Blue;Others;\n"
        "12–14 Sep 2022[3];;A/The Times;1 024[a];34.5[b];48;17.5;13.5\n"
    )
    reading = read_polls(written(tmp_path, text))
    poll = reading.polls.polls[0]
    assert (poll.start.day, poll.end.day, poll.n, poll.house) == (12, 14, 1024, "A/The Times")
    assert poll.shares["Red"] == Fraction(345, 1000) and not reading.problems
    split = read_polls(written(tmp_path, "from,to,house,a,b\n2022-03-01,,x,50,50\n2022-03-02,2022-03-04,x,50,50\n"))
    assert [(p.start.day, p.end.day) for p in split.polls.polls] == [(1, 1), (2, 4)]


def test_polls_without_a_house_say_so(tmp_path: Path) -> None:
    reading = read_polls(written(tmp_path, "date,n,a,b\n2022-03-01,900,50,50\n"))
    assert [problem.code for problem in reading.problems] == ["W411"] and reading.polls.houses == ("all polls",)
    with pytest.raises(FaultyPolls, match="44621 is a number, not a date"):
        read_polls(written(tmp_path, "date,n,a,b\n44621,900,50,50\n"))


def test_polls_of_a_part_of_the_country_are_not_taken_for_polls_of_it(tmp_path: Path) -> None:
    head = "date,house,n,region,Red,Blue\n"
    rows = "2023-03-01,A,1000,North,60,40\n2023-03-05,B,1000,,62,38\n2023-03-08,B,800,nationwide,61,39\n"
    read = read_polls(written(tmp_path, head + rows))
    assert [poll.house for poll in read.polls.polls] == ["B", "B"]
    (problem,) = [p for p in read.problems if p.code == "W412"]
    assert "1 poll of a part of the country (North) was left out" in str(problem)
    with pytest.raises(FaultyPolls, match="every poll is of a part of the country") as caught:
        read_polls(written(tmp_path, head + rows.splitlines()[0] + "\n"))
    assert [p.code for p in caught.value.problems] == ["E314"]
    assert is_whole("Вся страна") and is_whole("") and not is_whole("Almaty")


def test_a_party_that_appears_late_leaves_its_share_to_others_before(tmp_path: Path) -> None:
    text = "date,house,Red,Blue,Green,others\n2022-09-01,One,50,35,,10\n2022-09-09,One,50,33,7,10\n"
    found = read_polls(written(tmp_path, text))
    first, second = found.polls.polls
    assert first.shares["others"] == Fraction(15, 100) and "Green" not in first.shares
    assert second.shares["Green"] == Fraction(7, 100)
    assert [problem.code for problem in found.problems if "named by nobody" in problem.what] == ["W403"]
    with pytest.raises(FaultyPolls, match="nothing says who the rest is"):
        read_polls(written(tmp_path, text.replace("33,7,10", "33,7,2")))


def test_a_column_that_is_left_out_is_always_told(tmp_path: Path) -> None:
    head = "date,pollster,n,Red,Blue,Green,sample,Lead"
    rows = ("2022-09-14,One,1000,45,40,ten,900,5", "2022-09-20,Two,1000,46,39,eleven,800,7")
    path = tmp_path / "polls.csv"
    path.write_text("\n".join((head, *rows)) + "\n")
    reading = read_polls(path)
    told = {problem.place.column: problem.what for problem in reading.problems if problem.code == "W404"}
    assert told == {
        6: "the column Green holds no shares, or few, and was left out",
        7: "the column sample says what n says, and was left out",
    }  # a lead over the second follows from the shares: everybody leaves it out
