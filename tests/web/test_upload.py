"""Own results and own laws: what was understood, every problem, and the good rows when the user says so."""

import contextlib
import io
import json
import re
import shlex
import zipfile
from ast import literal_eval
from html import unescape
from pathlib import Path

import pytest
from tests.web.shared import KZ, Site, seats_in
from typer.testing import CliRunner

import sailau as sl
from sailau.cli.main import app as cli

LAW = "kz/mazhilis@2023-03-19"
ROOT = Path(__file__).resolve().parents[2]
SITE = Site()


def mangled() -> bytes:
    """Return a workbook as an office sends it: a merged header, decimal commas, a total row, an id made a date."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Итоги")
        sheet.merge_range(0, 0, 0, 3, "Итоги голосования по округам")
        sheet.write_row(1, 0, ["Округ", "Аманат", "Ауыл", "«Ақ жол», ДПК"])
        sheet.write_row(2, 0, ["1-Apr", "1 200", 300, 100])
        sheet.write_row(3, 0, ["Солтүстік", "1 000,5", 250, 120])
        sheet.write_row(4, 0, ["Өскемен", 900, "200,0", 80])
        sheet.write_row(5, 0, ["Итого", 3100, 750, 300])
    return out.getvalue()


def test_a_mangled_workbook_is_reported_cell_by_cell_and_the_good_rows_count() -> None:
    first = SITE.upload("/api/upload/results", mangled(), "итоги.xlsx", law=LAW)
    said = first.json()
    assert first.status == 422 and said["id"] is None and said["good_rows_can_be_kept"]
    codes = {problem.split(": ")[1].split(" ")[0] for problem in said["problems"]}
    assert {"E104", "E109"} <= codes, said["problems"]
    assert any("Итоги!B4" in problem for problem in said["problems"])
    kept = SITE.upload("/api/upload/results", mangled(), "итоги.xlsx", law=LAW, keep_good="true").json()
    assert kept["id"] and kept["rows_kept"] >= 1 and kept["rows_left_out"] >= 1
    assert any(column["role"] == "district" for column in kept["columns"])
    page = SITE.get(f"/lab?e={kept['id']}").text
    assert "«Ақ жол», ДПК" in seats_in(page)


def test_the_page_says_the_same_and_offers_the_good_rows() -> None:
    page = SITE.upload("/upload?lang=ru", mangled(), "итоги.xlsx", kind="results", law=LAW)
    assert page.status == 422
    assert "E109" in page.text and "Хорошие строки можно посчитать" in page.text
    page = SITE.upload("/upload?lang=ru", mangled(), "итоги.xlsx", kind="results", law=LAW, keep="1")
    assert page.status == 200 and "/lab?e=own:" in page.text


def test_no_message_names_a_folder_of_the_server() -> None:
    for raw in (mangled(), b"", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n...", b"PK\x03\x04broken", b"party,votes\na,x\n"):
        for name in ("../../evil.xlsx", "C:\\Users\\me\\file.csv", "/etc/passwd", "a.csv"):
            said = SITE.upload("/api/upload/results", raw, name, law=LAW).text
            assert "/tmp" not in said and "sailau-" not in said and ".." not in said.replace("…", ""), said


def test_pasted_and_uploaded_votes_give_the_seats_of_the_library(tmp_path: Path) -> None:
    votes = sl.load_election(KZ).tally.tiers["list"].votes["nation"]
    text = "party\tvotes\n" + "".join(f"{name}\t{n}\n" for name, n in votes.items())
    path = tmp_path / "votes.tsv"
    path.write_text(text, encoding="utf-8")
    wanted = sl.load_law(LAW).count(sl.read_results(path, tier="list").tally).seats
    own = SITE.upload("/api/upload/results", text.encode(), "votes.tsv", law=LAW).json()["id"]
    assert SITE.post("/api/count", {"election": own}).json()["seats"] == wanted


def test_an_own_law_is_read_and_counts() -> None:
    raw = (ROOT / "laws/kz/mazhilis/2022-11-05.yaml").read_bytes().replace(b"share: 5%", b"share: 7%")
    own = SITE.upload("/api/upload/law", raw, "mine.yaml").json()
    assert own["id"].startswith("own:")
    rows = seats_in(SITE.get(f"/lab?e={KZ}&law={own['id']}").text)
    assert rows["Amanat"][2:5] == ["62", "68", "+6"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"share: 5%", b"share: 0.05", "mine.yaml:24:28: list.threshold.share is 0.05"),
        (b"threshold:", b"treshold:", "no step 'treshold'"),
        (b"law: kz/mazhilis", b"law: !!python/object/apply:os.system [ls]", "mine.yaml"),
    ],
)
def test_a_law_at_fault_is_refused_with_its_line(old: bytes, new: bytes, said: str) -> None:
    raw = (ROOT / "laws/kz/mazhilis/2022-11-05.yaml").read_bytes().replace(old, new, 1)
    answer = SITE.upload("/api/upload/law", raw, "mine.yaml")
    assert answer.status == 422 and said in answer.json()["detail"]
    assert "/tmp" not in answer.text


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    assert len(out.getvalue()) < 1_000_000
    answer = SITE.upload("/api/upload/results", out.getvalue(), "bomb.xlsx", law=LAW)
    assert answer.status == 422 and "unpacks to more" in answer.text


def test_entities_of_a_workbook_are_not_resolved() -> None:
    out = io.BytesIO()
    evil = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", evil)
        archive.writestr("xl/worksheets/sheet1.xml", evil)
    answer = SITE.upload("/api/upload/results", out.getvalue(), "evil.xlsx", law=LAW)
    assert answer.status == 422 and "root:" not in answer.text


@pytest.mark.parametrize("name", ["Ә", "«Ақ жол», ДПК", 'a "b" <c>', "Қ&Ұ", "х" * 120])
def test_names_with_every_sign_survive(name: str) -> None:
    quoted = name.replace('"', '""')
    csv = f'party,votes\n"{quoted}",300\nother,201\n'
    own = SITE.upload("/api/upload/results", csv.encode(), law=LAW).json()["id"]
    page = SITE.get(f"/lab?e={own}").text
    assert name in seats_in(page)
    assert "<c>" not in page


def test_uploads_of_long_ago_make_room() -> None:
    site = Site(kept_limit=1_500)
    ids = []
    for n in range(3):
        csv = f"party,votes\na,{1000 + n}\nb,500\n"
        padded = csv + "".join(f"p{i},{i + 10}\n" for i in range(90))
        ids.append(site.upload("/api/upload/results", padded.encode(), law=LAW).json()["id"])
    assert site.get(f"/lab?e={ids[-1]}").status == 200
    gone = site.get(f"/lab?e={ids[0]}")
    assert gone.status == 404 and "give the file again" in gone.text


TWO_COUNTS = "place,who,n,m\nA,x,1000,5\nA,y,900,6\nB,x,300,1\nB,y,400,2\n"


def test_columns_that_were_misread_are_corrected_without_scripts() -> None:
    first = SITE.upload("/upload", TWO_COUNTS.encode(), "two.csv", kind="results", law=LAW).text
    assert re.search(r'<select id="role-D" .*?<option value="votes" selected>', first)
    again = re.search(r'name="again" value="(own:[0-9a-f]+)"', first)
    assert again, "the file is not kept to be read again"
    roles = {"column.A": "district", "column.B": "contender", "column.C": "votes", "column.D": "left_out"}
    fields = {"kind": "results", "law": LAW, "again": again[1], **roles}
    second = SITE.upload("/upload", b"", "", **fields).text
    assert re.search(r'<select id="role-C" .*?<option value="votes" selected>', second)
    own = re.search(r"/lab\?e=(own:[0-9a-f]+)", second)
    assert own
    votes = SITE.desk.election(own[1]).tally.party_votes()
    assert votes == {"x": 1300, "y": 1300}


def test_a_file_that_was_refused_shows_its_columns_too() -> None:
    csv = b"place,first count,second count\nA,1000,5\nB,300,1\nA,900,6\nB,400,2\n"
    said = SITE.upload("/api/upload/results", csv, law=LAW)
    assert said.status == 422 and [c["column"] for c in said.json()["columns"]] == ["A", "B", "C"]
    told = SITE.upload("/api/upload/results", csv, law=LAW, columns="A=place")
    assert told.status == 404 and "no role 'place'" in told.json()["detail"]
    told = SITE.upload("/api/upload/results", csv, law=LAW, columns="A=left_out,B=left_out,C=left_out")
    assert told.status == 422 and "none of the columns is given as votes" in told.json()["detail"]


def test_a_scenario_under_an_own_law_carries_the_law() -> None:
    raw = (ROOT / "laws/kz/mazhilis/2022-11-05.yaml").read_bytes().replace(b"share: 5%", b"share: 7%")
    law = SITE.upload("/api/upload/law", raw, "2022-11-05.yaml").json()["id"]
    query = f"e={KZ}&law={law}&list.seats=70"
    wanted = seats_in(SITE.get(f"/lab?{query}").text)
    saved = SITE.get(f"/api/scenario.json?{query}").body
    other = Site()
    opened = other.upload("/api/upload/scenario", saved, "scenario.json").json()
    assert seats_in(other.get(f"/lab{opened['query']}").text) == wanted
    assert wanted["Amanat"][3] > wanted["Amanat"][2], "the uploaded law is taken for the one whose name it bears"


def test_own_votes_under_an_own_law_open_again() -> None:
    raw = (ROOT / "laws/kz/mazhilis/2022-11-05.yaml").read_bytes().replace(b"share: 5%", b"share: 20%")
    law = SITE.upload("/api/upload/law", raw, "mine.yaml").json()["id"]
    own = SITE.upload("/api/upload/results", b"party,votes\na,500\nb,300\nc,150\n", "own.csv", law=law).json()["id"]
    wanted = seats_in(SITE.get(f"/lab?e={own}").text)
    assert wanted["c"][2] == "0", "c stays under 20 %"
    other = Site()
    opened = other.upload("/upload", SITE.get(f"/api/scenario.json?e={own}").body, "scenario.json")
    assert opened.status == 303
    assert seats_in(other.get(opened.headers["location"]).text) == wanted


def test_a_scenario_whose_law_is_none_says_where() -> None:
    raw = (ROOT / "laws/kz/mazhilis/2022-11-05.yaml").read_bytes()
    law = SITE.upload("/api/upload/law", raw, "mine.yaml").json()["id"]
    saved = SITE.get(f"/api/scenario.json?e={KZ}&law={law}").body.replace(b"share: 5%", b"share: 0.05")
    answer = Site().upload("/api/upload/scenario", saved, "scenario.json")
    assert answer.status == 422 and "a binary float" in answer.json()["detail"]


READ = "district,party,votes,of_whom_abroad\nA,x,1000,5\nA,y,900,6\nB,x,300,1\nB,y,450,2\nB,,7,\n"
READ_AS = {"law": LAW, "keep_good": "true"}


def code(page: str, which: str) -> str:
    return unescape(page.split(f'id="code-{which}">')[1].split("</pre>")[0])


@pytest.mark.parametrize("roles", [{}, {"A": "district", "B": "party", "C": "left_out", "D": "votes"}])
def test_own_votes_are_copied_with_the_roles_that_were_given(
    roles: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = ",".join(f"{column}={role}" for column, role in roles.items())
    asked = {"law": LAW, "keep_good": "true", "columns": columns}
    own = SITE.upload("/api/upload/results", READ.encode(), "mine.csv", **asked).json()["id"]
    page = SITE.get(f"/lab?e={own}&list.threshold.share=3").text
    rows = SITE.get(f"/api/export.json?e={own}&list.threshold.share=3").json()["rows"]
    seats = {row["contender"]: row["what_if"] for row in rows}
    assert seats == ({"x": 30, "y": 39} if roles else {"x": 34, "y": 35})
    (tmp_path / "mine.csv").write_text(READ, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(code(page, "python"), {})
    assert literal_eval(out.getvalue()) == seats
    done = CliRunner().invoke(cli, [*shlex.split(code(page, "command"))[1:], "--json"])
    assert done.exit_code == 0, done.stderr
    assert {row["contender"]: row["seats"] for row in json.loads(done.stdout)["rows"]} == seats


def test_a_saved_scenario_is_copied_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = SITE.upload("/api/upload/results", READ.encode(), "mine.csv", law=LAW, seats="9", keep_good="true").json()[
        "id"
    ]
    saved = SITE.get(f"/api/scenario.json?e={own}&list.threshold.share=3").body
    query = SITE.upload("/api/upload/scenario", saved, "s.json").json()["query"]
    page = SITE.get(f"/lab{query}").text
    (tmp_path / "scenario.json").write_bytes(saved)
    monkeypatch.chdir(tmp_path)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(code(page, "python"), {})
    assert code(page, "command") == "sailau count scenario.json" and sum(literal_eval(out.getvalue()).values()) == 69


BLT = '3 1\n5 1 2 0\n3 2 3 0\n4 3 2 0\n0\n"Ann"\n"Бек"\n"Cid"\n"A seat"\n'


def test_ranked_ballots_are_uploaded_counted_saved_and_opened_again(tmp_path: Path) -> None:
    brought = SITE.upload("/api/upload", BLT.encode(), "ward.blt", law="ie/dail").json()
    assert brought["id"] and brought["problems"] == []
    rows = seats_in(SITE.get(f"/lab?e={brought['id']}").text)
    assert rows["Бек"][2] == "0" and rows["Cid"][2] == "1", "the three of Бек go to Cid, who passes Ann"
    saved = tmp_path / "scenario.json"
    saved.write_bytes(SITE.get(f"/api/scenario.json?e={brought['id']}").body)
    done = CliRunner().invoke(cli, ["count", str(saved), "--json"])
    assert {row["contender"]: row["seats"] for row in json.loads(done.stdout)["rows"]}["cid"] == 1
    page = SITE.upload("/upload", BLT.encode(), "ward.blt", kind="results", law="ie/dail")
    assert page.status == 200 and "3 rows were understood" in page.text
    broken = SITE.upload("/api/upload/results", BLT.replace("5 1 2", "5 1 9").encode(), "ward.blt", law="ie/dail")
    assert broken.status == 422 and broken.json()["detail"] == "ward.blt:2: there is no candidate 9; the file has 3"
