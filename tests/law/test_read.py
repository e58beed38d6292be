"""A law file is refused with the line at fault, or it is right."""

from pathlib import Path

import pytest

from sailau.law.library import load_editions
from sailau.law.read import read_law
from sailau.terms.errors import InvalidLaw, NotFound

GOOD = """\
law: xx/house
name: A house of ten
in_force: {from: 2000-01-01}
checked: null
texts: {el: Election Law}
seats: {total: 10, cite: el 1}
tiers:
  list:
    seats: 10
    district: nationwide
    ballot: closed_list
    steps:
      - threshold: {share: 5%, of: valid, cite: el 2}
      - allocate: {quota: hare, ties: lot, cite: el 3}
"""


def write(folder: Path, text: str, name: str = "2000-01-01.yaml") -> Path:
    path = folder / "xx" / "house" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_good_one_is_read(tmp_path: Path) -> None:
    law = read_law(write(tmp_path, GOOD))
    assert (law.id, law.total, [tier.name for tier in law.tiers]) == ("xx/house", 10, ["list"])


# What is replaced by what, the text that the error must point at, and a word of the error.
FAULTS = [
    ("share: 5%", "share: 0.05", "0.05", "binary float"),
    ("share: 5%", "share: .5", ".5", "binary float"),
    ("share: 5%", "share: 1e-2", "1e-2", "binary float"),
    ("share: 5%", "share: five", "five", "exact number"),
    ("share: 5%", "share: 1/0", "1/0", "exact number"),
    ("share: 5%", "share: 5", "{share: 5", "between 0% and 100%"),
    ("of: valid", "of: everybody", "everybody", "everybody"),
    ("of: valid", "off: valid", "off:", "did you mean of"),
    ("of: valid,", "of: valid, of: ballots,", "of: ballots", "twice"),
    (", cite: el 3", "", "{quota", "no citation"),
    ("cite: el 3", "cite: act 3", "act 3", "texts"),
    ("quota: hare", "quota: hair", "hair", "hare"),
    ("quota: hare", "quota: hare, divisor: dhondt", "{quota", "one of them only"),
    ("ties: lot", "ties: alphabet", "alphabet", "alphabet"),
    ("allocate:", "distribute_all:", "{quota", "no step"),
    ("total: 10", "total: 11", "11", "the house has 11"),
    ("seats: 10\n    district", "seats: -1\n    district", "-1", "-1"),
    ("name: A house of ten\n", "", "law:", "name is missing"),
    ("from: 2000-01-01", "from: 2000-02-30", "2000-02-30", "calendar"),
    ("from: 2000-01-01", "from: 2000-01-01, until: 1999-01-01", "1999-01-01", "before it begins"),
]


@pytest.mark.parametrize(("old", "new", "at", "word"), FAULTS, ids=[(fault[1] or fault[0])[:40] for fault in FAULTS])
def test_a_fault_is_named_with_its_place(tmp_path: Path, old: str, new: str, at: str, word: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    with pytest.raises(InvalidLaw) as caught:
        read_law(write(tmp_path, text))
    before = text[: text.index(at)]
    expected = before.count("\n") + 1, len(before) - before.rfind("\n")
    place = caught.value.place
    assert place is not None
    assert (place.line, place.column) == expected, str(caught.value)
    assert word in str(caught.value)


def test_a_key_that_is_missing_is_named_even_where_it_is_called_as_a_part_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidLaw, match=r"list\.make_up\.tiers is missing"):
        read_law(write(tmp_path, GOOD.replace("allocate: {quota: hare, ties: lot", "make_up: {ties: lot", 1)))


def test_a_float_in_quotes_is_an_exact_decimal(tmp_path: Path) -> None:
    law = read_law(write(tmp_path, GOOD.replace("share: 5%", 'share: "0.05"')))
    assert law.tiers[0].steps[0].share * 20 == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "UTF-8"),
        ("закон".encode("cp1251"), "UTF-8"),
        (b"[1, 2]", "mapping"),
        (b"a: {b: 1", "not YAML"),
        (b"a: *nobody", "not YAML"),
        (b"x: 1\n" * 1_000_000, "too large"),
        (b"\x00\x01\x02", "not YAML"),
        (b"? [a, b]\n: 1", "plain text"),
        (b"<<: {a: 1}", "plain text"),
        (b"a: &x {b: *x}", "nested too deeply"),
        (
            b"a: &a [x, x, x, x, x, x, x, x, x, x]\n"
            + b"".join(b"%c: &%c [%s]\n" % (98 + i, 98 + i, b", ".join([b"*%c" % (97 + i)] * 10)) for i in range(7)),
            "more than 200,000 values",
        ),
    ],
)
def test_a_file_that_is_no_law_gets_one_clear_error(tmp_path: Path, raw: bytes, word: str) -> None:
    path = tmp_path / "law.yaml"
    path.write_bytes(raw)
    with pytest.raises(InvalidLaw, match=word) as caught:
        read_law(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"no file .*none.yaml"):
        read_law(tmp_path / "none.yaml")


class TestDates:
    def editions(self, tmp_path: Path, until: str, since: str) -> None:
        write(tmp_path, GOOD.replace("from: 2000-01-01", f"from: 2000-01-01, until: {until}"))
        write(tmp_path, GOOD.replace("2000-01-01", since), f"{since}.yaml")
        load_editions("xx/house", folders=(tmp_path,))

    def test_without_a_gap_they_stand(self, tmp_path: Path) -> None:
        self.editions(tmp_path, "2004-12-31", "2005-01-01")

    def test_a_gap_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidLaw, match="leave a gap"):
            self.editions(tmp_path, "2004-12-30", "2005-01-01")

    def test_an_overlap_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidLaw, match="overlap"):
            self.editions(tmp_path, "2005-01-01", "2005-01-01")

    def test_an_open_end_before_another_edition_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidLaw, match="overlap"):
            self.editions(tmp_path, "null", "2005-01-01")


def test_a_file_in_the_wrong_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("law: xx/house", "law: xx/senate"))
    with pytest.raises(InvalidLaw, match="calls itself xx/senate"):
        load_editions("xx/house", folders=(tmp_path,))


def test_near_names_are_offered() -> None:
    with pytest.raises(NotFound) as caught:
        load_editions("kz/majilis")
    assert caught.value.near[0] == "kz/mazhilis"
