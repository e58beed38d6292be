"""The same counts, words and simulations where nothing is compiled."""

import json
import os
import subprocess
import sys
from pathlib import Path

import sailau as sl

ROOT = Path(__file__).resolve().parents[2]
OFF = {**os.environ, "NUMBA_DISABLE_JIT": "1", "SAILAU_CASES": "600", "PYTHONWARNINGS": ""}


def test_the_tests_of_kernels_hold_without_the_compiler() -> None:
    files = [f"tests/kernels/test_{name}.py" for name in ("formulas", "random", "scattered")]
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *files]
    done = subprocess.run(words, env=OFF, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout[-2000:]
    assert "passed" in done.stdout and "failed" not in done.stdout


def test_a_simulation_gives_the_same_summary_without_the_compiler() -> None:
    code = (
        "import sailau as sl; from sailau.kernels.engine import COMPILED; assert not COMPILED\n"
        "from pathlib import Path\n"
        f"runs = sl.read_scenario(Path({str(ROOT)!r}) / 'examples/scenarios/kz-2023.yaml').run(runs=4096)\n"
        "print(runs.summary.to_json())"
    )
    done = subprocess.run([sys.executable, "-c", code], env=OFF, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    here = sl.read_scenario(ROOT / "examples/scenarios/kz-2023.yaml").run(runs=4096)
    assert done.stdout.strip() == here.summary.to_json()


def test_a_simulation_runs_where_no_folder_keeps_compiled_code() -> None:
    code = (
        "from sailau.kernels.engine import COMPILED, keeps_compiled\n"
        "assert COMPILED and not keeps_compiled()\n"
        "from sailau.cli.main import main\n"
        "main()\n"
    )
    nowhere = {**os.environ, "NUMBA_CACHE_LOCATOR_CLASSES": "ZipCacheLocator"}
    words = ["simulate", str(ROOT / "examples/scenarios/kz-2023.yaml"), "--runs", "64", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=nowhere, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["runs"] == 64
