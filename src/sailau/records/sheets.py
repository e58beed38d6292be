"""Forms of ranked ballots: BLT, PrefLib, the Scottish count files, tables of ranks."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from sailau.records.sheet import GAP, SEVERAL, Places, Sheet

# BLT: candidates and seats; withdrawn ones as negative numbers; ballots as a weight, numbers and 0; 0; names; title.

_TOKEN = re.compile(r'"([^"\n]*)"|([^\s"]+)')


def read_blt(text: str, path: Path) -> Sheet:
    """Read the BLT form; ``-`` is a skipped place, ``2=3`` stands for two candidates at one place."""
    sheet = Sheet(path)
    words = _words(text)
    try:
        candidates, seats = (sheet.small(word, what, line) for what, (word, line) in zip(_BLT, words, strict=False))
        sheet.seats = seats
        for word, end in words:
            if word == "0":
                break
            line = end
            if word.startswith("-") and word != "-":
                sheet.withdrawn.add(sheet.small(word[1:], "a withdrawn candidate", line))
                continue
            n = sheet.count(word, "a weight", line)
            sheet.add(list(_blt_places(sheet, words)), n, line, candidates)
        else:
            raise StopIteration
    except (StopIteration, ValueError):
        raise sheet.fault("breaks off", hint=_BLT_END) from None
    names = _blt_names(text.split("\n"), end, candidates)
    if len(names) < candidates or len(names) > candidates + 1:
        what = f"names {len(names)} candidates, not the {candidates} of its first line" if names else "breaks off"
        raise sheet.fault(what, end, hint=_BLT_END)
    sheet.names = names[:candidates]
    sheet.title = names[candidates] if names[candidates:] else ""
    return sheet


_BLT = ("candidates", "seats")
_BLT_END = "a BLT file ends with 0, the names in quotes or one a line, and a title"
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


def _blt_names(lines: list[str], end: int, candidates: int) -> list[str]:
    """Return the names and the title after the line that closes the ballots.

    They stand one a line, in quotes or without, or all of them in quotes however the lines break.
    """
    _, quote, rest = lines[end - 1].partition('"')
    rows = [_bare(row) for row in [quote + rest, *lines[end:]]]
    rows = [row for row in rows if row]
    single = all(_QUOTED.fullmatch(row) or not row.startswith('"') for row in rows)
    if single and len(rows) in (candidates, candidates + 1):
        return [_unquoted(row) for row in rows]
    quoted = [name.replace('""', '"').strip() for name in _QUOTED.findall("\n".join(rows))]
    return quoted[: candidates + 1] or rows


def _unquoted(row: str) -> str:
    found = _QUOTED.fullmatch(row)
    return found[1].replace('""', '"').strip() if found else row


def _bare(line: str) -> str:
    """Return a line without a comment, and without the commas that spreadsheets leave at its end."""
    return (line if '"' in line else line.partition("#")[0]).strip().rstrip(",").rstrip()


def _words(text: str) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(text.split("\n"), 1):
        for found in _TOKEN.finditer(_bare(line)):
            yield found[2] if found[1] is None else found[1], number


def _blt_places(sheet: Sheet, words: Iterator[tuple[str, int]]) -> Iterator[Places]:
    for word, line in words:
        if word == "0":
            return
        if word == "-":
            yield GAP
        elif "=" in word:
            yield tuple(sorted({sheet.count(one, "a candidate", line) for one in word.split("=")}))
        else:
            yield sheet.count(word, "a candidate", line)
    raise sheet.fault("breaks off within a ballot")


# PrefLib: lines of metadata that begin with #, then votes: 1,2,{3,4}

_NAME = re.compile(r"#\s*ALTERNATIVE NAME (\d{1,5}):\s*(.*)")
_PLACE = re.compile(r"\{[^{}]*\}|[^,{}\s]+")


def read_preflib(text: str, path: Path) -> Sheet:
    """Read PrefLib's orders, strict or with ties, complete or not; ``{3,4}`` stands for several at one place."""
    sheet = Sheet(path)
    names: dict[int, str] = {}
    for line, row in enumerate(text.split("\n"), 1):
        if row.startswith("#"):
            found = _NAME.match(row)
            if found:
                names[int(found[1])] = found[2].strip().strip('"').strip()
            if row.upper().startswith("# TITLE:"):
                sheet.title = row.partition(":")[2].strip()
        elif row.strip():
            votes, colon, order = row.partition(":")
            if not colon:
                raise sheet.fault("is no line of votes: ranking", line)
            sheet.add(_places(sheet, order, line), sheet.count(votes, "votes", line), line, len(names))
    if sorted(names) != list(range(1, len(names) + 1)) or not names:
        raise sheet.fault("does not name its alternatives 1, 2, 3, …", hint="lines like # ALTERNATIVE NAME 1: Ann")
    sheet.names = [names[i] for i in sorted(names)]
    return sheet


def _places(sheet: Sheet, order: str, line: int) -> list[Places]:
    out: list[Places] = []
    for place in _PLACE.findall(order):
        inside = place.strip("{}").split(",") if place.startswith("{") else [place]
        inside = [name for name in inside if name.strip()]
        numbers = [sheet.count(name, "a candidate", line) for name in inside]
        out.append(numbers[0] if len(numbers) == 1 else tuple(sorted(set(numbers))) if numbers else GAP)
        if numbers and min(numbers) < 1:
            raise sheet.fault("there is no candidate 0", line)
    return out


