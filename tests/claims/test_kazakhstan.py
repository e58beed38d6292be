"""The book of Kazakhstan: every row resolves, the worked ones agree with what is known, and none by a constant."""

import csv
import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from sailau.claims.exports import claim_review, provenance
from sailau.claims.ledger import changes, ledger_text
from sailau.claims.read import load_book
from sailau.claims.resolve import resolve, resolve_all
from sailau.claims.world import World
from sailau.files.places import shipped

ON = date(2026, 11, 27)
BOOK = load_book("kz")
WORLD = World(tables=BOOK.tables, on=ON)
SEEN = {s.claim.id: s for s in resolve_all(BOOK, WORLD)}
LAST = {"P": 9, "F": 17, "V": 11, "E": 12, "J": 13}
ROWS = [f"{part}{n}" for part, last in LAST.items() for n in range(1, last + 1)]


def shown(claim: str) -> dict[str, str]:
    return {name: f.spelled() if f else "no data" for name, f in SEEN[claim].figures.items()}


def test_every_row_of_the_dossier_and_every_worked_claim_is_there():
    assert set(ROWS) <= set(BOOK.claims)
    assert all(BOOK.claim(f"C{n}") for n in range(1, 17))


@pytest.mark.parametrize(
    ("claim", "verdict", "figures"),
    [
        ("C10", "supported", {"then": "40.1 %", "now": "70.4 %"}),
        ("C1", "undetermined", {"both": "0 (0 to 4)", "votes_only": "4"}),
        ("C4", "contradicted", {"ballots": "0"}),
        ("C5", "supported", {"ballots": "0"}),
        ("C6", "not testable", {}),
        ("C7", "depends", {"lists_2021": "3", "lists_2023": "6", "parties_2021": "1.6", "parties_2023": "2.68"}),
        ("C8", "supported", {"opposition": "4", "motion": "20"}),
        ("C9", "contradicted", {"users": "80.0 %", "world": "53.0 %"}),
        ("C11", "undetermined", {"troops": "0"}),
        ("C12", "contradicted", {"rank": "5", "kz": "63.3 % (60.1 % to 66.8 %)"}),
        ("C13", "not testable", {}),
        ("C14", "supported", {"house": "107", "assembly": "9", "weight": "8.4 %"}),
        ("C15", "undetermined", {"kazakhs": "70.6 %", "russians": "15.1 %"}),
        ("C16", "not testable", {}),
        ("V1", "supported", {"actual": "62", "one_list": "56", "others_actual": "29", "others_one_list": "42"}),
        ("V3", "supported", {"y2007": "0.0 %", "y2012": "15.3 %", "y2016": "14.3 %", "y2021": "22.4 %"}),
        ("V7", "supported", {"after_dissolution": "60"}),
        ("E2", "contradicted", {"pavlodar": "38.8 %"}),
    ],
)  # fmt: skip
def test_the_worked_claims_come_out_as_known(claim, verdict, figures):
    seen = SEEN[BOOK.claim(claim).id]
    assert seen.verdict == verdict
    assert {name: shown(seen.claim.id)[name] for name in figures} == figures


def test_agreement_with_russia_is_lowest_of_five_on_all_votes_and_level_on_common_ones():
    words = SEEN["E7"].figures["rank"].words
    assert re.findall(r"([a-z]{2}) (\d\d\.\d)%", words) == [
        ("uz", "72.5"), ("kg", "65.9"), ("tm", "65.6"), ("tj", "65.2"), ("kz", "63.3"),
    ]  # fmt: skip
    common = {name: f"{float(SEEN['E7'].figures[f'{name}_common'].value):.1%}" for name in ("kz", "kg", "tj")}
    assert common == {"kz": "66.8%", "kg": "66.2%", "tj": "65.8%"}
    assert [a.answer for a in SEEN["E7"].answers] == ["no", "open", "open"]


