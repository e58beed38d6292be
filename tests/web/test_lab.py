"""The Lab: a changed law beside the law of the day; the scene lives in the address."""

import contextlib
import io
import json
import re

import pytest
from tests.web.shared import KZ, Site, seats_in
from typer.testing import CliRunner

import sailau as sl
from sailau.cli.main import app as cli
from sailau.records.heads import election_heads
from sailau.web.controls import controls_of, that_stand

SITE = Site()


def test_the_page_shows_what_the_library_counts() -> None:
    page = SITE.get(f"/lab?e={KZ}&list.threshold.share=7%25").text
    election = sl.load_election(KZ)
    seen = sl.what_if(election, {"list.threshold.share": "7%"})
    rows = seats_in(page)
    declared = election.declared_seats()
    for party, n in seen.after.seats.items():
        name = election.tally.contenders[party].names["en"]
        assert rows[name][3] == str(n + declared.get(party, 0)), party
    assert rows["Amanat"][2:5] == ["62", "68", "+6"]


def test_the_sentence_says_what_changed_in_three_languages() -> None:
    said = {lang: SITE.part(f"e={KZ}&threshold=7&lang={lang}")["sentence"] for lang in ("en", "kk", "ru")}
    assert said["en"].startswith(
        "9 seats move; People's Party of Kazakhstan, National Social Democratic Party: no seats"
    )
    assert "Amanat keeps its majority" in said["en"]
    assert said["ru"].startswith("Переходит 9 мандатов")
    assert said["kk"].startswith("9 мандат ауысады")


@pytest.mark.parametrize("spelled", ["7", "7%25", "7,0", "7.0%25", "7 %25", "7/100", "\u00a07\u202f%25"])
def test_a_share_is_read_however_people_write_it(spelled: str) -> None:
    part = SITE.part(f"e={KZ}&list.threshold.share={spelled}")
    assert part["query"] == f"?e={KZ}&list.threshold.share=7%25"


def test_a_number_that_can_be_read_in_two_ways_is_refused_with_both() -> None:
    part = SITE.part(f"e={KZ}&list.threshold.share=1,234")
    assert "1234" in part["result"] and "1.234" in part["result"]
    assert part["controls"]["list.threshold.share"]["differs"] is False


def test_only_what_differs_from_the_law_stands_in_the_address() -> None:
    law, election = sl.load_law("kz/mazhilis", on="2023-03-19"), sl.load_election(KZ)
    everything = "&".join(f"{c.path}={c.value}".replace("%", "%25") for c in SITE.desk.controls(law, election))
    answer = SITE.get(f"/lab?form=1&e={KZ}&law=&{everything}&list.seats=70")
    assert answer.status == 303
    assert answer.headers["location"] == f"/lab?e={KZ}&list.seats=70"


def test_a_key_that_is_no_clause_is_named_not_ignored() -> None:
    page = SITE.get(f"/lab?e={KZ}&list.treshold.share=7").text
    assert 'class="notice"' in page and "list.treshold.share" in page
    assert "did you mean threshold?" in page
    assert "kz/mazhilis@2022-11-05 has no such clause" in SITE.get(f"/lab?e={KZ}&lists.threshold.share=7").text


def test_short_names_lead_to_the_first_clause_of_their_kind() -> None:
    part = SITE.part(f"e={KZ}&threshold=3&formula=dhondt&seats=98&district.seats=0")
    assert part["query"] == f"?e={KZ}&list.threshold.share=3%25&list.formula=dhondt&list.seats=98&district.seats=0"


def test_a_tie_stops_the_count_and_goes_on_with_what_is_decided() -> None:
    site = Site()
    csv = b"party,votes\na,100\nb,100\nc,100\n"
    own = site.upload("/api/upload/results", csv, law="kz/mazhilis@2023-03-19").json()["id"]
    law = "list.allocate.ties=none&list.seats=1&district.seats=0&list.guarantee.lists=0"
    stopped = site.part(f"e={own}&{law}")
    assert "list.allocate" in stopped["result"] and 'value="b"' in stopped["result"]
    went_on = site.part(f"e={own}&{law}&decide.list.allocate=b")
    assert seats_in(went_on["result"])["b"][3] == "1"
    assert "decide.list.allocate=b" in went_on["query"]


def test_settings_that_no_law_can_have_explain_themselves() -> None:
    part = SITE.part(f"e={KZ}&list.threshold.share=60")
    assert "el 97-1" in part["result"] and part["sentence"].startswith("The count stops")
    part = SITE.part(f"e={KZ}&list.threshold.share=160")
    assert "between 0% and 100%" in part["result"]


def test_districts_with_seats_of_their_own_can_be_moved_and_the_tier_follows() -> None:
    name = "pl/sejm/2011-10-09"
    part = SITE.part(f"e={name}&list.magnitudes.legnica=13")
    election = sl.load_election(name)
    law = sl.load_law("pl/sejm", on=election.day).replace({"list.magnitudes.legnica": 13})
    assert law.total == 461
    total = sum(law.count(election.tally).seats.values())
    assert total == 461 and ">461<" in part["result"]


