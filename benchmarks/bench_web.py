"""The pages: from a moved slider to the new picture, what the extra adds, the first answer, two hundred at once.

Asked in one process without a network: what a part of the Lab takes beside the bare count of the same law, so that the
ratio says what parsing and drawing cost. In Chromium: from the key to the new picture, on a server of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice, product
from pathlib import Path
from statistics import median
from subprocess import run
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.request import urlopen

import sailau as sl
from sailau.web.app import create_app
from sailau.web.ask import ask

ROOT = Path(__file__).resolve().parents[1]
AT_ONCE = 200
SCENES = [
    ("kz/mazhilis/2023-03-19", "list.threshold.share"),
    ("pl/sejm/2011-10-09", "list.threshold.share"),
    ("de/bundestag/2025-02-23", "list.threshold.share"),
]


def timed(call: object, times: int) -> float:
    assert callable(call)
    took = []
    for i in range(times):
        began = perf_counter()
        call(i)
        took.append(perf_counter() - began)
    return median(took)


def server() -> None:
    app = create_app()
    print(f"{'election':26} {'part of the page':>17} {'bare count':>11} {'ratio':>6}")
    for name, clause in SCENES:
        election = sl.load_election(name)
        law = sl.load_law(election.law, on=election.day)
        ask(app, f"/lab/part?e={name}")

        def part(i: int, name: str = name, clause: str = clause) -> None:
            assert ask(app, f"/lab/part?e={name}&{clause}={1 + i % 8}").status == 200

        def bare(i: int, law: sl.Law = law, election: sl.Election = election, clause: str = clause) -> None:
            law.replace({clause: f"{1 + i % 8}%"}).count(election.tally)

        page, count = timed(part, 16), timed(bare, 16)
        print(f"{name:26} {1000 * page:14.1f} ms {1000 * count:8.1f} ms {page / count:6.1f}")


def browser() -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("no Chromium: the way to the picture was not measured")
        return
    from playwright.sync_api import sync_playwright

    with served([sys.executable, "-c", "from sailau.cli.main import main; main()"]) as url, sync_playwright() as drive:
        page = drive.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]).new_page()
        for name, clause in SCENES:
            page.goto(f"{url}/lab?e={name}")
            took = page.evaluate(MEASURE, f"[data-path='{clause}'] input[type=range]")
            print(f"{name:26} key to picture: {median(took):6.1f} ms (median of {len(took)})")


@contextmanager
def served(program: list[str]) -> Iterator[str]:
    """Run ``sailau web`` and yield its address, without the last slash."""
    command = [*program, "web", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip().rstrip("/")
        finally:
            process.terminate()


def crowd() -> None:
    """Ask two hundred questions of several elections and languages at once, then each again alone."""
    asked = [
        f"/lab/part?e={name}&{clause}={1 + i % 9}&lang={lang}"
        for i, ((name, clause), lang) in enumerate(islice(cycle(product(SCENES, ("en", "kk", "ru"))), AT_ONCE))
    ]
    with served([sys.executable, "-c", "from sailau.cli.main import main; main()"]) as url:

        def ask_for(address: str) -> tuple[int, bytes]:
            with urlopen(url + address, timeout=600) as answer:  # our own server
                return answer.status, answer.read()

        began = perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            found = list(pool.map(ask_for, asked))
        took = perf_counter() - began
        failed = sum(status != 200 for status, _ in found)
        mixed = sum(ask_for(address) != answer for address, answer in zip(asked, found, strict=True))
    print(f"{AT_ONCE} at once: {took:.1f} s, {failed} failed, {mixed} mixed")


def installed() -> None:
    """Install the wheel without and with the extra into environments of their own, and start what was installed."""
    with TemporaryDirectory() as folder:
        place, grown = Path(folder), list[tuple[int, float]]()
        run(
            [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, str(ROOT)], check=True
        )
        wheel = str(next(place.glob("*.whl")))
        for name, what in (("core", wheel), ("web", f"{wheel}[web]")):
            run([sys.executable, "-m", "venv", str(place / name)], check=True)
            run([str(place / name / "bin/pip"), "install", "--quiet", what], check=True)
            packages = run([str(place / name / "bin/pip"), "freeze"], check=True, capture_output=True, text=True).stdout
            size = sum(path.stat().st_size for path in (place / name / "lib").rglob("*") if path.is_file())
            grown.append((len(packages.splitlines()), size / 1e6))
        (before, small), (after, large) = grown
        print(f"the extra web adds {after - before} packages and {large - small:.1f} MB to {before} and {small:.0f} MB")
        for _ in range(5):
            began = perf_counter()
            with served([str(place / "web/bin/sailau")]) as url:
                urlopen(f"{url}/about", timeout=60).read()  # our own server
                print(f"from the command to the first page: {perf_counter() - began:.2f} s")


MEASURE = """async (where) => {
  const slider = document.querySelector(where), result = document.getElementById("result"), took = [];
  for (let i = 0; i < 20; i += 1) {
    const began = performance.now();
    const drawn = new Promise((done) => result.addEventListener("sailau:picture", done, { once: true }));
    slider.value = String(1 + (i % 8));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await drawn;
    await new Promise((done) => requestAnimationFrame(() => done()));
    took.push(performance.now() - began);
    await new Promise((done) => setTimeout(done, 60));
  }
  return took;
}"""

if __name__ == "__main__":
    server()
    browser()
    crowd()
    installed()
