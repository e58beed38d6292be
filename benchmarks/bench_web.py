"""The pages: from a moved slider to the new picture, at the server and in a browser where there is one.

Asked in one process without a network: what a part of the Lab takes beside the bare count of the same law, so that the
ratio says what parsing and drawing cost. In Chromium: from the key to the new picture, on a server of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from statistics import median
from time import perf_counter

import sailau as sl
from sailau.web.app import create_app
from sailau.web.ask import ask

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

    code = "from sailau.cli.main import main; main()"
    began = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code, "web", "--no-open"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip().rstrip("/")
        print(f"from the command to the address: {perf_counter() - began:.2f} s")
        with sync_playwright() as playwright:
            page = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            ).new_page()
            for name, clause in SCENES:
                page.goto(f"{url}/lab?e={name}")
                took = page.evaluate(MEASURE, f"[data-path='{clause}'] input[type=range]")
                print(f"{name:26} key to picture: {median(took):6.1f} ms (median of {len(took)})")
        process.terminate()


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