def test_every_law_of_the_archive_has_controls_and_every_offered_option_stands() -> None:
    for head in election_heads():
        election = sl.load_election(head.election)
        law = sl.load_law(election.law, on=None if "@" in election.law else election.day)
        controls = controls_of(law, election.tally, {})
        assert controls, head.election
        paths = [control.path for control in controls]
        assert len(paths) == len(set(paths)), head.election
        for control in controls:
            assert (control.cite or control.term == "add") and not control.differs, control.path
            if control.kind in ("share", "whole", "fraction") and control.value != "none" and not control.closed:
                law.replace({control.path: control.read(control.value)})


def test_options_under_which_the_law_cannot_be_read_are_left_out() -> None:
    election = sl.load_election(KZ)
    law = sl.load_law("kz/mazhilis", on=election.day)
    limit = next(c for c in controls_of(law, election.tally, {}) if c.path == "list.allocate.limit")
    assert "candidates" in limit.options and that_stand(law, limit) == ("none",)


SCENES = [
    f"e={KZ}&list.threshold.share=7",
    f"e={KZ}&list.formula=sainte_lague&list.seats=98&district.seats=0",
    "e=de/bundestag/2025-02-23&list.threshold.share=3",
    "e=pl/sejm/2011-10-09&list.magnitudes.legnica=13",
]


@pytest.mark.parametrize("query", SCENES)
def test_the_copied_program_gives_the_seats_of_the_page(query: str) -> None:
    page = SITE.get(f"/lab?{query}").text
    program = page.split('id="code-python">')[1].split("</pre>")[0].replace("&#34;", '"').replace("&#39;", "'")
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(program, {})
    answer = SITE.get(f"/api/export.json?{query}").json()
    seats = {row["contender"]: row["what_if"] for row in answer["rows"]}
    assert eval(out.getvalue()) == seats


@pytest.mark.parametrize("query", SCENES)
def test_the_copied_command_gives_the_rows_of_the_page(query: str) -> None:
    page = SITE.get(f"/lab?{query}").text
    command = page.split('id="code-command">')[1].split("</pre>")[0].replace("&#39;", "'").split()[1:]
    done = CliRunner().invoke(cli, [part.strip("'") for part in command] + ["--json"])
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["rows"] == SITE.get(f"/api/export.json?{query}").json()["rows"]


def test_two_readers_do_not_mix() -> None:
    one, two = f"e={KZ}&threshold=7", "e=de/bundestag/2025-02-23&list.threshold.share=3&lang=ru"
    first = SITE.part(one)
    assert SITE.part(two)["query"].startswith("?e=de/bundestag")
    assert SITE.part(one) == first


def test_a_share_is_of_the_valid_votes_as_it_was_published() -> None:
    # 3,431,510 of 6,366,441 valid votes, those against all included: 53.90 %, as the Central Election Commission says.
    assert seats_in(SITE.get(f"/lab?e={KZ}").text)["Amanat"][:2] == ["3,431,510", "53.90%"]


def test_a_step_that_the_law_lacks_is_added_with_its_controls_and_by_address() -> None:
    finland = "fi/eduskunta/2019-04-14"
    plain = SITE.get(f"/lab?e={finland}").text
    assert 'name="mainland.add"' in plain and 'data-path="mainland.threshold.share"' not in plain
    seats = seats_in(SITE.get(f"/lab?e={finland}&mainland.add=threshold&mainland.threshold.share=10").text)
    election = sl.load_election(finland)
    law = sl.load_law("fi/eduskunta", on=election.day)
    bar = law.replace({"mainland.add": "threshold", "mainland.threshold.share": "10%"})
    wanted = bar.count(election.tally).seats
    for party, contender in election.tally.contenders.items():
        cells = seats.get(contender.names.get("en", party)) or seats.get(party)
        if cells and party in wanted:
            assert cells[3] == str(wanted[party]), party
    again = SITE.get(f"/lab?e={finland}&mainland.add=threshold").text
    assert 'data-path="mainland.threshold.share"' in again and "added here, by no law" in again
    assert "list.add=bonus" in SITE.part("e=" + KZ + "&list.add=bonus")["query"]
    assert SITE.get(f"/lab?e={finland}&mainland.add=bonus").text.count("shared out as one"), "the refusal is not said"


def test_an_added_step_goes_along_to_the_other_doors() -> None:
    query = f"e={KZ}&list.add=compensate"
    page = SITE.get(f"/lab?{query}").text
    assert "--set list.add=compensate" in page and "&#34;list.add&#34;: &#34;compensate&#34;" in page
    saved = SITE.get(f"/api/scenario.json?{query}").body
    opened = SITE.upload("/api/upload/scenario", saved, "scenario.json").json()
    assert opened["query"] == f"?{query}"
    for address in ("/explain", "/power", "/simulate"):
        assert SITE.get(f"{address}?{query}").status == 200, address


