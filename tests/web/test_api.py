"""The API is the command line over HTTP: the same documents, the same words, problems as documents."""

import json

import pytest
from tests.web.shared import KZ, Site
from typer.testing import CliRunner

from sailau.cli.main import app as cli
from sailau.web.problems import MEDIA

SITE = Site()


def printed(*words: str) -> object:
    done = CliRunner().invoke(cli, [*words, "--json"])
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/api/elections?country=kz", ["elections", "--country", "kz"]),
        (f"/api/elections/{KZ}", ["show", KZ]),
        ("/api/laws", ["laws"]),
        ("/api/laws/kz/mazhilis@2023-03-19", ["law", "show", "kz/mazhilis@2023-03-19"]),
        ("/api/formulas", ["formulas"]),
        (f"/api/power/{KZ}?majority=2/3", ["power", KZ, "--majority", "2/3"]),
        (f"/api/coalitions/{KZ}", ["coalitions", KZ]),
    ],
)
def test_what_is_asked_for_is_what_the_command_prints(address: str, words: list[str]) -> None:
    assert SITE.get(address).json() == printed(*words)


@pytest.mark.parametrize(
    ("address", "question", "words"),
    [
        ("/api/count", {"election": KZ}, ["count", KZ]),
        (
            "/api/count",
            {"election": KZ, "changes": {"list.threshold.share": "7%"}},
            ["count", KZ, "--set", "list.threshold.share=7%"],
        ),
        ("/api/explain", {"election": KZ, "contender": "nsdp"}, ["explain", KZ, "--contender", "nsdp"]),
        ("/api/explain", {"election": KZ, "every_seat": True}, ["explain", KZ, "--seats"]),
        (
            "/api/sweep",
            {"election": KZ, "sweep": "list.threshold.share=0%:8%:1%"},
            ["what-if", KZ, "--sweep", "list.threshold.share=0%:8%:1%"],
        ),
    ],
)
def test_what_is_counted_is_what_the_command_counts(address: str, question: object, words: list[str]) -> None:
    assert SITE.post(address, question).json() == printed(*words)


def test_a_what_if_has_the_rows_of_the_command() -> None:
    given = SITE.post("/api/whatif", {"election": KZ, "law": "kz/kurultai"}).json()
    wanted = printed("what-if", KZ, "--law", "kz/kurultai")
    assert isinstance(wanted, dict) and given["rows"] == wanted["rows"]


def test_votes_given_with_the_question_are_counted() -> None:
    votes = {"list": {"nation": {"a": 47_000, "b": 16_000, "c": 15_800, "d": 12_000, "e": 6_100, "f": 3_100}}}
    changes = {"list.seats": 10, "district.seats": 0, "list.threshold.share": "0%"}
    answer = SITE.post("/api/count", {"votes": votes, "law": "kz/mazhilis@2023-03-19", "changes": changes})
    assert answer.json()["seats"] == {"a": 5, "b": 2, "c": 1, "d": 1, "e": 1, "f": 0}


@pytest.mark.parametrize(
    ("question", "status", "error", "words"),
    [
        ({"election": "kz/majilis/2023"}, 404, "NotFound", ["count", "kz/majilis/2023"]),
        (
            {"election": KZ, "changes": {"list.threshold.shore": "7%"}},
            422,
            "InvalidLaw",
            ["count", KZ, "--set", "list.threshold.shore=7%"],
        ),
        (
            {"election": KZ, "changes": {"list.threshold.share": "70%"}},
            409,
            "LawSilent",
            ["count", KZ, "--set", "list.threshold.share=70%"],
        ),
    ],
)
def test_errors_are_problem_documents_in_the_words_of_the_command(
    question: object, status: int, error: str, words: list[str]
) -> None:
    answer = SITE.post("/api/count", question)
    assert answer.status == status
    assert answer.headers["content-type"] == MEDIA
    problem = answer.json()
    assert problem["status"] == status and problem["error"] == error
    done = CliRunner().invoke(cli, words)
    assert str(done.exception).startswith(problem["detail"])
    assert problem["exit_code"] == done.exception.exit_code  # type: ignore[union-attr]


