"""The site: every figure is drawn by its program, every page hangs together, nothing is fetched, every command runs."""

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from sailau.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "README",
    "tutorial/political-scientist",
    "tutorial/observer",
    "tutorial/journalist",
    "reference/pictures",
    "reference/languages",
)
COMMAND = re.compile(r"^\$ (sailau .*)$", re.MULTILINE)
FILES = {
    "polls.csv": "Fieldwork,Pollster,Sample,Amanat,Auyl,Others\n1-5 Mar 2023,North,1200,54,11,35\n",
    "votes.csv": "party,votes\nAmanat,3431510\nAuyl,693938\nRespublica,547154\n",
    "turnout.csv": "region,turnout\nАбай,53.1%\nСҚО,\"61,2 %\"\nг. Алматы,25.8%\n",
    "stations.csv": "station,region,registered,voters,valid,Smith,Jones\n" + "\n".join(
        f"{i},R{i % 7},{900 + 7 * i},{500 + 3 * i},{490 + 3 * i},{300 + i},{190 + 2 * i}" for i in range(1, 61)
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def website() -> ModuleType:
    spec = importlib.util.spec_from_file_location("website", ROOT / "docs" / "website.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["website"] = module
    spec.loader.exec_module(module)
    return module


def names() -> list[str]:
    return sorted(path.stem for path in (ROOT / "docs" / "gallery").glob("*.py"))


@pytest.mark.parametrize("name", names())
def test_a_program_of_the_gallery_draws_its_figure_and_says_what_it_shows(
    website: ModuleType, tmp_path: Path, name: str
) -> None:
    program = next(p for p in website.programs() if p.name == name)
    assert 3 < len(program.title) < 60 and len(program.paragraph) > 80
    figure = website.draw(program, tmp_path)
    root = ElementTree.parse(figure).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg" and root.get("role") == "img"
    assert len(root.get("aria-label", "")) > 20
    assert [path.name for path in tmp_path.iterdir()] == [f"{name}.svg"]


@pytest.fixture(scope="module")
def site(website: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site without its figures drawn: each stands for itself as an empty picture."""
    folder = tmp_path_factory.mktemp("site")
    website.draw = _blank
    website.build(folder)
    return folder


def _blank(program: object, folder: Path) -> Path:
    path = folder / f"{program.name}.svg"  # type: ignore[attr-defined]
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="A figure."/>', encoding="utf-8")
    return path


def test_every_page_stands_and_every_link_leads_somewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 60 and site / "index.html" in pages and site / "gallery.html" in pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith('<!doctype html>\n<html lang="en">'), page
        assert text.count("<h1") == 1, page
        for kind, link in re.findall(r'(href|src)="([^"]*)"', text):
            if re.match(r"[a-z]+:", link):
                assert kind == "href", (page, link)
                continue
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), (page, link)
            assert kind == "src" or anchor in ("", "main") or target.suffix == ".html", (page, link)


def test_nothing_is_fetched_and_nothing_runs(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text and " style=" not in text and "@import" not in text
        assert re.findall(r'<(?:link|img|source|iframe)[^>]*(?:href|src)="(?:https?:)?//', text) == []
        assert "Content-Security-Policy" in text
    style = (site / "site.css").read_text(encoding="utf-8")
    assert "url(" not in style and "@import" not in style and "@font-face" not in style


def text_of(page: str) -> str:
    return (ROOT / (f"docs/{page}.md" if "/" in page else f"{page}.md")).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_run_in_their_order(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAILAU_GEO", str(tmp_path / "own"))
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    CliRunner().invoke(app, ["convert", "votes.csv", "my-results.xlsx"], catch_exceptions=False)
    found = [command.partition("  #")[0].strip() for command in COMMAND.findall(text_of(page))]
    assert found
    for command in found:
        if command == "sailau web":  # a server goes on until somebody stops it
            continue
        done = CliRunner().invoke(app, shlex.split(command)[1:], catch_exceptions=False)
        assert done.exit_code in (0, 1), (command, done.output)
        written = re.search(r"(?:-o|--out) (\S+)", command)
        assert not written or (tmp_path / written[1]).stat().st_size > 100, command
        said = {line.strip() for line in done.output.splitlines()}
        assert told(page, command) <= said, command


def told(page: str, command: str) -> set[str]:
    """Return the lines that a page shows below a command."""
    _, _, after = text_of(page).partition(f"$ {command}")
    lines = after.partition("```")[0].partition("\n$ ")[0].splitlines()[1:]
    return {line.strip() for line in lines if line.strip()}
