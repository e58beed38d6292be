"""Workbooks: what is read from them, and which are refused before a reader trusts them."""

import io
import struct
import zipfile
import zlib
from datetime import date, datetime

import pytest
import xlsxwriter

from sailau.files.archives import CELL_LIMIT, number_of
from sailau.files.tables import read_tables
from sailau.terms.errors import InvalidResults

SECTOR = 512


def workbook(sheets, **hidden):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
        if hidden.get(name):
            sheet.hide()
    book.close()
    return out.getvalue()


def record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def biff_text(text):
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def biff(cells, *, extra=b"", globals_extra=b""):
    """A BIFF8 stream with one sheet."""
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    sheet_bof = struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)
    name = struct.pack("<BB", 4, 1) + "Лист".encode("utf-16-le")
    head = record(0x0809, bof) + record(0x0042, struct.pack("<H", 1200)) + globals_extra
    start = len(head) + 4 + 6 + len(name) + 4
    head += record(0x0085, struct.pack("<IBB", start, 0, 0) + name) + record(0x000A, b"")
    body = record(0x0809, sheet_bof) + extra
    for (row, column), value in cells.items():
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            body += record(0x0204, place + biff_text(value))
        else:
            body += record(0x0203, place + struct.pack("<d", value))
    return head + body + record(0x000A, b"")


