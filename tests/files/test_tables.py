"""Text files: encodings, delimiters, and what is no table at all."""

import os

import pytest

from sailau.files.counts import Fault, looks_numeric, read_count
from sailau.files.delimited import find_delimiter
from sailau.files.encodings import decode
from sailau.files.kinds import LIMIT
from sailau.files.tables import read_tables
from sailau.terms.errors import Invalid, InvalidResults, NotFound

ROWS = [["партия", "голоса"], ["Аманат", "1200"], ['ЖСДП, "Н"', "300"], ["Народная партия", "7"]]


def text(rows, delimiter=";", newline="\n"):
    def cell(value):
        return '"' + value.replace('"', '""') + '"' if delimiter in value or '"' in value else value

    return "".join(delimiter.join(map(cell, row)) + newline for row in rows)


def table_of(tmp_path, raw, name="results.csv"):
    path = tmp_path / name
    path.write_bytes(raw)
    (table,) = read_tables(path, InvalidResults)
    return table


def refusal(tmp_path, raw, name="results.csv"):
    with pytest.raises(InvalidResults) as caught:
        table_of(tmp_path, raw, name)
    return str(caught.value)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1251", "cp1251"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_encodings_and_delimiters(tmp_path, encoding, found, delimiter, newline):
    table = table_of(tmp_path, text(ROWS, delimiter, newline).encode(encoding))
    assert table.rows == ROWS
    assert list(table.numbers) == [1, 2, 3, 4]
    assert (table.encoding, table.delimiter, table.sure) == (found, delimiter, True)


def test_utf_16_big_endian_with_a_mark(tmp_path):
    table = table_of(tmp_path, b"\xfe\xff" + text(ROWS).encode("utf-16-be"))
    assert (table.rows, table.encoding) == (ROWS, "utf-16")


def test_kazakh_eight_bit_letters_are_a_guess(tmp_path):
    rows = [["партия", "дауыс"], ["Ақ жол", "12"], ["Әділет", "3"]]
    table = table_of(tmp_path, text(rows).encode("kz1048"))
    assert (table.rows, table.encoding, table.sure) == (rows, "kz1048", False)


def test_ukrainian_eight_bit_letters_stay_ukrainian(tmp_path):
    rows = [["партія", "голоси"], ["Єдність України", "12"], ["Її", "3"]]
    table = table_of(tmp_path, text(rows).encode("cp1251"))
    assert (table.rows, table.encoding) == (rows, "cp1251")


def test_western_eight_bit_letters_are_not_read_as_cyrillic(tmp_path):
    rows = [["Partei", "Stimmen"], ["Grüne", "12"], ["Über", "3"]]
    table = table_of(tmp_path, text(rows).encode("cp1252"))
    assert (table.rows, table.encoding, table.sure) == (rows, "cp1252", False)


def test_utf_8_with_one_broken_letter_is_refused_with_its_line(tmp_path):
    raw = text([*ROWS, ["Ауыл", "5"]]).encode()
    at = raw.index("Народная".encode())
    message = refusal(tmp_path, raw[: at + 1] + raw[at + 2 :])
    assert "results.csv:4:1: is UTF-8, but for the byte 0xd0 here" in message


def test_the_delimiter_that_excel_announces_is_taken(tmp_path):
    table = table_of(tmp_path, b"sep=|\nparty|votes, all\nA;B|1\n")
    assert table.rows == [["party", "votes, all"], ["A;B", "1"]]
    assert list(table.numbers) == [2, 3]


@pytest.mark.parametrize(
    ("sample", "delimiter"),
    [
        ("Title, of 2023\nA;1,234\nB;2,345\n", ";"),
        ("party,votes\nA,1\nB,2\n", ","),
        ("party\tvotes\nA, B\t1\nC, D\t2\n", "\t"),
        ("a,b\n1,2\n1,2,3\n", ","),
        ("one\ntwo\n", ","),
    ],
)
def test_find_delimiter(sample, delimiter):
    assert find_delimiter(sample) == delimiter


def test_rows_know_their_lines_when_cells_run_over_several(tmp_path):
    table = table_of(tmp_path, b'party;votes\n"A\nB";1\nC;2\n')
    assert table.rows[1:] == [["A\nB", "1"], ["C", "2"]]
    assert list(table.numbers) == [1, 2, 4]


