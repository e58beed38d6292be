"""The pages of the formulas say of each what the tests hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.properties.laws import PROPERTIES
from tests.properties.reference import FORMULAS
from tests.properties.witnesses import KEPT

from sailau.terms.divisor import DIVISORS
from sailau.terms.quota import QUOTAS

PAGES = Path(__file__).resolve().parents[2] / "docs" / "reference" / "formulas"
WORDS = {
    "house": "house monotonicity",
    "more_votes": "vote monotonicity",
    "population": "population monotonicity",
    "lower_quota": "lower quota",
    "upper_quota": "upper quota",
}
PLACES = {
    **{name: (f"{name}.md", "") for name in FORMULAS},
    "sainte_lague_1.2": ("modified_sainte_lague.md", " (1.2)"),
}


def _of(formula: str) -> tuple[str, str]:
    base = formula.partition("_rounded")
    if base[1]:
        text = (PAGES / f"{base[0]}_rounded.md").read_text(encoding="utf-8")
        return text.split(f"### {formula}\n")[1], ""
    page, mark = PLACES[formula]
    return (PAGES / page).read_text(encoding="utf-8"), mark


def _listed(text: str, word: str) -> set[str]:
    found = re.search(rf"^{re.escape(word)}: (.*)\.$", text, re.MULTILINE)
    assert found, word
    return set(found[1].split(", "))


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_page_keeps_and_breaks_what_the_tests_do(formula: str) -> None:
    text, mark = _of(formula)
    kept = {WORDS.get(name, name) for name in PROPERTIES if formula in KEPT[name]}
    broken = {WORDS.get(name, name) for name in PROPERTIES} - kept
    assert _listed(text, f"Keeps{mark}") == kept
    assert _listed(text, f"Breaks{mark}") == broken
    assert all(f"- {word}: " in text for word in broken)


def test_the_table_of_the_index_is_that_of_the_tests() -> None:
    text = (PAGES / "index.md").read_text(encoding="utf-8")
    head, *rows = re.findall(r"^\| (?:formula .*|\[.*) \|$", text, re.MULTILINE)
    columns = [cell.strip() for cell in head.strip("|").split("|")][1:]
    names = {WORDS.get(name, name): name for name in PROPERTIES}
    seen = {}
    for row in rows:
        name, *cells = (cell.strip() for cell in row.strip("|").split("|"))
        formula = name[1 : name.index("]")]
        seen[formula] = {names[c]: mark == "✓" for c, mark in zip(columns, cells, strict=True)}
    assert seen == {f: {names[c]: f in KEPT[names[c]] for c in columns} for f in FORMULAS}
    assert all(len(KEPT[name]) == len(FORMULAS) for name in set(PROPERTIES) - {names[c] for c in columns})


@pytest.mark.parametrize("name", [*DIVISORS, *QUOTAS])
def test_every_formula_has_its_page(name: str) -> None:
    assert f"`{name}`" in _page_of(name)


def _page_of(name: str) -> str:
    base, rounded, _ = name.partition("_rounded")
    return (PAGES / f"{base}{rounded}.md").read_text(encoding="utf-8")
