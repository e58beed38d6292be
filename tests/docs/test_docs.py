"""Every code block of the documentation runs, and the docstrings' examples with it."""

import doctest
import importlib
import importlib.util
import pkgutil
import re
import shlex
import tomllib
from pathlib import Path

import pytest

import sailau

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_programs_of_a_page_run(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    code = "\n".join(BLOCK.findall(text))
    assert "```python" not in text or ">>>" in code, "a block that nobody runs"
    test = doctest.DocTestParser().get_doctest(code, {}, page.name, str(page), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    out: list[str] = []
    runner.run(test, out=out.append)
    assert runner.failures == 0, "".join(out)


def modules() -> list[str]:
    return sorted(
        info.name for info in pkgutil.walk_packages(sailau.__path__, "sailau.") if not info.name.endswith("__main__")
    )


@pytest.mark.parametrize("name", modules())
def test_the_examples_of_a_module_run(name: str) -> None:
    failures, _ = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert failures == 0


LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link


def test_the_commands_of_the_readme_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make (\w+) ", text):
        assert f"\n{target}:" in makefile
    assert {"replay", "test"} <= set(re.findall(r"make (\w+) ", text))


def test_a_law_and_an_election_of_the_how_to_are_in_order(tmp_path: Path) -> None:
    from sailau.law.read import read_law

    page = (ROOT / "docs/how-to/write-a-law.md").read_text(encoding="utf-8")
    law, _ = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "2020-01-01.yaml"
    path.write_text(law, encoding="utf-8")
    assert read_law(path).total == 10


def built() -> object:
    spec = importlib.util.spec_from_file_location("docs_build", ROOT / "docs" / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_made_pages_are_up_to_date() -> None:
    stale = [
        path.relative_to(ROOT).as_posix()
        for path, text in [*built().pages(with_scoreboard=False), *built().schemas()]  # type: ignore[attr-defined]
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    assert not stale, f"run make docs: {stale}"


@pytest.mark.parametrize("page", ["scoreboard", "real-tiers"])
def test_the_pages_of_the_replay_are_what_the_replay_gives(page: str) -> None:
    """Not one line of them is written by hand, and none is left from an archive or laws of before."""
    text = {"scoreboard": built().board, "real-tiers": built().real_tiers}[page]()  # type: ignore[attr-defined]
    kept = (ROOT / f"docs/reference/{page}.md").read_text(encoding="utf-8")
    old = [line for line in text.splitlines() if line not in kept.splitlines()]
    assert not old, f"run make docs: {page}.md has {len(old)} other lines, the first of them {old[0]}"
    assert kept == text


def test_the_index_of_elections_is_up_to_date() -> None:
    path, text = built().index()  # type: ignore[attr-defined]
    assert path.is_file() and path.read_text(encoding="utf-8") == text, "run make docs"


def test_the_page_of_commands_names_each_command_and_no_other() -> None:
    from typer.main import get_command

    from sailau.cli.main import app

    page = (ROOT / "docs/reference/command-line.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`sailau .*?) \|", page, re.MULTILINE)
    first = [re.match(r"`sailau ([\w-]+)", row) for row in rows]
    named = {match[1] for match in first if match} | {"laws", "formulas"}  # these two share a row with the elections
    assert named == set(get_command(app).commands)  # type: ignore[attr-defined]  # the door is a group


def test_every_decision_is_on_their_list_and_nothing_else() -> None:
    folder = ROOT / "docs/decisions"
    listed = re.findall(
        r"^\| (\d+) \| \[(.+?)\]\((.+?)\) \| ([\d-]+) \|$", (folder / "README.md").read_text("utf-8"), re.M
    )
    assert [name for _, _, name, _ in listed] == sorted(path.name for path in folder.glob("0*.md"))
    for number, title, name, day in listed:
        text = (folder / name).read_text(encoding="utf-8")
        assert name.startswith(f"{int(number):04}-")
        assert text.startswith(f"# {number}. {title}\n") and f"Decided {day}." in text


def test_the_rooms_of_the_page_are_those_of_the_contract_and_of_the_tree() -> None:
    page = (ROOT / "docs/why/design.md").read_text(encoding="utf-8").partition("## In which room")[2]
    rows = [set(re.findall(r"`(\w+)`", row)) for row in re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", page, re.M)]
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    assert rows == [set(re.findall(r"\w+", layer)) for layer in contract[0]["layers"]]
    assert set().union(*rows) == {path.parent.name for path in (ROOT / "src/sailau").glob("*/__init__.py")}


COMMAND = re.compile(r"^\$ (sailau .*)$|^ {4}(sailau .*)$|`(sailau [^`…]+)`", re.MULTILINE)


def unknown_words(command: object, text: str) -> list[str]:
    """Return what a command line holds that the program does not know: a command, or options."""
    words = shlex.split(text)[1:]
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]  # type: ignore[attr-defined]  # a group
    if getattr(command, "commands", {}) and words and not words[0].startswith("-"):
        return words[:1]
    known = {option for part in command.params for option in [*part.opts, *part.secondary_opts]}  # type: ignore[attr-defined]
    return [
        word for word in words if re.match(r"--?[a-zA-Z]", word) and word.partition("=")[0] not in {*known, "--help"}
    ]


def test_every_command_that_a_page_names_exists_with_its_options() -> None:
    from typer.main import get_command

    from sailau.cli.main import app

    program = get_command(app)
    assert unknown_words(program, "sailau count x --seeds 7") == ["--seeds"]
    assert unknown_words(program, "sailau law chek x") == ["chek"]
    seen, wrong = 0, []
    for page in PAGES:
        for match in COMMAND.finditer(page.read_text(encoding="utf-8")):
            text = " ".join(next(part for part in match.groups() if part).partition("  #")[0].split())
            seen += 1
            wrong += [(page.name, text, word) for word in unknown_words(program, text)]
    assert seen > 150 and not wrong


def test_every_word_of_a_law_file_is_in_the_glossary_or_the_reference() -> None:
    from typing import get_args

    from sailau.seats.threshold import Base
    from sailau.terms.glossary import GLOSSARY

    assert set(get_args(Base)) <= set(GLOSSARY)


def test_the_case_study_states_no_number_of_its_own() -> None:
    text = (ROOT / "docs/kazakhstan.md.in").read_text(encoding="utf-8")
    prose = re.sub(r"\{\{.+?\}\}|\[[A-Z]\d+[^\]]*\]|`[^`]*`|^#.*$", "", text, flags=re.MULTILINE)
    numbers = set(re.findall(r"\d[\d.,]*", prose))
    years = {n for n in numbers if re.fullmatch(r"(19|20)\d\d[.,]?", n)}
    # What is left is said by claimants or by the law: 88 % and 2030 are the forecast, 40.3 % the figure often printed,
    # 98 = 69 + 29 the seats of the law of 2023.
    assert numbers - years == {"88", "40.3", "98", "69", "29"}