def test_a_quote_that_is_never_closed_is_refused_with_its_line(tmp_path):
    message = refusal(tmp_path, b'party;votes\nA;1\n"B;2\nC;3\n')
    assert "results.csv:3: a quote opens here and is never closed" in message


def test_a_cell_beyond_all_measure_is_refused(tmp_path):
    assert "a quote is not closed" in refusal(tmp_path, b'party;votes\n"' + b"x" * 200_000)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"GIF89a\x01\x00", "GIF"),
        (b"BM\x8a\x00\x00\x00\x00\x00", "BMP"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x1f\x8b\x08\x00abc", "gzip"),
        (b"{\\rtf1 A;1}", "RTF"),
        (b'[{"party": {"A": [1]}}]', "holds a list or a record"),
        (b'  {\n "A": [1]}', "JSON without records"),
        (b'[{"party": "A"}, {"party"', "no JSON text from here on"),
        (b'[{"party": "A", "votes": 1}', "breaks off"),
        (b"PAR1 and no more", "broken Parquet"),
        (b"\xef\xbb\xbf<!DOCTYPE html><table>", "HTML"),
        ("<html><table>".encode("utf-16"), "HTML"),
        (b"<?xml version='1.0'?><votes/>", "XML"),
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (bytes(range(1, 9)) * 30 + b"A;1", "no text in any encoding"),
        (bytes(range(256)) * 8, "neither UTF-8 nor UTF-16"),
        (b"A;\x98\nB;\xff\xfe\n", "neither UTF-8 nor UTF-16"),
    ],
)
def test_what_is_no_table_is_refused_in_its_own_name(tmp_path, raw, words):
    message = refusal(tmp_path, raw)
    assert words in message
    assert "\n  " in message, "the message says how to go on"


@pytest.mark.parametrize("raw", [b"BMW;12\nVolt;3\n", b"BZhiva;1\nRar;2\n", b"RIFF;5\nA;4\n"])
def test_names_that_begin_like_a_picture_are_read(tmp_path, raw):
    assert len(table_of(tmp_path, raw).rows) == 2


def test_a_missing_file_names_its_neighbours(tmp_path):
    (tmp_path / "results.csv").write_text("A;1\n")
    with pytest.raises(NotFound) as caught:
        read_tables(tmp_path / "reslts.csv", InvalidResults)
    assert "results.csv" in str(caught.value)
    assert caught.value.exit_code == 3


def test_a_folder_a_pipe_and_a_name_no_system_knows_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path, words in [
        (tmp_path, "is a folder"),
        (tmp_path / "pipe", "a device or a pipe"),
        ("a\0b", "cannot be read"),
    ]:
        with pytest.raises(InvalidResults, match=words):
            read_tables(path, InvalidResults)


def test_a_file_beyond_the_limit_is_refused_without_reading_it(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as out:
        out.truncate(200_000_000)
    with pytest.raises(InvalidResults, match="200,000,000 bytes is too large"):
        read_tables(path, InvalidResults)
    assert LIMIT < 200_000_000


def test_a_text_file_has_no_sheets(tmp_path):
    path = tmp_path / "results.csv"
    path.write_text("A;1\n")
    with pytest.raises(InvalidResults, match="no sheet"):
        read_tables(path, InvalidResults, sheet="A")


@pytest.mark.parametrize(
    ("cell", "n"),
    [("١٢٣٤", 1234), ("۱۲۳۴", 1234), ("１２３４", 1234), ("१२३४", 1234), ("١٬٢٣٤", 1234), ("١ ٢٣٤ ٥٦٧", 1_234_567)],
)
def test_digits_of_other_scripts_are_counts(cell: str, n: int) -> None:
    assert looks_numeric(cell)
    assert read_count(cell) == n


def test_percentages_and_marks_of_arabic_numbers_are_no_counts() -> None:
    for cell, code in (("٥٪", "E105"), ("١٢٫٥", "E104"), ("²", "E101")):
        found = read_count(cell)
        assert isinstance(found, Fault) and found.code == code


def test_a_short_text_with_one_broken_letter_is_not_sure() -> None:
    raw = "party;votes\nЖол;5\n".encode()
    broken = raw.replace("о".encode(), b"\xd0")
    assert not decode(broken, "x", Invalid).sure
    assert decode("party;votes\nЖол;5\n".encode("cp1251"), "x", Invalid).sure