def compound(streams):
    """A compound file with these streams, each at least 4096 bytes so that none is in the small chain."""
    padded = {name: data.ljust(max(4096, -(-len(data) // SECTOR) * SECTOR), b"\0") for name, data in streams.items()}
    fat, body, entries, at = [0xFFFFFFFD, 0xFFFFFFFE], b"", [], 2
    for name, data in padded.items():
        n = len(data) // SECTOR
        fat += [*range(at + 1, at + n), 0xFFFFFFFE]
        entries.append((name, 2, at, len(data)))
        body, at = body + data, at + n
    directory = b""
    for name, kind, start, size in [("Root Entry", 5, 0xFFFFFFFE, 0), *entries]:
        encoded = (name + "\0").encode("utf-16-le")
        child = 1 if kind == 5 else 0xFFFFFFFF
        sibling = 0xFFFFFFFF
        directory += struct.pack(
            "<64sHBBIII16s4s8s8sIQ",
            encoded,
            len(encoded),
            kind,
            1,
            sibling,
            sibling,
            child,
            b"",
            b"",
            b"",
            b"",
            start,
            size,
        )
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack(
        "<16sHHHHH6sIIIIIIIIII", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0
    )
    header += struct.pack("<108I", *[0xFFFFFFFF] * 108)
    assert len(fat) <= 128
    return header + struct.pack("<128I", *fat, *[0xFFFFFFFF] * (128 - len(fat))) + directory.ljust(SECTOR, b"\0") + body


def tables(tmp_path, raw, name="results.xlsx", **options):
    path = tmp_path / name
    path.write_bytes(raw)
    return read_tables(path, InvalidResults, **options)


def refusal(tmp_path, raw, **options):
    with pytest.raises(InvalidResults) as caught:
        tables(tmp_path, raw, **options)
    return str(caught.value)


def repack(raw, change):
    """The same archive with parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def test_cells_keep_their_rows_and_columns_when_the_table_starts_further_down(tmp_path):
    (table,) = tables(tmp_path, workbook({"A": [[], [], ["", "party", "votes"], ["", "Amanat", 12]]}))
    assert table.rows[2][1] == "party"
    assert table.rows[3] == ["", "Amanat", 12.0]
    assert list(table.numbers) == [1, 2, 3, 4]


def test_hidden_sheets_are_read_only_when_named(tmp_path):
    raw = workbook({"shown": [["a", 1]], "hidden": [["b", 2]]}, hidden=True)
    assert [table.sheet for table in tables(tmp_path, raw)] == ["shown"]
    assert [table.sheet for table in tables(tmp_path, raw, sheet="hidden")] == ["hidden"]


def test_a_sheet_that_is_not_there_is_refused_with_the_nearest_name(tmp_path):
    assert "did you mean 'Results'?" in refusal(
        tmp_path, workbook({"Results": [["a", 1]], "B": [["b", 2]]}), sheet="Result"
    )


def test_dates_and_error_cells_are_seen(tmp_path):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("A")
    sheet.write_datetime(0, 0, datetime(2023, 4, 1), book.add_format({"num_format": "d-mmm"}))
    sheet.write_formula(0, 1, "=B9/0", value="#DIV/0!")
    sheet.write_number(0, 2, 5)
    book.close()
    (table,) = tables(tmp_path, out.getvalue())
    assert table.rows[0] == [date(2023, 4, 1), "#DIV/0!", 5.0]


def test_xls_is_read(tmp_path):
    raw = compound({"Workbook": biff({(0, 0): "партия", (0, 1): "голоса", (1, 0): "Ақ жол", (1, 1): 1234.0})})
    (table,) = tables(tmp_path, raw, "results.xls")
    assert table.format == "xls"
    assert [list(row) for row in table.rows] == [["партия", "голоса"], ["Ақ жол", 1234.0]]


def test_ods_is_read(tmp_path):
    (table,) = tables(tmp_path, ods("<table:table-row>" + text_cell("Amanat") + number_cell(12) + "</table:table-row>"))
    assert table.format == "ods"
    assert [list(row) for row in table.rows] == [["Amanat", 12.0]]


def text_cell(text, times=1):
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{times}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def number_cell(number, times=1):
    return (
        f'<table:table-cell office:value-type="float" office:value="{number}" '
        f'table:number-columns-repeated="{times}"><text:p>{number}</text:p></table:table-cell>'
    )


def ods(rows):
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return out.getvalue()


def test_an_ods_file_with_empty_rows_to_the_end_of_the_sheet_is_fine(tmp_path):
    row = "<table:table-row>" + text_cell("Amanat") + number_cell(12) + "</table:table-row>"
    rest = (
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    (table,) = tables(tmp_path, ods(row + rest))
    assert [list(row) for row in table.rows] == [["Amanat", 12.0]]


@pytest.mark.parametrize(
    "rows",
    [
        '<table:table-row table:number-rows-repeated="1000000">' + number_cell(1, 16000) + "</table:table-row>",
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row><table:table-row>'
        + number_cell(1, 100)
        + "</table:table-row>",
    ],
)
def test_an_ods_file_whose_repeated_cells_fill_the_memory_is_refused(tmp_path, rows):
    assert "cells; up to" in refusal(tmp_path, ods(rows))


def test_an_xlsx_file_with_a_cell_far_away_is_refused_before_it_is_read(tmp_path):
    raw = workbook({"A": [["party", "votes"], ["Amanat", 12]]})
    far = repack(raw, lambda name, part: part.replace(b'r="B2"', b'r="XFD1048576"') if "sheet1" in name else part)
    assert "17,179,869,184 cells" in refusal(tmp_path, far)


def test_an_xls_file_with_a_cell_far_away_is_refused_before_it_is_read(tmp_path):
    raw = compound({"Workbook": biff({(0, 0): "party", (65535, 65535): 1.0})})
    assert "4,294,967,296 cells" in refusal(tmp_path, raw)


def test_an_xls_file_that_lies_about_its_extent_is_refused(tmp_path):
    extent = record(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
    assert "cells; up to" in refusal(tmp_path, compound({"Workbook": biff({(0, 0): 1.0}, extra=extent)}))


def test_a_bomb_is_refused_whatever_the_archive_says_about_its_size(tmp_path):
    """Both headers claim ten bytes; sixty million come out."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(60)) + packer.flush()
    name = b"xl/workbook.xml"
    fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, len(packed), 10, len(name), 0)
    local = b"PK\x03\x04" + fields + name + packed
    central = b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    assert len(local) < 1_000_000
    assert "unpacks to more bytes than" in refusal(tmp_path, local + central + end)


def test_an_honest_bomb_is_refused(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(60):
            part.write(b" " * 1_000_000)
    assert "unpacks to more bytes than" in refusal(tmp_path, out.getvalue())


@pytest.mark.parametrize(
    "streams",
    [
        {"EncryptionInfo": b"x", "EncryptedPackage": b"y"},
        {"Workbook": biff({(0, 0): 1.0}, globals_extra=record(0x2F, b"\0" * 6))},
    ],
)
def test_a_file_locked_by_a_password_says_so(tmp_path, streams):
    assert "is locked by a password" in refusal(tmp_path, compound(streams))


def test_an_encrypted_archive_says_so(tmp_path):
    raw = workbook({"A": [["party", 1]]})
    locked = raw.replace(b"PK\x01\x02\x14\x00\x14\x00\x00", b"PK\x01\x02\x14\x00\x14\x00\x01")
    if locked == raw:
        at = raw.index(b"PK\x01\x02")
        locked = raw[: at + 8] + b"\x01" + raw[at + 9 :]
    assert "is locked by a password" in refusal(tmp_path, locked)


@pytest.mark.parametrize("cut", [10, 100, 0.5, -30])
def test_a_workbook_that_is_cut_is_refused(tmp_path, cut):
    raw = workbook({"A": [["party", 1]]})
    assert "broken workbook" in refusal(tmp_path, raw[: int(len(raw) * cut) if isinstance(cut, float) else cut])


@pytest.mark.parametrize("cut", [10, 600, 1100, 2000])
def test_an_xls_file_that_is_cut_is_refused_or_read(tmp_path, cut):
    raw = compound({"Workbook": biff({(0, 0): "party", (0, 1): 1.0})})[:cut]
    with pytest.raises(InvalidResults):
        tables(tmp_path, raw)


def test_other_archives_are_named(tmp_path):
    def archive(*names):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            for name in names:
                made.writestr(name, "x")
        return out.getvalue()

    assert "text document (DOCX)" in refusal(tmp_path, archive("word/document.xml"))
    assert "XLSB" in refusal(tmp_path, archive("xl/workbook.bin"))
    assert "ZIP" in refusal(tmp_path, archive("votes.csv"))


def test_a_workbook_whose_parts_are_nonsense_is_refused(tmp_path):
    raw = repack(workbook({"A": [["party", 1]]}), lambda name, part: b"<<<" if name.endswith(".xml") else part)
    assert "broken workbook" in refusal(tmp_path, raw)


def test_column_letters():
    assert [number_of(letters) for letters in ("A", "Z", "AA", "XFD")] == [1, 26, 27, 16384]
    assert number_of("XFD") * 1_048_576 > CELL_LIMIT
