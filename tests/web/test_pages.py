"""Every page is made from what the rooms offer, in each language, and every link of it leads somewhere."""

import csv
import io
import random
import re
import time
from collections.abc import Iterator
from html import unescape

import pytest
from tests.web.shared import KZ, LANGUAGES, Site

import sailau as sl
from sailau.web.pages import MENU

ADDRESSES = [address for _, address in MENU]
RECORDS = [f"/elections/{KZ}", "/laws/kz/mazhilis@2022-11-05", "/parties/kz/parties@2022-11-05", "/claims/V1"]
LINK = re.compile(r'(?:href|src)="(/[^"#]*)"')


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


@pytest.mark.parametrize("address", [*ADDRESSES, *RECORDS])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_answers_in_every_language(site: Site, address: str, lang: str) -> None:
    answer = site.get(f"{address}?lang={lang}")
    assert answer.status == 200, answer.text
    assert f'<html lang="{lang}">' in answer.text
    assert answer.text.count("<h1") == 1
    assert "style=" not in answer.text and "onclick" not in answer.text
    assert not re.search(r"<script(?! [^>]*src=)", answer.text)


@pytest.mark.parametrize("address", [*ADDRESSES, *RECORDS])
def test_every_link_of_a_page_leads_somewhere(site: Site, address: str) -> None:
    links = sorted({unescape(link) for link in LINK.findall(site.get(address).text)})
    assert links
    step = max(1, len(links) // 25)
    for link in links[::step]:
        assert site.get(link).status in (200, 307), (address, link)


def test_the_archive_can_be_searched(site: Site) -> None:
    page = site.get("/archive?country=kz&find=2023").text
    assert KZ in page and "de/bundestag" not in page
    assert "exact" in site.get("/archive?wait=1&country=kz").text
    assert site.get("/archive/verdicts").json()["verdicts"][KZ][0] == "exact"


def test_a_claim_is_shown_with_its_evidence_and_a_wrong_one_is_not_found(site: Site) -> None:
    assert "evidence" in site.get("/claims/V1").text
    listed = site.get("/claims?verdict=supported").text
    assert "contradicted</span>" not in listed and "supported</span>" in listed
    missing = site.get("/claims/V999")
    assert missing.status == 404


def test_explain_says_the_words_of_the_command(site: Site) -> None:
    page = unescape(site.get(f"/explain?e={KZ}&contender=nsdp").text)
    election = sl.load_election(KZ)
    result = sl.load_law("kz/mazhilis", on=election.day).count(election.tally)
    for line in result.explain("nsdp").splitlines()[1:]:
        said = re.sub(r"\s+\[.*\]$", "", line.strip()).partition("  ")[2].strip()
        assert said in page, said
    assert site.get(f"/explain?e={KZ}&contender=nobody").text.count('class="stop"') == 1


def stations(n: int, seed: int) -> bytes:
    """Return clean polling stations: every voter decides alone."""
    chance = random.Random(seed)
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["region", "station", "registered", "voters", "valid", "one", "two"])
    for i in range(n):
        registered = chance.randint(400, 1500)
        voters = sum(chance.random() < 0.55 for _ in range(registered))
        one = sum(chance.random() < 0.45 for _ in range(voters))
        rows.writerow([f"r{i % 4}", i + 1, registered, voters, voters, one, voters - one])
    return out.getvalue().encode()


def test_stations_are_examined_and_the_report_stands_in_the_page(site: Site) -> None:
    sent = site.upload("/forensics?lang=kk", stations(320, 1), "stations.csv")
    assert sent.status == 303, sent.text
    address = sent.headers["location"]
    for _ in range(1500):
        page = site.get(address).text
        if 'id="job"' not in page:
            break
        time.sleep(0.05)
    assert 'class="report-page"' in page, page[-3000:]
    assert "нөлдік модельдер" in page and "<svg" in page and "/tmp" not in page
    report = site.get(address.partition("?")[0] + "/report.json").json()
    assert report["schema"] == "sailau/forensics/1" and report["file"] == "stations.csv"


def test_stations_that_cannot_be_read_say_why(site: Site) -> None:
    address = site.upload("/forensics", b"a,b\n1,2\n", "odd.csv").headers["location"]
    for _ in range(1500):
        page = site.get(address).text
        if 'id="job"' not in page:
            break
        time.sleep(0.05)
    assert 'role="alert"' in page and "/tmp" not in page


CALLS = b"voter,item,session,vote\n" + b"".join(
    f"{voter},{item},{1 + item // 10},{vote}\n".encode()
    for item in range(20)
    for voter, vote in (
        ("A", "yes" if item % 2 else "no"),
        ("B", "yes" if item % 2 else "no"),
        ("C", "no" if item % 2 else "yes"),
    )
)


def test_roll_calls_become_agreement(site: Site) -> None:
    first = site.upload("/alignment", CALLS, "calls.csv", codes="words")
    assert first.status == 200 and "3 voters, 20 items, 60 votes" in first.text
    kept = re.search(r'name="kept" value="([^"]+)"', first.text)
    assert kept
    again = site.upload("/alignment", b"", "", kept=kept[1], codes="words", voter="A", others="B, C", by="session")
    cells = re.findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", again.text)
    assert "1.000" in cells and "0.000" in cells, cells
    nobody = site.upload("/alignment", b"", "", kept=kept[1], voter="A", others="Z")
    assert nobody.status == 422 and "Z" in nobody.text


def test_a_list_of_members_is_held_against_the_law(site: Site) -> None:
    rows = "name,region,born\n" + "".join(f"Person {i},Astana,1980-01-{1 + i % 28:02}\n" for i in range(40))
    answer = site.upload("/people", rows.encode(), "members.csv", law="kz/parties@2022-11-05", on="2023-01-20")
    assert answer.status == 200, answer.text
    assert "5,000" in answer.text and "/tmp" not in answer.text
    broken = site.upload("/people", b"x\n1\n", "members.csv", law="kz/parties@2022-11-05", on="2023-01-20")
    assert broken.status == 422 and 'role="alert"' in broken.text and "/tmp" not in broken.text


@pytest.mark.parametrize("address", ["/people", "/forensics", "/alignment", "/upload"])
def test_a_form_without_a_file_says_so(site: Site, address: str) -> None:
    answer = site.upload(address, b"", "", law="kz/mazhilis")
    assert answer.status == 422 and "no file was chosen" in answer.text


def test_votes_of_regions_are_drawn_on_their_map(site: Site) -> None:
    from sailau.geo.library import load_geo

    units = load_geo("kz/adm1@2022-06-08").units
    rows = "district,party,votes\n" + "".join(
        f"{unit.name('en')},{party},{votes}\n"
        for i, unit in enumerate(units.values())
        for party, votes in (("one", 100 + i), ("two", 105))
    )
    own = site.upload("/api/upload/results", rows.encode(), law="kz/mazhilis@2023-03-19").json()["id"]
    page = site.get(f"/lab?e={own}&lang=kk").text
    assert 'class="picture map"' in page and "плитка" in page.lower()
    assert 'class="picture map"' not in site.get(f"/lab?e={KZ}").text


@pytest.mark.parametrize(("lang", "shown"), [("kk", "бүтін квоталар"), ("ru", "по целым квотам")])
def test_the_explanation_is_in_the_language_of_the_page(site: Site, lang: str, shown: str) -> None:
    page = site.get(f"/explain?e=kz/mazhilis/2023-03-19&contender=nsdp&lang={lang}").text
    assert shown in page
    assert "whole quotas" not in page and "by remainder" not in page


def test_the_example_of_roll_calls_is_measured_at_once(site: Site) -> None:
    answer = site.post_form("/alignment", example="1", voter="kz", others="ru, cn, us")
    assert answer.status == 200 and "Agreement" in answer.text
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>', answer.text)
    assert len(rows) == 3, "one row a pair"


def test_the_example_of_a_table_can_be_read_as_it_stands(site: Site) -> None:
    page = site.get("/upload?example=1").text
    pasted = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1])
    read = site.upload("/upload", b"", "", kind="results", pasted=pasted, law="kz/mazhilis@2022-11-05").text
    assert "/lab?e=own:" in read and 'class="problems"' not in read
    shown = site.get(re.search(r'href="(/lab\?e=own:[^"&]+)"', read)[1]).text
    assert "3,431,510" in shown


def test_the_example_of_stations_is_clean(site: Site) -> None:
    answer = site.post_form("/forensics", example="1")
    assert answer.status == 303
    place = answer.headers["location"]
    until = time.monotonic() + 300
    while "report.json" not in (page := site.get(place).text) and time.monotonic() < until:
        time.sleep(0.5)
    assert "report.json" in page and "3,000" in page and "/tmp" not in page
