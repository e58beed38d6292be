"""The worked examples: copies of protocols with their provenance, and turnout by the hour alone."""

from hashlib import sha256
from pathlib import Path

from typer.testing import CliRunner

from sailau.cli.main import app
from sailau.forensics import read_copies, read_stations, tabulate

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "parallel-tabulation"
run = CliRunner().invoke


def test_the_published_sums_of_the_case() -> None:
    """2,150 to 2,083 by the copies, a loss by 33 officially: Vlast, 2023, in the dossier."""
    stations = read_stations(EXAMPLE / "official.csv").stations
    found = tabulate(stations, read_copies(EXAMPLE / "copies.csv", stations.contenders))
    assert found.by_copies == {"candidate_a": 2150, "candidate_b": 2083}
    assert found.official["candidate_a"] - found.official["candidate_b"] == -33
    assert {gap.station for gap in found.gaps} == {"203", "206"}
    done = run(app, ["forensics", str(EXAMPLE / "official.csv"), "--copies", str(EXAMPLE / "copies.csv"), "--json"])
    assert done.exit_code == 0 and "with the copies candidate_a would be first" in done.stdout


def test_copies_against_sums_only(tmp_path: Path) -> None:
    head, *rows = (EXAMPLE / "copies.csv").read_text(encoding="utf-8").splitlines()
    copies, totals = tmp_path / "copies.csv", tmp_path / "published.csv"
    copies.write_text("\n".join([f"district,{head}", *(f"3,{row}" for row in rows)]), encoding="utf-8")
    totals.write_text("district,candidate_a,candidate_b\n3,2150,2083\n", encoding="utf-8")
    agreed = run(app, ["forensics", str(copies), "--totals", str(totals), "--format", "text"])
    assert agreed.exit_code == 0 and "every published figure is one" in agreed.stdout
    totals.write_text("district,candidate_a,candidate_b\n3,2100,2133\n", encoding="utf-8")
    differs = run(app, ["forensics", str(copies), "--totals", str(totals), "--format", "text"])
    assert "3, candidate_a: stations 2,150, published 2,100 (-50)" in differs.stdout


def test_the_checksum_of_a_photo_is_compared(tmp_path: Path) -> None:
    (tmp_path / "201.jpg").write_bytes(b"a photo")
    right, wrong = sha256(b"a photo").hexdigest(), sha256(b"another").hexdigest()
    path = tmp_path / "copies.csv"
    path.write_text(
        f"station,A,photo,sha256\n1,5,201.jpg,{right}\n2,5,201.jpg,{wrong}\n3,5,absent.jpg,{wrong}\n", encoding="utf-8"
    )
    said = [copy.provenance["sha256"] for copy in read_copies(path, ("A",))]
    assert said == ["is that of the photo", "is NOT that of the photo", wrong]


def test_turnout_by_the_hour_alone_is_checked() -> None:
    """Turnout that falls, Mazhilis 2023, two regions as the dossier gives them; the rest is not testable."""
    path = ROOT / "tests" / "data" / "forensics" / "kz_2023_turnout.csv"
    done = run(app, ["forensics", str(path), "--format", "text"])
    assert done.exit_code == 0
    assert "Turkestan (row 2): 49.14 at 10:00, 41.07 at 12:00" in done.stdout
    assert "Ulytau (row 3): 63.63 at 12:00, 58.99 at 20:00" in done.stdout
    assert "not testable: the file holds no votes" in done.stdout and "leader" not in done.stdout


def test_regional_totals_are_not_testable_and_say_what_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "regions.csv"
    rows = [f"Region {i},{400_000 + i},{250_000 + i},{140_000 + i},{30_000}" for i in range(20)]
    path.write_text("\n".join(["region,registered,voters,amanat,auyl", *rows]), encoding="utf-8")
    done = run(app, ["forensics", str(path), "--format", "text"])
    assert done.exit_code == 0
    assert "not testable: 20 rows" in done.stdout and "results by polling station" in done.stdout
    assert "inconsistent" not in done.stdout
