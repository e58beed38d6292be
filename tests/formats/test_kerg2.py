"""The long form of the federal returning officer: the rows that count, both votes, and districts with their numbers."""

import csv
from pathlib import Path

import sailau as sl
from sailau.records.results import read_results

HEAD = [
    "Wahlart", "Wahltag", "Gebietsart", "Gebietsnummer", "Gebietsname", "UegGebietsart", "UegGebietsnummer",
    "Gruppenart", "Gruppenname", "Gruppenreihenfolge", "Stimme", "Anzahl", "Prozent", "VorpAnzahl",
]  # fmt: skip


def line(kind: str, number: str, area: str, group: str, name: str, vote: str, n: int) -> list[object]:
    return ["BT", "23.02.2025", kind, number, area, "LAND", "01", group, name, 1, vote, n, "12,345678", n - 3]


def written(path: Path, election: sl.Election) -> Path:
    """Write votes of the archive as the office publishes them, with rows that must not be counted."""
    rows: list[list[object]] = [line("Bund", "99", "Bundesgebiet", "Partei", "spd", "2", 8_000_000)]
    for tier, kind, vote in (("district", "Wahlkreis", "1"), ("list", "Land", "2")):
        for area, votes in election.tally.tiers[tier].votes.items():
            number, _, name = area.partition("_") if kind == "Wahlkreis" else ("01", "", area)
            shown = name.replace("_", " – ", 1).replace("_", " ").title()
            rows.append(line(kind, number, shown, "System-Gruppe", "Gültige", vote, sum(votes.values())))
            rows += [line(kind, number, shown, "Partei", party, vote, n) for party, n in votes.items()]
            if kind == "Wahlkreis":
                rows += [line(kind, number, shown, "Partei", party, "2", n) for party, n in votes.items()]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write("# © Die Bundeswahlleiterin\n#\n# Endgültiges Ergebnis\n\n\n")
        csv.writer(file, delimiter=";").writerows([HEAD, *rows])
    return path


def test_both_votes_are_read_and_nothing_else(tmp_path: Path) -> None:
    election = sl.load_election("de/bundestag/2025-02-23")
    tally = read_results(written(tmp_path / "kerg2.csv", election)).tally
    assert set(tally.tiers) == {"district", "list"}
    assert (len(tally.tiers["district"].votes), len(tally.tiers["list"].votes)) == (299, 16)
    for tier in ("district", "list"):
        mine = sum(sum(votes.values()) for votes in tally.tiers[tier].votes.values())
        assert mine == sum(sum(votes.values()) for votes in election.tally.tiers[tier].votes.values())


def test_the_house_is_that_of_the_day(tmp_path: Path) -> None:
    election = sl.load_election("de/bundestag/2025-02-23")
    law = sl.load_law("de/bundestag", on=election.day)
    votes = sl.read_votes(written(tmp_path / "kerg2.csv", election), law, day=election.day)
    seats = law.count(votes.tally).seats
    assert {party: n for party, n in seats.items() if n} == sl.replay(election).house