def test_settled_forecasts_are_scored_at_both_ends_of_a_range_that_is_ours():
    assert [float(x) for x in SEEN["F1"].score.brier] == pytest.approx([0.25, 0.81])
    assert [float(x) for x in SEEN["C5"].score.brier] == pytest.approx([0.04, 0.0025])
    assert not SEEN["F1"].score.given
    assert SEEN["C11"].score is None
    before = resolve(BOOK.claim("C5"), BOOK, World(tables=BOOK.tables, on=date(2022, 1, 1)))
    assert before.verdict == "undetermined"
    assert before.score is None


def test_a_summary_of_four_experts_is_no_second_source_and_a_denial_is_a_claim_of_its_own():
    assert BOOK.independent(BOOK.claims["F17"]) == 4
    assert [r.key for r in BOOK.chain(BOOK.claims["F17"])] == ["qmonitor2021", "goble2021"]
    assert BOOK.claims["F7d"].answers == "F7"
    assert BOOK.people["kosanov"].aliases == ("Kosapov",)
    assert "Tazhukov" in BOOK.people["tazhutov"].aliases


def _files(claim: str) -> set[Path]:
    return {path for f in SEEN[claim].figures.values() if f for path in f.records}


BALLOTS, DAYS = {"F1", "C2", "C5"}, {"V7"}
"""Claims on who stood, and on days: more votes do not move them, other records do."""


@pytest.mark.parametrize(
    "claim", [c for c in SEEN if any(p.name == "votes.csv" for p in _files(c)) and c not in BALLOTS | DAYS]
)
def test_verdict_or_figures_move_when_an_election_changes(claim, tmp_path):
    # Every list but the largest loses a quarter of its votes: a constant would not notice.
    for folder in {p.parent for p in _files(claim) if p.name == "votes.csv"}:
        copy = tmp_path / folder.relative_to(shipped("elections"))
        shutil.copytree(folder, copy)
        path = copy / "votes.csv"
        rows = list(csv.reader(path.read_text("utf-8").splitlines()))
        head, body = rows[0], rows[1:]
        votes = head.index("votes")
        largest = max(int(row[votes]) for row in body)
        for row in body:
            row[votes] = str(int(row[votes]) if int(row[votes]) == largest else int(row[votes]) * 3 // 4)
        path.write_text("\n".join(",".join(f'"{c}"' for c in row) for row in [head, *body]) + "\n", encoding="utf-8")
        record = copy / "election.yaml"
        text = re.sub(r", valid: \d+", "", record.read_text("utf-8"))
        record.write_text(re.sub(r"\{valid: \d+\}", "{}", text), encoding="utf-8")
    moved = resolve(BOOK.claims[claim], BOOK, World(elections=(tmp_path,), tables=BOOK.tables, on=ON))
    assert _told(moved) != _told(SEEN[claim])


@pytest.mark.parametrize(("claim", "verdict"), [("F1", "supported"), ("C2", "contradicted"), ("C5", "contradicted")])
def test_a_list_on_the_ballot_turns_the_verdict(claim, verdict, tmp_path):
    folder = Path(WORLD.election("kz/mazhilis/2023-03-19").path)
    copy = tmp_path / "kz/mazhilis/2023-03-19"
    shutil.copytree(folder, copy)
    text = (copy / "votes.csv").read_text("utf-8").replace(",baytaq,", ",internationalists,")
    (copy / "votes.csv").write_text(text, encoding="utf-8")
    record = (copy / "election.yaml").read_text("utf-8").replace("  baytaq:", "  internationalists:")
    (copy / "election.yaml").write_text(record, encoding="utf-8")
    world = World(elections=(tmp_path,), tables=BOOK.tables, on=ON)
    assert resolve(BOOK.claims[claim], BOOK, world).verdict == verdict


def test_another_day_of_the_election_turns_the_verdict_on_days(tmp_path):
    copy = tmp_path / "kz/mazhilis/2016-03-20"
    shutil.copytree(Path(WORLD.election("kz/mazhilis/2016-03-20").path), copy)
    record = (copy / "election.yaml").read_text("utf-8").replace("held_on: 2016-03-20", "held_on: 2016-03-27")
    (copy / "election.yaml").write_text(record, encoding="utf-8")
    world = World(elections=(tmp_path,), tables=BOOK.tables, on=ON)
    assert resolve(BOOK.claims["V7"], BOOK, world).verdict == "contradicted"


def _told(seen) -> tuple:
    return seen.verdict, tuple((n, str(f.value), f.low, f.high) if f else (n,) for n, f in seen.figures.items())


@pytest.mark.parametrize("claim", [c for c, s in SEEN.items() if s.missing])
def test_what_has_no_data_is_asked_as_soon_as_a_table_is_there(claim, tmp_path):
    """A missing table is the only reason for a gap: give it, and the call is made (or says what the table lacks)."""
    for what in SEEN[claim].missing.values():
        name = re.search(r"table '(\w+)'", what)
        assert name, what
    wanted = [a for a in SEEN[claim].claim.figures.values() if "table" in a.arguments]
    for asked in wanted:
        name, given = asked.arguments["table"], asked.arguments
        if (BOOK.tables[0] / f"{name}.csv").is_file():
            continue
        _add(tmp_path / f"{name}.csv", given)
    seen = resolve(SEEN[claim].claim, BOOK, World(tables=(tmp_path, *BOOK.tables), on=ON))
    assert not set(seen.missing.values()) & {w for w in SEEN[claim].missing.values() if w.startswith("a coded table")}


def _add(path: Path, given) -> None:
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines())) if path.is_file() else []
    for where in (given.get("where"), given.get("of"), given.get("over"), given.get("under")):
        if where:
            told = {given.get("column") or "column": "1/2", "source": "test"}
            rows.append({k: str(v) for k, v in where.items()} | told)
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        writer.writerows({k: v or "" for k, v in row.items()} for row in rows)