def test_a_question_of_the_wrong_form_names_the_field() -> None:
    problem = SITE.post("/api/count", {"election": KZ, "changes": {"list.seats": 1.5}}).json()
    assert problem["status"] == 422 and problem["field"].startswith("changes.list.seats")
    problem = SITE.post("/api/count", {"elektion": KZ}).json()
    assert problem["field"] == "elektion"
    problem = SITE.get("/api/elections?year=x").json()
    assert problem["field"] == "year" and problem["given"] == "x"


@pytest.mark.parametrize(("address", "status"), [("/api/nothing", 404), ("/api/count", 405), ("/nothing", 404)])
def test_an_address_that_is_none_is_a_problem_too(address: str, status: int) -> None:
    answer = SITE.get(address, ("accept", "application/json"))
    assert answer.status == status and answer.headers["content-type"] == MEDIA


def test_every_example_of_the_description_works() -> None:
    described = SITE.get("/api/openapi.json").json()
    tried = 0
    for path, methods in described["paths"].items():
        schema = methods.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json")
        if schema is None:
            continue
        name = schema["schema"]["$ref"].rsplit("/", 1)[-1]
        for example in described["components"]["schemas"][name]["examples"]:
            assert SITE.post(path, example).status in (200, 202), (path, example)
            tried += 1
    SITE.close()
    assert tried >= 6


@pytest.mark.parametrize("kind", ["hemicycle", "bars", "flows", "power", "coalitions"])
def test_pictures_are_whole_documents(kind: str) -> None:
    answer = SITE.get(f"/api/plot/{kind}.svg?e={KZ}&threshold=7&lang=kk")
    assert answer.status == 200 and answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg") and 'viewBox="0 0' in answer.text and "<title>" in answer.text


def test_pictures_are_pixels_and_paper_too() -> None:
    assert SITE.get(f"/api/plot/hemicycle.png?e={KZ}").body.startswith(b"\x89PNG")
    assert SITE.get(f"/api/plot/hemicycle.pdf?e={KZ}").body.startswith(b"%PDF")


def test_files_hold_the_table_and_no_formula_runs() -> None:
    site = Site()
    csv = b"party,votes\n=1+1,310\n@x,200\nplain,90\n"
    own = site.upload("/api/upload/results", csv, law="kz/mazhilis@2023-03-19").json()["id"]
    rows = site.get(f"/api/export.csv?e={own}").text.splitlines()
    assert [row.split(",")[0] for row in rows[1:4]] == ["'=1+1", "'@x", "plain"]
    assert site.get(f"/api/export.md?e={KZ}").text.startswith("### ")
    assert site.get(f"/api/export.csv?e={KZ}&threshold=70").status == 409


def test_the_scoreboard_is_the_replay_of_the_archive() -> None:
    site = Site()
    rows = site.get("/api/scoreboard").json()["rows"]
    site.close()
    assert [row["verdict"] for row in rows if row["election"] == KZ] == ["exact"]
    assert len(rows) == len(site.desk.heads())


def test_a_workbook_has_a_sheet_for_each_step_and_the_sources() -> None:
    import io
    import zipfile

    raw = SITE.get(f"/api/export.xlsx?e={KZ}&threshold=7").body
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        names = book.read("xl/workbook.xml").decode()
    for sheet in ("what-if", "result", "list threshold", "list allocate", "sources", "about"):
        assert sheet in names, sheet


def test_a_saved_scenario_opens_where_it_was() -> None:
    site = Site()
    query = f"e={KZ}&list.threshold.share=7%25&list.seats=70"
    raw = site.get(f"/api/scenario.json?{query}").body
    opened = site.upload("/upload", raw, "scenario.json", kind="results", law="kz/mazhilis")
    assert opened.status == 303 and opened.headers["location"] == f"/lab?{query}"
    csv = b"party,votes\na,310\nb,200\n"
    own = site.upload("/api/upload/results", csv, law="kz/mazhilis@2023-03-19").json()["id"]
    raw = site.get(f"/api/scenario.json?e={own}&list.seats=10&district.seats=0").body
    place = Site().upload("/upload", raw, "scenario.json", kind="results", law="kz/mazhilis").headers["location"]
    assert place.startswith("/lab?e=own:") and place.endswith("&list.seats=10&district.seats=0")
