"""What no command sees: Ctrl-C while the program loads, inside a library or after the end; where output cannot go."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sailau.cli.main import language_first

LOADING = """
import sys
class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted())
"""
AT_THE_END = """
import atexit, os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
atexit.register(lambda: os.kill(os.getpid(), signal.SIGINT))
"""
IN_A_LIBRARY = """
from sailau.cli.main import language_first
from sailau.law import library
def interrupted(*_, **__):
    try:
        raise KeyboardInterrupt
    except KeyboardInterrupt as cause:
        raise ImportError("initialization failed") from cause
library.law_ids = interrupted
"""


def formulas(before: str, *words: str) -> subprocess.CompletedProcess[str]:
    code = f"{before}\nfrom sailau.cli.start import main\nmain()"
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, timeout=60)


def test_while_the_program_loads() -> None:
    done = formulas(LOADING, "formulas")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


def test_after_everything_is_done() -> None:
    done = formulas(AT_THE_END, "formulas")
    assert (done.returncode, done.stderr) == (0, "")
    assert "dhondt" in done.stdout


def test_where_a_library_makes_another_fault_of_it() -> None:
    done = formulas(IN_A_LIBRARY, "laws")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
@pytest.mark.parametrize("words", [("formulas",), ("elections", "--json")], ids=["short", "long"])
def test_a_full_disk_is_told_once(words: tuple[str, ...]) -> None:
    code = "from sailau.cli.start import main\nmain()"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-c", code, *words], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 4
    assert done.stderr.count("No space left on device") == 1 and done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr and "ignored" not in done.stderr


def test_a_program_without_stdout_ends_well() -> None:
    code = "import os, sys\nos.close(1)\nsys.stdout = None\nfrom sailau.cli.start import main\nmain()"
    done = subprocess.run([sys.executable, "-c", code, "formulas"], stderr=subprocess.PIPE, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("extra", "encoding"),
    [
        ({"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}, "utf-8"),
        ({"PYTHONIOENCODING": "cp1251"}, "cp1251"),
    ],
    ids=["old", "asked"],
)
def test_letters_that_an_encoding_lacks_stop_nothing(extra: dict[str, str], encoding: str) -> None:
    code = "from sailau.cli.start import main\nmain()"
    words = ("count", "kz/mazhilis/2023-03-19", "--lang", "kk", "--format", "md")
    env = {key: value for key, value in os.environ.items() if key != "PYTHONUTF8"} | extra
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, env=env, timeout=60)
    assert done.returncode == 0, done.stderr
    said = done.stdout.decode(encoding)
    assert ("Байтақ" if encoding == "utf-8" else "Байта\\u049b") in said


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["power", "kz", "--lang", "ru", "--json"], ["--lang", "ru", "power", "kz", "--json"]),
        (["laws", "--lang=kk"], ["--lang=kk", "laws"]),
        (["--lang", "ru", "laws"], ["--lang", "ru", "laws"]),
        (["web", "--lang", "ru"], ["web", "--lang", "ru"]),
        (["laws", "--lang"], ["laws", "--lang"]),
        (["count", "--", "--lang", "ru"], ["count", "--", "--lang", "ru"]),
    ],
)
def test_the_language_may_stand_anywhere(words: list[str], first: list[str]) -> None:
    assert language_first(words) == first
