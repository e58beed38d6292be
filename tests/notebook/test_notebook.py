"""Results in a notebook: table and picture, whole and escaped; saved by suffix; sliders that count."""

import builtins
import html
import io
import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import sailau as sl
from sailau.law.result import Result
from sailau.runs.simulate import Runs
from sailau.terms.errors import Invalid, MissingExtra, NotFound
from sailau.terms.tally import Ballots, Contender, Tally

ELECTION = sl.load_election("kz/mazhilis/2023-03-19")
LAW = sl.load_law("kz/mazhilis", on=ELECTION.day)


@pytest.fixture(scope="module")
def result() -> Result:
    return LAW.count(ELECTION.tally)


def runs() -> Runs:
    noise = sl.LogisticNormal(sd="0.158")
    return sl.simulate(LAW, ELECTION.tally, noise=noise, n=500, seed=7)


def things() -> list[object]:
    softer = LAW.replace({"list.threshold.share": "2%"})
    return [LAW.count(ELECTION.tally), sl.replay(ELECTION), sl.compare(LAW, softer, ELECTION.tally), runs()]


def test_every_result_shows_itself_in_three_forms() -> None:
    for thing in things():
        bundle = thing._repr_mimebundle_()  # type: ignore[attr-defined]
        assert set(bundle) == {"text/plain", "text/html", "image/svg+xml"}
        ElementTree.fromstring(bundle["image/svg+xml"])
        ElementTree.fromstring(re.sub("&nbsp;", " ", bundle["text/html"]))
        assert "<script" not in bundle["text/html"] and "id=" not in bundle["text/html"]
        assert 'scope="col"' in bundle["text/html"] and 'scope="row"' in bundle["text/html"]
        only = thing._repr_mimebundle_(include={"text/plain"})  # type: ignore[attr-defined]
        assert set(only) == {"text/plain"}


def test_the_table_says_what_the_result_says(result: Result) -> None:
    shown = result._repr_html_()
    for party, seats in result.seats.items():
        assert re.search(rf">{party}</th>.*?>{seats}</td></tr>", shown), party
    frame = result.to_frame()
    rows = frame if isinstance(frame, list) else frame.to_dict("records")
    assert {row["contender"]: row["seats"] for row in rows} == result.seats


def test_without_pandas_a_frame_is_a_list(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sailau.notebook.looks.find_spec", lambda _: None)
    assert result.to_frame()[0]["contender"] == "amanat"


@pytest.mark.parametrize("name", ["<b>x</b>", 'a"b', "R&D", "«Ақ жол», ә"])
def test_names_are_escaped(name: str) -> None:
    tally = Tally({"list": Ballots({"nation": {name: 900, "x": 100}}, {"nation": {"valid": 1000}})},
                  {name: Contender(name, names={"en": name})})  # fmt: skip
    shown = LAW.count(tally)._repr_html_()
    assert html.escape(name) in shown and "<b>x" not in shown


def test_saved_by_suffix(result: Result, tmp_path: Path) -> None:
    begins = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "csv": b"contender", "tsv": b"contender", "md": b"###",
              "json": b"{", "parquet": b"PAR1", "xlsx": b"PK"}  # fmt: skip
    for suffix, first in begins.items():
        path = result.save(tmp_path / f"x.{suffix}", lang="kk")
        assert path.read_bytes().startswith(first), suffix
    assert "Қазақстан" in (tmp_path / "x.svg").read_text(encoding="utf-8")
    document = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert document["schema"] == "sailau/count/1" and document["seats"] == result.seats
    with pytest.raises(Invalid, match="no name of a picture or a table"):
        result.save(tmp_path / "x.docx")
    with pytest.raises(Invalid, match="make the folder first"):
        result.save(tmp_path / "none" / "x.csv")


def test_a_table_that_is_saved_is_read_again(result: Result, tmp_path: Path) -> None:
    for suffix in ("csv", "tsv", "parquet", "json"):
        path = result.save(tmp_path / f"x.{suffix}")
        read = sl.read_results(path).tally.tiers["list"].votes["nation"]
        assert read == {name: n for name, n in ELECTION.tally.tiers["list"].votes["nation"].items() if name in read}
        assert len(read) == 7


def test_runs_are_saved_as_a_picture_and_to_go_on_from(tmp_path: Path) -> None:
    done = runs()
    assert done.save(tmp_path / "x.svg").read_text(encoding="utf-8").startswith("<svg")
    kept = done.save(tmp_path / "x.json")
    again = sl.simulate(LAW, ELECTION.tally, noise=done.job.noise, n=500, seed=7, resume=kept)
    assert again.summary == done.summary


def test_what_has_no_view_says_so() -> None:
    from sailau.notebook import to_html

    with pytest.raises(NotFound, match="view of a"):
        to_html(3)


def test_sliders_count_again() -> None:
    lab = sl.lab(ELECTION)
    *controls, output = lab.children
    threshold = next(c for c in controls if c.description == "list.threshold.share")
    assert threshold.value == 5.0 and "97-1" in threshold.tooltip
    before = output.value
    threshold.value = 7.0
    assert output.value != before and "nsdp -4" in output.value
    threshold.value = 5.0
    assert output.value == before
    formula = next(c for c in controls if c.description == "list.formula")
    formula.value = "dhondt"
    assert "amanat +" in output.value
    threshold.value = 7.0
    assert "amanat +" in output.value and "nsdp -4" in output.value


def test_a_law_that_leads_nowhere_says_why_in_the_lab() -> None:
    from sailau.notebook.lab import shown

    told = shown(ELECTION, LAW, {"list.threshold.share": "60%"})
    assert "<strong>" in told and "<svg" not in told


def test_a_lab_without_widgets_names_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(MissingExtra, match=r"pip install 'sailau\[notebook\]'"):
        sl.lab(ELECTION)


def test_looking_needs_no_extra(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: object, **kwargs: object) -> object:
        assert name.partition(".")[0] not in {"matplotlib", "pandas", "resvg_py", "IPython", "fastapi"}, name
        return real(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    assert result._repr_html_()


def test_a_workbook_has_a_sheet_for_each_step_and_the_sources(tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    path = sl.replay(ELECTION).save(tmp_path / "x.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    names = book.sheet_names
    assert names[0] == "result" and {"every seat", "votes", "sources", "about", "in words"} <= set(names)
    steps = [name for name in names if re.match(r"\d+ list ", name)]
    assert {name.split(" ", 2)[2] for name in steps} >= {"threshold", "allocate"}
    rows = book.get_sheet_by_name("result").to_python()
    assert [row[1:3] for row in rows if row and row[0] == "nsdp"] == [[331_058, 4]]
    sources = book.get_sheet_by_name("sources").to_python()
    assert any("Central Election Commission" in str(cell) for row in sources for cell in row)


def test_formula_cells_are_quoted_in_csv_and_xlsx(tmp_path: Path) -> None:
    import zipfile

    bad = "=cmd|' /C calc'!A0"
    tally = Tally({"list": Ballots({"nation": {bad: 900, "@x": 60, "+y": 40}}, {"nation": {"valid": 1000}})})
    counted = LAW.count(tally)
    text = counted.save(tmp_path / "x.csv").read_text(encoding="utf-8")
    assert f"'{bad}" in text and "'@x" in text and "'+y" in text
    with zipfile.ZipFile(counted.save(tmp_path / "x.xlsx")) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        styles = book.read("xl/styles.xml").decode()
        assert "<f>" not in sheet and 'quotePrefix="1"' in styles
