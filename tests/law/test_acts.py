"""Votes needed for each act, by constitution and date; the figures are the dossier's."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from sailau.law.acts import Act, load_constitution, read_acts, votes_needed
from sailau.terms.errors import Invalid, InvalidLaw


def needed(on: date, act: str, members: int) -> int:
    constitution = load_constitution("kz", on)
    assert constitution is not None
    return next(rule for rule in constitution.acts if rule.act == act).votes(members)


@pytest.mark.parametrize(
    ("on", "members", "act", "votes"),
    [
        (date(2026, 8, 23), 145, "law", 73),
        (date(2026, 8, 23), 145, "constitutional law", 97),
        (date(2026, 8, 23), 145, "remove the President", 109),
        (date(2026, 8, 23), 145, "move no confidence", 29),
        (date(2026, 8, 23), 145, "move impeachment", 49),
        (date(2023, 3, 19), 98, "law", 50),
        (date(2023, 3, 19), 98, "constitutional law", 66),
        (date(2023, 3, 19), 98, "override a veto of a constitutional law", 74),
        (date(2016, 3, 20), 107, "law", 54),
        (date(2016, 3, 20), 107, "amend the constitution", 81),
        (date(2004, 9, 19), 77, "no confidence in the Government", 52),
    ],
)
def test_votes_needed(on: date, members: int, act: str, votes: int) -> None:
    assert needed(on, act, members) == votes


@pytest.mark.parametrize(
    ("needs", "members", "votes"),
    [("2/3", 99, 66), ("2/3", 98, 66), ("2/3", 100, 67), ("majority", 98, 50), ("majority", 99, 50)],
)
def test_a_share_is_reached_and_a_majority_is_passed(needs: str, members: int, votes: int) -> None:
    assert Act("a", "h", needs, "c 1").votes(members) == votes


def test_constitutions_follow_each_other_without_a_gap() -> None:
    day = date(1995, 8, 30)
    while day < date(2026, 12, 31):
        constitution = load_constitution("kz", day)
        assert constitution is not None, day
        day = (constitution.until or date(2026, 12, 31)) + timedelta(days=1)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [("2/3", "5/3", "write majority"), ("const 1", "law 1", "names no text"), ("needs", "need", "unknown")],
)
def test_a_fault_has_its_place(tmp_path: Path, old: str, new: str, word: str) -> None:
    text = (
        "acts: xx\nname: X\nin_force: {from: 2000-01-01}\nchecked: null\ntexts: {const: C}\n"
        "rules:\n  - {act: law, house: h, needs: 2/3, cite: const 1}\n"
    )
    path = tmp_path / "x.yaml"
    path.write_text(text.replace(old, new))
    with pytest.raises(InvalidLaw, match=word) as caught:
        read_acts(path)
    assert caught.value.place is not None and caught.value.place.line == 7


@pytest.mark.parametrize(("text", "needed"), [("majority", 50), ("2/3", 66), ("98", 98), ("1", 1), ("1/1", 98)])
def test_votes_that_a_majority_stands_for(text: str, needed: int) -> None:
    assert votes_needed(text, 98) == needed


@pytest.mark.parametrize("text", ["0", "99", "most", "0/3", "-3", ""])
def test_a_majority_that_is_none(text: str) -> None:
    with pytest.raises(Invalid, match="majority: "):
        votes_needed(text, 98)
