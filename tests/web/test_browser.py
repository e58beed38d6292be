"""The pages in headless Chromium with the network cut: drag, keys, Back, links, tabs, access, no scripts."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.browsing import ARGUMENTS, CHROMIUM, NO_BROWSER, SCREENS, Watched, served
from tests.web.shared import KZ, LANGUAGES

from sailau.geo.library import load_geo
from sailau.web.pages import MENU

if CHROMIUM is None:
    pytest.skip(NO_BROWSER, allow_module_level=True)

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
BOX = "input[name='list.threshold.share']"
SLIDER = "[data-path='list.threshold.share'] input[type=range]"
ADDRESSES = [
    *(address for _, address in MENU),
    f"/elections/{KZ}",
    "/laws/kz/mazhilis@2022-11-05",
    "/elections/nothing",
]


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with served() as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def watched(browser: Any, base: str) -> Iterator[Watched]:
    seen = Watched(browser, base)
    yield seen
    seen.close()


def pictures(page: Any) -> int:
    return int(page.evaluate("document.getElementById('result').dataset.pictures || '0'"))


def settled(page: Any, sentence: str) -> None:
    page.wait_for_function("text => document.getElementById('sentence').textContent.includes(text)", arg=sentence)


def test_dragging_draws_at_least_eight_pictures_in_order(watched: Watched) -> None:
    page = watched.open(f"/lab?e={KZ}")
    page.evaluate(
        "window.seen = []; document.getElementById('result').addEventListener('sailau:picture',"
        " event => window.seen.push(decodeURIComponent(event.detail)))"
    )
    box = page.locator(SLIDER).bounding_box()
    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    began = time.monotonic()
    for step in range(1, 19):
        page.mouse.move(x + step * box["width"] / 32, y)
        time.sleep(max(0.0, began + 0.05 * step - time.monotonic()))
    shown = page.evaluate("window.seen")
    page.mouse.up()
    values = [float(found[1]) if (found := re.search(r"share=([\d.]+)%", text)) else 5.0 for text in shown]
    assert len(values) >= 8, f"{len(values)} pictures in 0.9 s"
    assert values == sorted(values), "a picture was older than the one before"


def test_the_picture_follows_the_keys_and_back_is_undo(watched: Watched) -> None:
    page = watched.open(f"/lab?e={KZ}")
    slider = page.locator(SLIDER)
    slider.focus()
    for value in ("5.5", "6", "6.5", "7"):
        slider.press("ArrowRight")
        page.wait_for_function("value => location.search.includes(`share=${value}%25`)", arg=value)
    settled(page, "9 seats move")
    assert page.locator(BOX).input_value() == "7"
    assert "list.threshold.share=7%25" in page.url
    page.go_back()
    page.wait_for_function("() => document.querySelector(\"input[name='list.threshold.share']\").value === '6.5'")
    page.keyboard.press("Control+z")
    page.wait_for_function("() => document.querySelector(\"input[name='list.threshold.share']\").value === '6'")
    page.keyboard.press("Control+Shift+z")
    page.wait_for_function("() => document.querySelector(\"input[name='list.threshold.share']\").value === '6.5'")
    slider.press("Home")
    page.wait_for_function("() => document.querySelector(\"input[name='list.threshold.share']\").value === '0'")
    page.locator("#reset").click()
    settled(page, "As the law has it")
    assert page.locator(BOX).input_value() == "5"


def test_the_box_does_not_move_the_slider_under_the_hand(watched: Watched) -> None:
    page = watched.open(f"/lab?e={KZ}")
    before = page.locator(SLIDER).bounding_box()
    for value in ("5.5", "12.25", "0"):
        page.locator(BOX).fill(value)
        page.wait_for_timeout(60)
        assert page.locator(SLIDER).bounding_box() == before


def test_a_colour_is_chosen_seen_at_once_and_undone(watched: Watched) -> None:
    page = watched.open(f"/lab?e={KZ}&threshold=7")
    page.locator("#colours > summary").click()
    box = page.locator("[data-colour='auyl']")
    box.fill("#123456")
    page.wait_for_function("() => location.search.includes('colour.auyl=123456')")
    assert page.locator("#result svg circle[fill='#123456']").count() > 5
    page.locator("#palette").select_option("safe")
    page.wait_for_function("() => document.querySelector(\"[data-colour='amanat']\").value === '#0072b2'")
    assert box.input_value() == "#123456", "a colour that was chosen stays"
    page.go_back()
    page.wait_for_function("() => document.querySelector(\"[data-colour='amanat']\").value === '#00afca'")
    page.locator("[data-bleach='auyl']").click()
    page.wait_for_function("() => !location.search.includes('colour')")
    assert box.input_value() == "#9acd32" and "share=7" in page.url


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_gives_the_same_picture_in_another_browser(browser: Any, base: str, lang: str) -> None:
    one, two = Watched(browser, base), Watched(browser, base)
    page = one.open(f"/lab?e={KZ}&lang={lang}")
    page.locator(BOX).fill("7")
    page.locator(BOX).press("Enter")
    page.wait_for_function("() => location.search.includes('7%25')")
    page.wait_for_timeout(700)
    other = two.open(page.url.removeprefix(base))
    for part in ("#result", "#sentence"):
        assert page.locator(part).inner_html().split() == other.locator(part).inner_html().split()
    assert f"lang={lang}" in page.url
    one.close()
    two.close()


def test_two_tabs_do_not_mix(browser: Any, base: str) -> None:
    one, two = Watched(browser, base), Watched(browser, base)
    first, second = one.open(f"/lab?e={KZ}"), two.open("/lab?e=de/bundestag/2025-02-23&lang=ru")
    for page, value in ((first, "7"), (second, "3"), (first, "8"), (second, "4")):
        page.locator(BOX).fill(value)
        page.locator(BOX).press("Enter")
    settled(first, "Amanat")
    first.wait_for_function("() => location.search.includes('8%25')")
    second.wait_for_function("() => location.search.includes('4%25')")
    assert "Bündnis" not in first.locator("#result").inner_text()
    assert "Amanat" not in second.locator("#result").inner_text()
    assert first.locator("html").get_attribute("lang") == "en"
    one.close()
    two.close()


def test_without_scripts_the_form_counts(browser: Any, base: str) -> None:
    seen = Watched(browser, base, java_script_enabled=False)
    page = seen.open(f"/lab?e={KZ}")
    assert not page.locator(SLIDER).is_visible()
    page.locator(BOX).fill("7")
    page.locator("aside.law button.button").click()
    assert page.url == f"{base}/lab?e={KZ}&list.threshold.share=7%25"
    assert "9 seats move" in page.locator("#sentence").inner_text()
    seen.close()


def test_a_server_that_has_ended_is_named_plainly(browser: Any) -> None:
    with served() as url:
        seen = Watched(browser, url)
        page = seen.open(f"/lab?e={KZ}")
    page.locator(BOX).fill("7")
    page.locator(BOX).press("Enter")
    page.locator("#lost").wait_for(state="visible")
    assert "does not answer" in page.locator("#lost").inner_text()
    seen.said.clear()  # the browser's own words on the refused connection
    seen.close()


def test_a_tie_is_decided_with_a_click_and_taken_back(watched: Watched, tmp_path: Path) -> None:
    table = tmp_path / "tie.csv"
    table.write_text("party,votes\na,100\nb,100\nc,90\n", encoding="utf-8")
    page = watched.open("/upload")
    page.locator("#f-file").set_input_files(table)
    page.locator("#f-file").locator("xpath=ancestor::form").locator("button").click()
    page.get_by_role("link", name="Count it in the Lab").click()
    page.wait_for_load_state("load")
    page.goto(f"{page.url}&list.allocate.ties=none&list.seats=1&district.seats=0&list.guarantee.lists=0")
    page.locator("input[type=radio][value=b]").check()
    page.locator(".decide button").click()
    page.locator(".decided").wait_for()
    assert "decide.list.allocate=b" in page.url
    page.locator("[data-undecide]").click()
    page.locator(".decide").wait_for()
    assert "decide" not in page.url


def test_a_link_to_own_votes_carries_them_where_no_server_sees(browser: Any, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text('party,votes\nАқ жол,310\n"«Ә, б»",200\n', encoding="utf-8")
    with served() as first, served() as second:
        one, two = Watched(browser, first, permissions=["clipboard-read", "clipboard-write"]), Watched(browser, second)
        page = one.open("/upload")
        page.locator("#f-file").set_input_files(table)
        page.locator("#f-file").locator("xpath=ancestor::form").locator("button").click()
        page.get_by_role("link", name="Count it in the Lab").click()
        page.locator(BOX).fill("3")
        page.locator(BOX).press("Enter")
        page.wait_for_function("() => location.search.includes('3%25')")
        page.locator(".take summary").click()
        page.locator("[data-copy=url]").click()
        page.locator(".copied").wait_for()
        link = page.evaluate("navigator.clipboard.readText()")
        assert "#d=" in link and "?" not in link
        other = two.open(link.removeprefix(first))
        other.wait_for_function("() => location.search.includes('own:')")
        assert "«Ә, б»" in other.locator("table.seats").inner_text()
        assert other.locator(BOX).input_value() == "3"
        with page.expect_download() as kept:
            page.locator("a[data-png]").click()
        assert Path(kept.value.path()).read_bytes().startswith(b"\x89PNG")
        one.close()
        two.close()


def test_a_simulation_shows_its_progress_stops_at_once_and_keeps_what_is_done(watched: Watched) -> None:
    page = watched.open(f"/simulate?e={KZ}")
    page.locator("#f-runs").fill("10000000")
    page.get_by_role("button", name="Simulate").click()
    page.locator("#bar").wait_for()
    page.wait_for_function("() => Number(document.getElementById('bar').value) > 0", timeout=60000)
    page.wait_for_function("() => /left/.test(document.getElementById('left').textContent)")
    began = time.monotonic()
    page.locator("#stop").click()
    page.wait_for_function("() => document.getElementById('state').textContent.startsWith('Stopped')")
    took = time.monotonic() - began
    page.locator("#result table").wait_for()
    done = int(page.locator("#bar").get_attribute("value") or 0)
    assert 0 < done < 10_000_000
    assert "Amanat" in page.locator("#result").inner_text()
    assert took < 2.0, f"stopped after {took:.2f} s"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_without_barriers(browser: Any, base: str, lang: str) -> None:
    seen = Watched(browser, base, bypass_csp=True)
    faults = []
    for scheme in ("light", "dark"):
        seen.page.emulate_media(color_scheme=scheme)
        for address in ADDRESSES:
            page = seen.open(f"{address}{'&' if '?' in address else '?'}lang={lang}")
            page.evaluate(
                "document.querySelectorAll('main details').forEach((box, i) => { if (i < 5) box.open = true; })"
            )
            found = Axe().run(page).response["violations"]
            faults += [f"{scheme} {address}: {v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]
    seen.said = [line for line in seen.said if "404" not in line]
    seen.close()
    assert faults == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_fits_a_phone_and_is_kept_as_a_picture(browser: Any, base: str, lang: str) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    for name, options in (
        ("desktop", {"viewport": {"width": 1280, "height": 900}}),
        ("phone", {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}),
        ("four_times_larger", {"viewport": {"width": 320, "height": 256}}),
    ):
        seen = Watched(browser, base, **options)
        for address in ADDRESSES:
            page = seen.open(f"{address}?lang={lang}")
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= options["viewport"]["width"], f"{address} in {lang} is {width} wide on a {name}"
            file = address.strip("/").replace("/", "-") or "start"
            page.screenshot(path=SCREENS / f"{file}-{lang}-{name}.png", full_page=True)
        seen.said = [line for line in seen.said if "404" not in line]
        seen.close()


@pytest.mark.parametrize("address", [f"/lab?e={KZ}&threshold=7", f"/explain?e={KZ}", f"/power?e={KZ}"])
def test_a_page_prints_on_paper(browser: Any, base: str, address: str) -> None:
    seen = Watched(browser, base)
    page = seen.open(address)
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()
    assert page.locator("main").is_visible()
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.pdf(path=SCREENS / f"print-{address[1:].split('?')[0]}.pdf", format="A4")
    seen.close()


def test_a_misread_column_is_corrected_where_it_stands(watched: Watched) -> None:
    page = watched.open("/upload")
    page.get_by_text("or paste a table").click()
    page.locator("#f-pasted").fill("place,who,n,m\nA,x,1000,5\nA,y,900,6\nB,x,300,1\nB,y,450,2\n")
    page.locator("form:has(#f-pasted) button").click()
    page.wait_for_selector("#mapping")
    assert page.locator("#role-D").input_value() == "votes"
    page.locator("#role-C").select_option("votes")
    page.get_by_text("as you said").first.wait_for()
    assert page.locator("#role-D").input_value() == "left_out"
    assert page.evaluate("document.activeElement.id") == "role-C", "the keyboard lost its place"
    page.wait_for_selector(".report a[href*='/lab?e=own:']")
    assert Axe().run(page).response["violations"] == []
    page.locator(".report a[href*='/lab?e=own:']").click()
    page.wait_for_selector("table.seats")
    assert "1,350" in page.locator("table.seats").inner_text()


def test_a_link_to_own_votes_under_an_own_law_opens_on_another_server(browser: Any, base: str) -> None:
    law = (ROOT / "laws/kz/mazhilis/2022-11-05.yaml").read_text().replace("share: 5%", "share: 20%")
    here = Watched(browser, base, permissions=["clipboard-read", "clipboard-write"])
    page = here.open("/upload")
    page.locator("#f-law-file").set_input_files({"name": "mine.yaml", "mimeType": "text/yaml", "buffer": law.encode()})
    page.locator("form:has(#f-law-file) button").click()
    page.wait_for_selector(".done")
    page.get_by_text("or paste a table").click()
    page.locator("#f-pasted").fill("party,votes\na,500\nb,300\nc,150\n")
    own = page.locator("#f-law option[value^='own:']").first.get_attribute("value")
    page.locator("#f-law").select_option(own)
    page.locator("form:has(#f-pasted) button").click()
    page.locator(".report a[href*='/lab?e=own:']").click()
    page.wait_for_selector("table.seats")
    shown = page.locator("table.seats").inner_text()
    page.locator("details.take summary").click()
    page.locator("[data-copy=url]").click()
    page.wait_for_selector("button.copied")
    link = page.evaluate("navigator.clipboard.readText()")
    here.close()
    with served() as other:
        there = Watched(browser, other)
        page = there.open(link.removeprefix(base))
        page.wait_for_url("**/lab?e=own:*")
        page.wait_for_selector("table.seats")
        assert page.locator("table.seats").inner_text() == shown
        there.close()


def test_the_map_follows_the_keys_keeps_the_focus_and_back_undoes_it(watched: Watched) -> None:
    units = load_geo("kz/adm1@2022-06-08").units
    rows = "region,registered,voters,a,b\n" + "".join(
        f"{code},2000,{1000 + i},{600 + i},300\n" for i, code in enumerate(units)
    )
    page = watched.open("/upload")
    page.locator("#f-file").set_input_files({"name": "r.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    page.locator("form:has(#f-file) button").click()
    page.locator(".report a[href*='/lab?e=own:']").click()
    page.wait_for_selector("#map svg")
    page.locator("#map-measure").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => location.search.includes('map=margin')")
    page.wait_for_function("() => document.querySelector('#map svg').textContent.includes('Lead of the first')")
    assert page.evaluate("document.activeElement.id") == "map-measure", "the keyboard lost its place"
    page.go_back()
    page.wait_for_function("() => document.querySelector('#map svg').textContent.includes('Most votes by region')")
    assert "map=" not in page.url
