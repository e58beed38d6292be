"""Ctrl-C at moments that no command sees: while the program loads, inside a library, after everything is done."""

import subprocess
import sys

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