def test_the_ledger_sees_what_moved(tmp_path):
    path = tmp_path / "verdicts.csv"
    path.write_text(ledger_text(SEEN.values(), "2026-11-27"), encoding="utf-8")
    assert changes(path, list(SEEN.values())) == ()
    (tmp_path / "kz").mkdir()
    text = (shipped("channels") / "kz/trade.csv").read_text("utf-8").replace("18.6%", "58.6%")
    (tmp_path / "kz/trade.csv").write_text(text, encoding="utf-8")
    now = resolve_all(BOOK, World(tables=BOOK.tables, channels=(tmp_path,), on=ON))
    found = {c.claim: c for c in changes(path, now)}
    assert found["E4"].figures == ("trade_russia: 18.6 % -> 58.6 %",)
    assert set(found) == {"E4", "E8", "C11"}


def test_exports_name_people_reports_and_checksums():
    review = json.loads(claim_review([SEEN["V1"]], ON))["@graph"][0]
    assert review["@type"] == "ClaimReview"
    assert review["itemReviewed"]["author"] == [{"@type": "Person", "name": "Duvanov"}]
    assert re.fullmatch(r"[0-9a-f]{64}", review["sha256"])
    pytest.importorskip("prov", reason="needs the extra prov")
    document = json.loads(provenance([SEEN["V1"]], ON))
    assert "s:claim/kz/V1" in document["entity"]
    assert document["wasGeneratedBy"]
    assert any("mazhilis" in key for key in document["entity"])


def test_a_census_without_a_total_gives_no_share():
    from sailau.claims.calls.population import people_share
    from sailau.claims.figure import NoData

    with pytest.raises(NoData, match="the total of the census of 1959"):
        people_share(WORLD, country="kz", group="kazakh", year=1959)
    assert people_share(WORLD, country="kz", group="kazakh", year=1999).spelled() == "53.4 %"


def test_declared_seats_of_several_areas_are_added_up():
    from types import SimpleNamespace

    from sailau.claims.calls.counted import seats_in

    official = {"district": {"north": {"a": 2, "b": 1}, "south": {"a": 1, "c": 0}}}
    seen = SimpleNamespace(election=SimpleNamespace(declared=("district",), official=official))
    assert seats_in(SimpleNamespace(replay={"x": seen}.__getitem__), "x", "district") == {"a": 3, "b": 1, "c": 0}
    assert sum(seats_in(WORLD, "kz/mazhilis/2023-03-19", "district").values()) == 29