# A Scottish ward: candidates, seats; votes and a ranking a line; "Candidate 1",name,party; the ward


def read_ward(text: str, path: Path) -> Sheet:
    """Read the count file of a Scottish ward."""
    sheet = Sheet(path)
    rows = _rows(sheet, text)
    line, head = next(rows, (1, []))
    if len(head) < 2:
        raise sheet.fault("does not begin with the numbers of candidates and seats", 1)
    candidates, sheet.seats = sheet.small(head[0], "candidates", line), sheet.small(head[1], "seats", line)
    for line, cells in rows:
        if cells[0].startswith("Candidate "):
            sheet.names.append(cells[1].strip() if len(cells) > 1 else "")
            sheet.parties[len(sheet.names)] = cells[2].strip() if len(cells) > 2 else ""
        elif cells[0].isdigit() and len(cells) > 1:
            places = [sheet.count(cell, "a candidate", line) for cell in cells[1:]]
            if 0 in places:
                raise sheet.fault("there is no candidate 0", line)
            sheet.add(places, sheet.count(cells[0], "votes", line), line, candidates)
        else:
            sheet.title = ", ".join(cells).strip('"')
    if len(sheet.names) != candidates:
        raise sheet.fault(f"names {len(sheet.names)} candidates, not the {candidates} of its first line")
    return sheet


def _rows(sheet: Sheet, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield rows without the empty cells at their end."""
    reader = csv.reader(StringIO(text))
    try:
        for cells in reader:
            while cells and not cells[-1].strip():
                cells.pop()
            if cells:
                yield reader.line_num, cells
    except csv.Error as cause:
        raise sheet.fault(f"is no CSV: {cause}", reader.line_num) from None


# A table with a column for each place and one for the number of ballots

_BLANK, _SEVERAL, _WRITTEN = ("undervote", "skipped", ""), ("overvote",), ("uwi", "undeclared write-ins")
_JOIN = " = "


def read_table(text: str, path: Path) -> Sheet:
    """Read columns rank1, rank2, …, count; ``undervote``, ``overvote``, ``UWI`` are no names; ``Ann = Bob`` are two."""
    sheet = Sheet(path)
    top = text.partition("\n")[0]
    reader = csv.reader(StringIO(text), delimiter=max(",;\t", key=top.count))  # without any of them it is one column
    numbers: dict[str, int] = {}
    try:
        head = [cell.strip().lower() for cell in next(reader, [])]
        ranks = _in_order({i: cell for i, cell in enumerate(head) if _is_rank(cell)})
        votes = next((head.index(word) for word in _COUNTS if word in head), None)
        for cells in reader:
            lacking = set(range(len(cells), len(head)))  # a row may end where its voter did
            if not cells or len(cells) > len(head) or not lacking.issubset(ranks):
                raise sheet.fault(f"the row has {len(cells)} cells, the header {len(head)}", reader.line_num)
            n = 1 if votes is None else sheet.count(cells[votes], "count", reader.line_num)
            places = [GAP if i in lacking else _numbered(cells[i], numbers) for i in ranks]
            sheet.add(places, n, reader.line_num, len(numbers))
    except csv.Error as cause:
        raise sheet.fault(f"is no CSV: {cause}", reader.line_num) from None
    sheet.names = list(numbers)
    return sheet


_COUNTS = ("count", "ballots", "votes", "n")
"""What the column is called that says how many ballots a row stands for, the surest word first."""
_RANK = re.compile(
    r"(?:rank|choice|preference|pref)[\s_-]*\d{1,5}|\d{1,5}(?:st|nd|rd|th)?[\s_-]+(?:rank|choice|preference)"
)


def has_ranks(head: str) -> bool:
    """Say whether the first line of a table names a column for the first rank: rank1, 1st choice, preference 1."""
    cells = [cell.strip().strip('"').lower() for cell in re.split(r"[,;\t]", head)]
    return any(_is_rank(cell) and _number_in(cell) == "1" for cell in cells)


def _is_rank(cell: str) -> bool:
    return cell.startswith("rank") or bool(_RANK.fullmatch(cell))


def _number_in(cell: str) -> str | None:
    found = re.search(r"\d{1,5}", cell)
    return found[0] if found else None


def _in_order(columns: dict[int, str]) -> list[int]:
    """Return columns by their numbers, where each has one: programs that sort by name put rank10 before rank2."""
    numbers = {i: found for i, cell in columns.items() if (found := _number_in(cell))}
    return sorted(columns, key=lambda i: int(numbers[i])) if len(numbers) == len(columns) else list(columns)


def _numbered(cell: str, numbers: dict[str, int]) -> Places:
    name = cell.strip()
    if _JOIN in name:
        return tuple(sorted({numbers.setdefault(one.strip(), len(numbers) + 1) for one in name.split(_JOIN)}))
    if name.lower() in _BLANK:
        return GAP
    if name.lower() in _SEVERAL:
        return SEVERAL
    if name.lower() in _WRITTEN:
        name = "Undeclared Write-ins"
    return numbers.setdefault(name, len(numbers) + 1)
