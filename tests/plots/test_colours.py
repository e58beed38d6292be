"""Colours of parties: from the data, from a file, from the command line; seen by everybody, on every paper."""

import csv
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sailau as sl
from sailau.cli.main import app
from sailau.files.places import shipped
from sailau.plots.hemicycle import hemicycle
from sailau.plots.palette import looks
from sailau.plots.shade import CLOSE, FAINTEST, THEMES, confusable, contrast, distance, visible
from sailau.plots.style import Style
from sailau.plots.svg import COLOURS
from sailau.records.colours import known_colours, read_colours
from sailau.report.names import party_colours
from sailau.terms.errors import Invalid, InvalidRecord, NotFound

KZ = "kz/mazhilis/2023-03-19"
FOLDER = """election: xx/council/2024-05-05
name: A council
law: xx/council
held_on: 2024-05-05
sources: {here: {title: Us, read_on: 2024-05-06}}
contenders:
  one: {colour: "#0af"}
  two_a: {party: two, colour: "#123456"}
"""


def papers(fill: str) -> float:
    return min(contrast(fill, THEMES[theme]["paper"]) for theme in ("light", "dark"))


def test_every_colour_on_record_has_a_source_and_a_day() -> None:
    rows = list(csv.DictReader((shipped("names") / "colours.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) > 100 and {"kz/amanat", "kz/auyl", "de/spd", "gb/lab"} <= {row["party"] for row in rows}
    for row in rows:
        assert re.fullmatch(r"#[0-9a-f]{6}", row["colour"]), row
        assert len(row["source"]) > 20 and re.fullmatch(r"2026-\d\d-\d\d", row["read_on"]), row
    assert [row["party"] for row in rows] == sorted(row["party"] for row in rows)


def test_a_house_wears_the_colours_on_record_and_the_rest_the_palette() -> None:
    seen = sl.replay(sl.load_election("de/bundestag/2025-02-23"))
    picture = seen.result._repr_mimebundle_()["image/svg+xml"]
    known = known_colours("de/bundestag")
    for party in ("spd", "gruene", "afd", "csu"):
        assert f'fill="{known[party]}"' in picture
    assert any(f'fill="{shade}"' in picture.lower() for shade in COLOURS), "SSW has no colour on record"


@pytest.mark.parametrize("fill", ["#FFFFFF", "#FFED00", "#000000", "#0A0A0A", "#F5F5DC", "#101010"])
def test_a_colour_that_is_lost_on_paper_has_an_edge_and_another_shade_for_lines(fill: str) -> None:
    assert papers(fill) < FAINTEST
    look = looks(["a"], {"a": fill})["a"]
    assert look.edge and papers(look.line) >= FAINTEST
    picture = hemicycle({"a": 30, "b": 30}, Style("A house", colours={"a": fill, "b": "#0072B2"}))
    wedge = re.search(rf"<circle[^>]*fill=\"{fill}\"[^>]*>", picture)
    assert wedge is not None and "s-faint" in wedge[0]
    other = re.search(r"<circle[^>]*fill=\"#0072B2\"[^>]*>", picture)
    assert other is not None and "s-faint" not in other[0]


def test_the_palette_needs_no_edge() -> None:
    assert all(visible(shade) == shade and papers(shade) >= FAINTEST for shade in COLOURS)


def test_who_has_no_colour_gets_one_that_nobody_of_the_house_has() -> None:
    election = sl.load_election(KZ)
    parties = [*election.tally.party_votes(), "independent"]
    found = looks(parties, party_colours(election.tally, election.id))
    fills = [look.fill for look in found.values()]
    assert len(set(fills)) == len(fills)
    for a, b in confusable({name: look.fill for name, look in found.items()}):
        assert found[a].mark != found[b].mark
    free = looks(["a", "b"], {"b": COLOURS[0]})["a"].fill
    assert distance(free, COLOURS[0]) >= CLOSE


def test_a_record_gives_colours_of_its_own(tmp_path: Path) -> None:
    from sailau.files.document import read_document
    from sailau.files.forms import check
    from sailau.records.election_form import ElectionForm
    from sailau.records.read import contenders_of

    (tmp_path / "election.yaml").write_text(FOLDER, encoding="utf-8")
    form = check(ElectionForm, read_document(tmp_path / "election.yaml", InvalidRecord), InvalidRecord)
    (tmp_path / "contenders.csv").write_text("contender,colour\nthree,#ABCDEF\n", encoding="utf-8")
    found = contenders_of(tmp_path, form)
    assert {name: mark.colour for name, mark in found.items()} == {
        "one": "#00AAFF",
        "two_a": "#123456",
        "three": "#ABCDEF",
    }
    tally = sl.Tally({}, found)
    assert party_colours(tally, "xx/council") == {"one": "#00AAFF", "two": "#123456", "three": "#ABCDEF"}
    (tmp_path / "contenders.csv").write_text("contender,colour\nthree,reddish\n", encoding="utf-8")
    with pytest.raises(InvalidRecord, match="three: 'reddish' is no colour") as caught:
        contenders_of(tmp_path, form)
    assert caught.value.place is not None and caught.value.place.line == 2


def test_a_file_of_colours_is_read_and_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("party,colour,source\nkz/auyl,#9acd32,us\nnsdp,c00,us\n", encoding="utf-8")
    assert read_colours(path) == {"auyl": "#9ACD32", "nsdp": "#CC0000"}
    for text, said in [("party,colour\na,#12\n", "no colour"), ("party,colour\na,#123\nkz/a,#123\n", "stands twice"),
                       ("party,color\na,#123\n", "lacks colour")]:  # fmt: skip
        path.write_text(text, encoding="utf-8")
        with pytest.raises(Invalid, match=said):
            read_colours(path)
    with pytest.raises(NotFound):
        read_colours(tmp_path / "none.csv")


def test_the_command_takes_colours_in_four_ways(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("party,colour\nauyl,#123456\n", encoding="utf-8")

    def drawn(*options: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["plot", "hemicycle", KZ, *options])
        return done.exit_code, done.stdout + done.stderr

    assert 'fill="#9ACD32"' in drawn()[1]
    assert 'fill="#123456"' in drawn("--colours", str(path))[1]
    code, picture = drawn("--colours", "auyl=#654321,nsdp=abc")
    assert code == 0 and 'fill="#654321"' in picture and 'fill="#AABBCC"' in picture and 'fill="#00AFCA"' in picture
    code, picture = drawn("--colours", "safe")
    assert code == 0 and 'fill="#00AFCA"' not in picture and f'fill="{COLOURS[0].upper()}"' in picture
    for wrong, kind, said in [
        ("auil=#654321", NotFound, "auil"),
        ("auyl=green", Invalid, "no colour"),
        (str(tmp_path / "none.csv"), NotFound, "none.csv"),
    ]:
        done = CliRunner().invoke(app, ["plot", "hemicycle", KZ, "--colours", wrong])
        assert isinstance(done.exception, kind) and said in str(done.exception)


def test_a_party_has_one_colour_in_all_pictures_of_an_election() -> None:
    def shades(kind: str, *options: str) -> set[str]:
        picture = CliRunner().invoke(app, ["plot", kind, KZ, *options]).stdout
        found = re.search(r'fill="(#[0-9a-fA-F]{6})"[^>]*><title>[^<]*Respublica', picture) or re.search(
            r'<g><title>[^<]*Respublica[^<]*</title><circle[^>]*fill="(#[0-9a-fA-F]{6})"', picture
        )
        return {found[1].upper()} if found else set()

    seen = [shades("hemicycle"), shades("bars"), shades("flows", "--set", "list.threshold.share=7%")]
    assert seen[0] and len(set.union(*seen)) == 1, seen
