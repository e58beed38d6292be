"""What cannot end well is refused before any work: nothing on stdout, one error, nothing written."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ID = "kz/mazhilis/2023-03-19"
SCENARIO = str(ROOT / "examples/scenarios/kz-2023.yaml")
STATIONS = str(ROOT / "examples/parallel-tabulation/official.csv")
MARGINS = "unit,group:a,group:b,option:x,option:y\n1,60,40,70,30\n2,20,80,30,70\n"
SQUARE = (
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"A"},"geometry":'
    '{"type":"Polygon","coordinates":[[[70,50],[71,50],[71,51],[70,51],[70,50]]]}}]}'
)
ADD = ("geo", "add", "square.geojson", "--unit", "code")
WITHOUT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"SALib", "distributed", "prov", "pymc", "nutpie", "segregation", "xlsxwriter"}:
            raise ImportError(name)
sys.meta_path.insert(0, Absent())
"""


def sailau(*words: str, cwd: Path, before: str = "") -> subprocess.CompletedProcess[str]:
    code = f"{before}\nfrom sailau.cli.main import main\nmain()"
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, cwd=cwd, timeout=120)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "taken").write_text("mine\n")
    (tmp_path / "margins.csv").write_text(MARGINS)
    (tmp_path / "square.geojson").write_text(SQUARE)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["count", ID, "--out", "x.nonsense"], "x.nonsense is no name of a table"),
        (["what-if", ID, "--set", "list.threshold.share=7%", "--out", "x"], "x is no name of a table"),
        (["forensics", STATIONS, "--figures", "taken"], "taken: is no folder: a file is in its way"),
        (["infer", "margins.csv", "--figures", "taken/deeper"], "taken/deeper: is no folder: a file is in its way"),
        (
            [*ADD, "--id", "kz/adm1/2024", "--licence", "CC0", "--attribution", "me", "--folder", "taken"],
            "taken/kz/adm1: is no folder: a file is in its way",
        ),
    ],
    ids=lambda given: given[0] if isinstance(given, list) else None,
)
def test_a_place_where_nothing_can_go(here: Path, words: list[str], said: str) -> None:
    names = {path.name for path in here.iterdir()}
    done = sailau(*words, cwd=here)
    assert (done.returncode, done.stdout) == (4, ""), done.stderr
    assert done.stderr.startswith(f"error: {said}")
    assert {path.name for path in here.iterdir()} == names and (here / "taken").read_text() == "mine\n"


@pytest.mark.parametrize(
    ("words", "package", "extra"),
    [
        (["count", ID, "--out", "x.xlsx"], "xlsxwriter", "xlsx"),
        (["sensitivity", SCENARIO, "--vary", "noise.sd=10%:25%", "--output", "bar.nsdp"], "SALib", "science"),
        (["simulate", SCENARIO, "--cluster", "local"], "distributed", "cluster"),
        (["people", "indices", "kz", "--segregation"], "segregation", "science"),
        (["people", "reconstruct", "kz"], "pymc", "bayes"),
        (["claims", "V1", "--export", "prov"], "prov", "prov"),
        (["forecast", "nz/house/2017-09-23", "--full", "--show", "houses"], "nutpie", "bayes"),
    ],
    ids=lambda given: " ".join(given[:2]) if isinstance(given, list) else None,
)
def test_an_extra_that_is_not_installed_is_named_with_the_line_that_installs_it(
    here: Path, words: list[str], package: str, extra: str
) -> None:
    done = sailau(*words, cwd=here, before=WITHOUT)
    assert (done.returncode, done.stdout) == (3, ""), done.stderr
    assert f" needs {package}, which is not installed\n  pip install 'sailau[{extra}]'" in done.stderr


def test_a_file_where_an_election_is_asked_for_is_told_what_counts_it(here: Path) -> None:
    done = sailau("explain", "margins.csv", cwd=here)
    assert done.returncode == 3
    assert "no election 'margins.csv'" in done.stderr
    assert "margins.csv is a file; its votes are counted with sailau count margins.csv --law LAW" in done.stderr


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (b"channel,period\n\xff\xfe,1\n", "is not UTF-8 text"),
        (b'channel,period,pole,value,unit,by,source\n"a,2022,ru,1,usd_bn,kz,me\n', "is not readable as a table"),
        (None, "cannot be read: Is a directory"),
    ],
)
def test_records_that_are_no_table(here: Path, made: bytes | None, said: str) -> None:
    path = here / "trade.csv"
    if made is None:
        path.mkdir()
    else:
        path.write_bytes(made)
    done = sailau("align", "balance", "trade.csv", "--poles", "ru,cn", cwd=here)
    assert (done.returncode, done.stdout) == (4, ""), done.stderr
    assert f"error: trade.csv: {said}" in done.stderr
