"""sailau infer as a user meets it."""

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from sailau.cli.main import main

DISTRICT = Path(__file__).parents[1] / "data" / "ei" / "nz_2017_district.csv"


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def run(*words: str | Path) -> Done:
    out, err, code = io.StringIO(), io.StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "argv", ["sailau", "infer", *map(str, words)]):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    return Done(code, out.getvalue(), err.getvalue())


def test_a_pipe_gets_tsv_and_stderr_the_meaning() -> None:
    done = run(DISTRICT)
    assert done.returncode == 0, done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert lines[0][:5] == ["group", "option", "people", "at_least", "at_most"]
    assert lines[0][-3:] == ["ensemble", "low", "high"]
    assert len(lines) == 1 + 17 * 9
    assert "aggregation bias" in done.stderr


def test_json_holds_numbers_and_what_they_rest_on() -> None:
    done = run(DISTRICT, "--json", "--level", "80")
    found = json.loads(done.stdout)
    assert found["schema"] == "sailau/infer/1" and found["level"] == 80
    assert found["measured"]["elections"] == 423 and found["learned_from"]["sources"]
    row = next(row for row in found["rows"] if row["group"] == "Labour Party" and "BOYACK" in row["option"])
    assert row["at_least"] <= row["low"] <= row["ensemble"] <= row["high"] <= row["at_most"]
    shares = [row["ensemble"] for row in found["rows"] if row["group"] == "Labour Party"]
    assert abs(sum(shares) - 1) < 1e-3


def test_markdown_carries_the_notes() -> None:
    assert "- of the elections with known truth" in run(DISTRICT, "--format", "md").stdout


def test_twenty_units_print_bounds_and_end_with_1(tmp_path: Path) -> None:
    path = tmp_path / "regions.csv"
    path.write_text("\n".join(DISTRICT.read_text(encoding="utf-8").splitlines()[:21]) + "\n", encoding="utf-8")
    done = run(path)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0].split("\t")[-1] == "at_most"
    assert "nothing is estimated: 20 units" in done.stderr
    assert run(path, "--anyway").returncode == 0


def test_faults_end_with_4_unless_left_out(tmp_path: Path) -> None:
    path = tmp_path / "faulty.csv"
    lines = DISTRICT.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, f"99,{','.join(['1'] * 17)},{','.join(['2'] * 9)}"]) + "\n", encoding="utf-8")
    done = run(path)
    assert done.returncode == 4 and "E130" in done.stderr and done.stdout == ""
    done = run(path, "--leave-out")
    assert done.returncode == 0 and "left out: 1 units at fault, 99" in done.stderr


def test_strata_without_a_column_are_refused() -> None:
    assert run(DISTRICT, "--strata").returncode == 4
    assert run(DISTRICT, "--level", "99").returncode == 4
    assert run("missing.csv").returncode == 3


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom sailau.cli import main\nprint([m for m in ('numpy', 'numba', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr
