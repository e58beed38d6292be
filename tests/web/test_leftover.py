"""No English is left on the pages in Kazakh and Russian: every page, with what people bring and what goes wrong."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.web.leftover import leftover, texts
from tests.web.shared import KZ, Site
from tests.web.test_alignment import calls
from tests.web.test_pages import stations

from sailau.claims.read import load_book
from sailau.terms import speech
from sailau.web.ask import ask

OTHERS = ("kk", "ru")
LAW = "kz/mazhilis@2022-11-05"
STATUTE = Path(__file__).resolve().parents[2] / "laws" / "kz" / "mazhilis" / "2022-11-05.yaml"

PAGES = (
    *("/lab", "/explain", "/simulate", "/people", "/power", "/alignment", "/forensics", "/upload", "/about"),
    *(f"/elections/{KZ}", f"/laws/{LAW}", "/parties/kz/parties@2022-11-05", "/archive?wait=1&country=kz"),
    f"/explain?e={KZ}&list.threshold.share=2%25&seats=1&contender=nsdp",
    f"/lab?e={KZ}&list.threshold.share=2%25&list.formula=dhondt",
    "/power?e=de/bundestag/2021-09-26",
)
FAULTS = {
    "/nowhere": 404,
    "/lab?e=kz/nothing/2000": 404,
    "/claims/V999": 404,
    "/simulate/none": 404,
    f"/explain?e={KZ}&contender=nobody": 200,
    f"/lab?e={KZ}&list.threshold.share=60%25": 200,  # the law is silent
    f"/lab?e={KZ}&list.threshold.share=x": 200,
    f"/lab?e={KZ}&nonsense=1": 200,
    f"/power?e={KZ}&majority=x": 200,
}
PLACEHOLDERS = "list rus chn usa agreement registered voters leader voter item vote party votes district valid"
"""What forms show as an example."""

FILES = {
    "good": "party,votes\namanat,100\nauyl,50\nnsdp,30\n",
    "mangled": "Партия;Голоса\nАманат;1 "
    "234\nAuyl;5,5\nnsdp;-3\n1-Apr;12%\nqhp;1.234\nИтого;999\nqhp;3e5\n;7\nx;#REF!\n",
    "wide": "District,Amanat,Auyl,,Registered,Valid\nA,100,50,3,90,150\nB,10,x,,900,16\nB,1,2,,3,4\nTotal,110,5,,9,1\n",
    "long": "district,party,votes\nA,x,5\nA,x,6\nA,y,\nB,x,2014-01-02\n",
    "lines": "hello\nworld\n",
    "empty": "",
}
BROKEN = {
    "no YAML": lambda _: "a: [1",
    "empty": lambda _: "",
    "a key that is unknown": lambda text: text.replace("seats:", "seatz:", 1),
    "a binary float": lambda text: text.replace("5%", "0.05"),
    "a step that is none": lambda text: text.replace("allocate:", "allocat:"),
    "a text that is not listed": lambda text: text.replace('cite: "el ', 'cite: "zz '),
    "a word for a number": lambda text: text.replace("seats: 69", "seats: many"),
}
PEOPLE = "ФИО,область,дата рождения\nА Б,Абай,1985-01-01\nВ Г,Марс,1985-01-01\nД Е,,xx\n"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{2,}", text.casefold().replace("_", " ")))


def known_here(site: Site) -> frozenset[str]:
    """Return the ids and names of the record that the pages show: they are the same in every language."""
    record, german = site.desk.election(KZ), site.desk.election("de/bundestag/2021-09-26")
    ids = [*record.tally.contenders, *record.tally.tiers, *(c.names for c in german.tally.contenders.values())]
    return words_of(f"{ids} {PLACEHOLDERS} nowhere none nobody")


def finished(site: Site, address: str) -> str:
    for _ in range(2400):
        page = site.get(address).text
        if 'id="job"' not in page or 'data-over="yes"' in page:
            return page
        time.sleep(0.05)
    raise AssertionError(address)


def check(page: str, known: frozenset[str], where: str) -> None:
    assert texts(page), where
    left = sorted({f"{where}: {word}: {text}" for word, text in leftover(page, known)})
    assert left == []


@pytest.mark.parametrize("lang", OTHERS)
def test_pages(site: Site, lang: str) -> None:
    known = known_here(site)
    for address in PAGES:
        answer = site.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
        assert answer.status == 200, address
        check(answer.text, known, address)


@pytest.mark.parametrize("lang", OTHERS)
def test_faults(site: Site, lang: str) -> None:
    known = known_here(site)
    for address, status in FAULTS.items():
        answer = site.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
        assert answer.status == status, address
        check(answer.text, known, address)


@pytest.mark.parametrize("lang", OTHERS)
def test_claims(site: Site, lang: str) -> None:
    listed = site.get(f"/claims?lang={lang}").text
    check(listed, frozenset(), "/claims")
    names = list(dict.fromkeys(re.findall(r'href="/claims/([A-Z0-9]+)', listed)))
    book = load_book(None)
    outlets = words_of(" ".join(report.outlet for report in book.reports.values()))
    asked = [one.arguments for claim in book.claims.values() for one in claim.figures.values()]
    tables = words_of(" ".join(str(arguments.get("table", "")) for arguments in asked))
    assert len(names) > 50
    for name in names:
        page = site.get(f"/claims/{name}?lang={lang}").text
        figures = words_of(" ".join(re.findall(r"<p>([a-z_0-9]+)(?: =|:)", page)))
        check(page, figures | outlets | tables | words_of(name), name)


@pytest.mark.parametrize("lang", OTHERS)
def test_uploads(site: Site, lang: str) -> None:
    known = known_here(site)
    for name, text in FILES.items():
        for more in ({}, {"keep": "1"}):
            answer = site.upload(
                f"/upload?lang={lang}", text.encode(), f"{name}.csv", kind="results", law=LAW, tier="list", **more
            )
            check(answer.text, known | words_of(text), name)
    for fields in ({"tier": "zzz"}, {"seats": "x"}, {"law": "kz/mazhilis@1900-01-01"}):
        asked = {"kind": "results", "law": LAW, "tier": "list", **fields}
        check(site.upload(f"/upload?lang={lang}", FILES["good"].encode(), "a.csv", **asked).text, known, str(fields))


@pytest.mark.parametrize("lang", OTHERS)
def test_laws_that_cannot_stand(site: Site, lang: str) -> None:
    text = STATUTE.read_text(encoding="utf-8")
    terms = words_of(" ".join(re.findall(r"[a-z_]+(?=:)|\{el|const|cec", text))) | words_of("zz seatz allocat many")
    for name, change in BROKEN.items():
        answer = site.upload(f"/upload?lang={lang}", change(text).encode(), "mine.yaml", kind="law")
        assert answer.status == 422, name
        check(answer.text, known_here(site) | terms, name)


@pytest.mark.parametrize("lang", OTHERS)
def test_lists_of_members(site: Site, lang: str) -> None:
    asked = {"law": "kz/parties@2022-11-05", "on": "2023-01-20", "election": "2023-03-19"}
    for raw, more in ((PEOPLE, {}), (PEOPLE, {"keep": "1"}), ("x,y\n1,2\n", {}), (PEOPLE, {"on": "x"})):
        answer = site.upload(f"/people?lang={lang}", raw.encode(), "list.csv", **{**asked, **more})
        check(answer.text, known_here(site) | words_of("name region born members xx"), str(more))


@pytest.mark.parametrize("lang", OTHERS)
def test_simulations(site: Site, lang: str) -> None:
    def start(**fields: str) -> object:
        form = {"e": KZ, "runs": "200", "seed": "7", "sd": "2", "model": "swing", "lang": lang, **fields}
        headers = (("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html"))
        body = urlencode(form).encode()
        return ask(site.app, f"/simulate?lang={lang}", method="POST", body=body, headers=headers)

    known = known_here(site)
    for election in (KZ, "de/bundestag/2021-09-26"):
        check(finished(site, start(e=election).headers["location"]), known, election)  # type: ignore[attr-defined]
    for fault in ({"runs": "x"}, {"runs": "999999999999"}, {"sd": "abc"}, {"model": "zzz"}, {"sd": "-1"}):
        answer = start(**fault)
        assert answer.status == 422, fault  # type: ignore[attr-defined]
        check(answer.text, known | words_of("sd abc zzz model logistic_normal swing dirichlet"), str(fault))  # type: ignore[attr-defined]


@pytest.mark.parametrize("lang", OTHERS)
def test_stations(site: Site, lang: str) -> None:
    bad = b"region,station,registered,voters,valid,one,two\nr,1,100,200,50,30,x\nr,2,100,50,-1,2,3\n"
    for raw in (stations(320, 1), stations(20, 1), b"a,b\n1,2\n", bad):
        sent = site.upload(f"/forensics?lang={lang}", raw, "stations.csv")
        page = finished(site, sent.headers["location"])
        assert "/tmp" not in page
        check(page, words_of("one two registered voters leader leave out"), str(raw[:40]))


@pytest.mark.parametrize("lang", OTHERS)
def test_roll_calls(site: Site, lang: str) -> None:
    known = words_of(PLACEHOLDERS)
    for show in ("agreement", "balance"):
        fields = {"codes": "words", "show": show, "voter": "L1", "others": "R1,M", "by": "session"}
        check(site.upload(f"/alignment?lang={lang}", calls(), "calls.csv", **fields).text, known, show)
    for show, bridge in (("points", ""), ("paths", ""), ("paths", "title")):
        fields = {"codes": "words", "show": show, "anchor": "R1", "others": "L1,M,R1", "bridge": bridge}
        sent = site.upload(f"/alignment?lang={lang}", calls(), "calls.csv", **fields)
        check(finished(site, sent.headers["location"]), known, f"{show} {bridge}")
    check(site.upload(f"/alignment?lang={lang}", b"a,b\n1,2\n", "calls.csv", codes="words").text, known, "columns")


@pytest.mark.parametrize("key", ["Not found", "there is nothing at {path}"])
def test_a_sentence_that_is_missing_is_seen(site: Site, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = words_of("nowhere")
    assert not list(leftover(site.get("/nowhere?lang=kk").text, known))
    monkeypatch.setattr(speech, "book", lambda: {sentence: t for sentence, t in whole.items() if sentence != key})
    found = " ".join(text for _, text in leftover(site.get("/nowhere?lang=kk").text, known))
    assert key.partition(" {")[0] in found


whole = speech.book()
