"""A user's file of votes by district borrows the magnitudes of an election, and says so."""

import csv
from pathlib import Path

import pytest

from sailau.cli.counting import _decreed, _tally
from sailau.law.library import load_law
from sailau.records.library import load_election
from sailau.terms.errors import Invalid


def written(tmp_path: Path, name: str, spell: str = "lower") -> Path:
    election = load_election(name)
    tier = next(iter(election.tally.tiers))
    path = tmp_path / "mine.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["district", "party", "votes"])
        for area, lines in election.tally.tiers[tier].votes.items():
            shown = area.replace("_", " ").title() if spell == "title" else area
            rows.writerows([shown, line, n] for line, n in lines.items())
    return path


@pytest.mark.parametrize("spell", ["lower", "title"])
@pytest.mark.parametrize("name", ["no/storting/2017-09-11", "es/congreso/2016-06-26"])
def test_the_archives_own_votes_from_a_file(tmp_path: Path, name: str, spell: str) -> None:
    law_id, day = name.rsplit("/", 1)
    law = load_law(law_id, on=day)
    path = written(tmp_path, name, spell)
    tally = _decreed(_tally(path, law, None, None, False, None, {}, None), law, day, None)
    expected = law.count(load_election(name).tally).tiers
    counted = law.count(tally).tiers
    assert counted == {tier: expected[tier] for tier in counted}


def test_an_unknown_district_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("district,party,votes\nOslo,a,10\nOslo,b,5\nAtlantis,a,7\nAtlantis,b,9\n")
    law = load_law("no/storting", on="2017-09-11")
    with pytest.raises(Invalid, match="'Atlantis' is no district of no/storting/2017-09-11"):
        _decreed(_tally(path, law, None, None, False, None, {}, None), law, "2017-09-11", None)
