"""sailau claims and sailau brief as a user meets them."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sailau.cli.main import app
from sailau.terms.errors import SailauError

BOOK = """\
book: mine
name: A claim of a columnist
people:
  ann: {name: Ann Example, role: columnist}
reports:
  paper: {title: An article, outlet: The Paper, day: 2023-03-21}
claims:
  N1:
    says: The largest party has less than half of the seats.
    by: ann
    through: paper
    said_on: 2023-03-20
    kind: descriptive
    asks: What part of the seats does it have?
    rule: Less than half.
    figures:
      part: {call: seats.share, election: nz/house/2020-10-17, parties: [labour]}
    tests:
      - {figure: part, words: less than half, below: 1/2}
    needs: Nothing.
    changes_if: Other seats.
"""


def run(*words: str):
    return CliRunner().invoke(app, list(words))


def test_the_list_names_every_claim_once_with_verdict_and_confidence():
    seen = run("claims")
    assert seen.exit_code == 0
    rows = [line.split("\t") for line in seen.stdout.splitlines()]
    assert rows[0][:3] == ["claim", "verdict", "confidence"]
    names = [row[0] for row in rows[1:]]
    assert len(names) == len(set(names)) >= 62
    assert {row[1] for row in rows[1:]} == {"supported", "contradicted", "depends", "undetermined", "not testable"}


def test_one_claim_in_full_and_as_json():
    text = run("claims", "v1").stdout
    for part in ("Duvanov", "AsiaNews", "56", "62", "seats.under", "verdict", "would change", "variant"):
        assert part in text
    one = json.loads(run("claims", "C14", "--json").stdout)["claims"][0]
    assert (one["claim"], one["verdict"], one["figures"]["weight"]["value"]) == ("V4", "supported", "9/107")


def test_a_book_of_ones_own_about_another_country(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    path.write_text(BOOK, encoding="utf-8")
    seen = run("claims", "check", str(path))
    assert seen.exit_code == 0, seen.output
    assert "N1\tcontradicted\thigh" in seen.stdout


def test_a_broken_book_is_one_error_with_line_and_column(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    path.write_text(BOOK.replace("seats.share", "seats.part"), encoding="utf-8")
    seen = run("claims", "check", str(path))
    assert isinstance(seen.exception, SailauError)
    assert re.search(r"mine\.yaml:17:\d+: there is no call 'seats\.part'", str(seen.exception))
    assert seen.exception.exit_code == 4


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["claims", "Z99"], 3),
        (["claims", "--country", "zz"], 3),
        (["claims", "check", "nothing.yaml"], 3),
        (["brief", "zz"], 3),
    ],
)
def test_what_is_not_there_is_said(words, code):
    seen = run(*words)
    assert isinstance(seen.exception, SailauError)
    assert seen.exception.exit_code == code


def test_a_country_with_elections_of_another_level_only_is_not_suggested_for_itself():
    seen = run("brief", "fr")  # elections to the European Parliament alone
    said = str(seen.exception)
    assert "no national election, population or law on parties of 'fr'" in said
    assert "did you mean" not in said


def test_check_without_a_file_and_a_brief_of_another_kind_are_wrong_usage(tmp_path: Path):
    assert run("claims", "check").exit_code == 2
    bare = run("claims", "mine.yaml")
    assert bare.exit_code == 2
    assert "sailau claims check mine.yaml" in bare.output
    assert run("brief", "kz", "-o", str(tmp_path / "kz.docx")).exit_code == 2


def test_the_ledger_goes_round(tmp_path: Path):
    path = tmp_path / "verdicts.csv"
    assert run("claims", "record", str(path)).exit_code == 0
    assert run("claims", "changes", str(path)).exit_code == 0
    path.write_text(path.read_text("utf-8").replace("V4,supported", "V4,contradicted"), encoding="utf-8")
    seen = run("claims", "changes", str(path))
    assert seen.exit_code == 1
    assert "V4\tcontradicted\tsupported" in seen.stdout


def test_a_brief_is_one_page_that_asks_nothing_of_anybody(tmp_path: Path):
    path = tmp_path / "kz.html"
    assert run("brief", "kz", "-o", str(path)).exit_code == 0
    page = path.read_text("utf-8")
    for part in ("People", "Parties", "Votes", "Seats", "Power", "Alignment", "Forensics", "Claims", "Sources"):
        assert f"<h2>{part}</h2>" in page
    assert not re.search(r"""(src|href)=["']?(https?:)?//|@import|url\(""", page)
    assert page.count("<svg") >= 2
    assert "National Social Democratic Party" in page
    assert page.count("<details>") == len(run("claims").stdout.splitlines()) - 1


def test_a_brief_says_in_short_what_the_chain_comes_to():
    text = run("brief", "kz").stdout
    short = text[text.index("## In short") : text.index("## People")]
    for figure in (
        "40.1% of the people in 1989 and 70.4% in 2021: +12.7 points by fewer others, +14.7",
        "3 of 18",
        "Amanat holds 62 of 98 seats",
        "12,736 votes moved would have changed a seat of the tier list: NSDP below the bar",
        "Amanat, with 63.3% of the seats, has 100.0% of the power",
    ):
        assert figure in short
    power = json.loads(run("power", "kz/mazhilis/2023-03-19", "--json").stdout)["rows"]
    assert text.count("| independent ") == sum(str(row["player"]).startswith("independent") for row in power) == 7


def test_a_brief_of_a_country_without_people_or_claims_leaves_those_parts_out():
    seen = run("brief", "nz")
    assert seen.exit_code == 0
    assert "## Seats" in seen.stdout
    assert "## Claims" not in seen.stdout
    assert "## People" not in seen.stdout


def test_the_bibliography_names_reports_statutes_and_sources_of_figures():
    text = run("claims", "V1", "--export", "bibtex").stdout
    for key in ("kz-asianews2023", "kz-mazhilis-2022-11-05-el", "kz-mazhilis-2023-03-19-vlast2023"):
        assert f"@misc{{{key}," in text