def test_the_sweep_and_the_curve_are_pictures_of_the_scene() -> None:
    page = SITE.get(f"/lab?e={KZ}&list.seats=98").text
    assert "/api/plot/sweep.svg?" in page and "/api/plot/curve.svg" not in page
    drawn = SITE.get(f"/api/plot/sweep.svg?e={KZ}&list.seats=98")
    assert drawn.status == 200
    law, election = sl.load_law("kz/mazhilis", on="2023-03-19"), sl.load_election(KZ)
    for bar in ("5%", "6%", "10%"):
        seats = law.replace({"list.seats": 98, "list.threshold.share": bar}).count(election.tally).seats
        assert f"<title>{bar}: Amanat {seats['amanat']}</title>" in drawn.text, bar
    commons = "e=gb/commons/2019-12-12"
    assert "/api/plot/curve.svg?" in SITE.get(f"/lab?{commons}").text
    assert "650" not in SITE.get(f"/api/plot/curve.svg?{commons}").text  # speaker and Northern Ireland have other two
    none = SITE.get(f"/api/plot/curve.svg?e={KZ}")
    assert none.status == 422 and "single-member" in none.text


def test_many_parties_without_a_seat_are_folded_and_still_there() -> None:
    page = SITE.get("/lab?e=gb/commons/2019-12-12").text
    election = sl.load_election("gb/commons/2019-12-12")
    house = sl.replay(election).house
    out = [party for party, n in election.tally.party_votes().items() if n and not house.get(party)]
    assert len(seats_in(page)) < len(out)
    folded = page.split('<tr class="folded">')[1].split("</tr>")[0]
    assert folded.count("<li>") + 5 >= len(out)
    assert "folded" not in SITE.get(f"/lab?e={KZ}").text


def test_the_table_and_the_measures_follow_the_seats() -> None:
    page = SITE.get(f"/lab?e={KZ}&threshold=7").text
    votes = sl.load_election(KZ).tally.party_votes()
    rows = seats_in(page)
    assert rows["Amanat"][-1] == f"+{100 * (68 / 98 - 3_431_510 / 6_366_441):.1f}"
    assert rows["Independents"][-1] == "–", "no votes are known, so no bonus is"
    largest = re.search(r"<dt>Largest share without a seat, %</dt><dd>([\d.]+)", page)
    assert largest and largest[1] == f"{100 * 432_920 / sum(votes.values()):.2f}", "the People's Party loses its seats"


def test_colours_are_chosen_shared_and_carried_to_the_other_pages() -> None:
    asked = f"e={KZ}&threshold=7&colour.auyl=%23123456&colour.nsdp=c00"
    part = SITE.part(asked)
    assert part["query"].endswith("&colour.auyl=123456&colour.nsdp=cc0000")
    assert 'fill="#123456"' in part["result"] and part["colours"]["auyl"] == {"is": "#123456", "standard": "#9acd32"}
    assert part["colours"]["amanat"]["is"] == "#00afca"
    page = SITE.get(f"/lab?{asked}").text
    assert 'data-colour="auyl" data-standard="#9acd32" value="#123456"' in page
    assert f'href="/lab?e={KZ}&amp;colour.auyl=123456' in page, "back to the law keeps the colours"
    assert 'fill="#123456"' in SITE.get(f"/api/plot/flows.svg?{asked}").text
    assert 'fill="#123456"' in SITE.get(f"/power?e={KZ}&colour.amanat=123456").text
    saved = SITE.get(f"/api/scenario.json?{asked}&colours=safe").json()
    assert saved["colours"] == {"auyl": "#123456", "nsdp": "#CC0000"} and saved["palette"] == "safe"


def test_the_colour_of_one_party_changes_no_other() -> None:
    before = SITE.part(f"e={KZ}")["colours"]
    after = SITE.part(f"e={KZ}&colour.amanat={before['independent']['is'][1:]}")["colours"]
    assert after.pop("amanat")["is"] == before.pop("independent")["is"]
    del before["amanat"], after["independent"]
    assert after == before
    safe = SITE.part(f"e={KZ}&colours=safe")
    assert safe["safe"] and safe["colours"]["amanat"]["is"] == "#0072b2"
    assert "look alike to some readers" in safe["alike"], "eight are too many for any palette"


@pytest.mark.parametrize(
    ("asked", "said"),
    [("colour.auil=123456", "auil"), ("colour.auyl=green", "no colour"), ("colours=blue", "own or safe")],
)
def test_a_colour_that_is_none_is_named_and_not_taken(asked: str, said: str) -> None:
    part = SITE.part(f"e={KZ}&{asked}")
    assert 'class="notice"' in part["result"] and said in part["result"]
    assert part["query"] == f"?e={KZ}" and not part["changed"]
