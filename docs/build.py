"""Write the pages of the documentation that follow from code, laws and replays: `make docs`."""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sailau.claims.chain import gather
from sailau.claims.mechanisms import MECHANISMS, load_mechanism
from sailau.claims.mechanisms.explore import POINTS, explore
from sailau.claims.read import load_book
from sailau.claims.world import World
from sailau.files.areas import AreasForm
from sailau.files.forms import form_of
from sailau.files.places import shipped
from sailau.law.edition import Law
from sailau.law.library import law_ids, load_editions
from sailau.law.read import LawForm
from sailau.parties.conditions import CONDITIONS
from sailau.records.election import HOUSE
from sailau.records.election_form import ElectionForm
from sailau.records.heads import INDEX, index_text
from sailau.records.library import election_ids, load_election
from sailau.records.populations_form import PopulationForm
from sailau.records.registers_forms import CasesForm, PartyLawForm
from sailau.report.brief import sections
from sailau.report.claims import claims_table
from sailau.report.results import scoreboard
from sailau.report.table import to_markdown
from sailau.runs.entry_form import EntryForm
from sailau.runs.replay import Replay, replay
from sailau.seats.steps import STEPS
from sailau.seats.ties import RULES
from sailau.terms.glossary import GLOSSARY
from sailau.terms.tally import NATION

HERE = Path(__file__).resolve().parent
JUDGED = date(2026, 11, 27)
MADE = "<!-- made by docs/build.py -->\n\n"


def pages(*, with_scoreboard: bool = True) -> Iterator[tuple[Path, str]]:
    """Yield every made page: its path and its text."""
    yield HERE / "reference/glossary.md", glossary()
    yield HERE / "reference/steps.md", steps()
    for name in STEPS:
        yield HERE / f"reference/steps/{name}.md", step(name)
    yield HERE / "reference/mechanisms.md", mechanisms()
    yield HERE / "reference/backtest.md", backtests()
    yield HERE / "kazakhstan.md", case(HERE / "kazakhstan.md.in", "kz")
    if with_scoreboard:
        yield HERE / "reference/scoreboard.md", board()
        yield HERE / "reference/real-tiers.md", real_tiers()


def glossary() -> str:
    """Return the glossary."""
    rows = [f"**{word.replace('_', '_')}**\n: {meaning}\n" for word, meaning in sorted(GLOSSARY.items())]
    return f"{MADE}# Glossary\n\nEach word as this package uses it.\n\n" + "\n".join(rows)


def backtests() -> str:
    """Return the scores of forecasts of past elections, as the command gave them."""
    text = (HERE / "reference/backtest.md.in").read_text(encoding="utf-8")
    lines = (shipped("polls") / "backtest.csv").read_text(encoding="utf-8").splitlines()
    head, *rows = [line.split(",") for line in lines]
    marks = ["---"] + ["---:"] * (len(head) - 1)
    table = "\n".join(f"| {' | '.join(row)} |" for row in (head, marks, *rows))
    return MADE + text.replace("{table}", table)


def steps() -> str:
    """Return the overview of steps and of rules for ties."""
    rows = [f"| [{name}](steps/{name}.md) | {_first(kind)} |" for name, kind in sorted(STEPS.items())]
    ties = [f"| {name} | {words} |" for name, (_, words) in RULES.items()]
    return (
        f"{MADE}# Steps of a law\n\nA law is a list of steps for each of its tiers, in the order of the statute. "
        "`each: district` with `steps:` maps steps over the districts.\n\n| step | what it does |\n| --- | --- |\n"
        + "\n".join(rows)
        + "\n\n## Rules for ties\n\n`ties:` names them in turn. Where none settles the tie, the count stops with a "
        "question.\n\n| rule | who wins |\n| --- | --- |\n" + "\n".join(ties) + "\n"
    )


def step(name: str) -> str:
    """Return the page of one step: its terms, what it refuses, and the laws that use it."""
    kind = STEPS[name]
    doc = inspect.getdoc(kind) or ""
    summary, _, rest = doc.partition("\n\nAttributes\n----------\n")
    for base in filter(is_dataclass, kind.__mro__[1:]):
        rest += "\n" + (inspect.getdoc(base) or "").partition("\n\nAttributes\n----------\n")[2].partition("\n\n")[0]
    module = inspect.getdoc(sys.modules[kind.__module__]) or ""
    what = module.partition(":")[2].strip()
    text = [f"{MADE}# {name}\n\n{what[:1].upper()}{what[1:]}\n"]
    text.append(f"{summary}\n")
    text.append(_terms(rest))
    text.append(_raises(kind))
    text.append(_used(name))
    return "\n".join(part for part in text if part)


def _first(kind: type[Any]) -> str:
    return (inspect.getdoc(kind) or "").splitlines()[0].rstrip(".")


def _terms(text: str) -> str:
    body, _, notes = text.partition("\n\nNotes\n-----\n")
    rows, current = [], ""
    for line in [*body.splitlines(), ""]:
        if line and not line.startswith(" "):
            if current:
                rows.append(current)
            head, _, kind = line.partition(" : ")
            current = f"| `{head}` | {kind} | "
        elif line:
            current += line.strip().replace("``", "`").replace("|", "\\|") + " "
    rows.append(current)
    table = "## Terms\n\n| term | kind | meaning |\n| --- | --- | --- |\n" + "\n".join(f"{row}|" for row in rows if row)
    return table + "\n" + (f"\n## Notes\n\n{notes}\n" if notes else "")


def _raises(kind: type[Any]) -> str:
    found = re.search(r"Raises\n-+\n(.*?)(?:\n\n|\Z)", inspect.getdoc(kind.apply) or "", re.DOTALL)
    if not found:
        return ""
    lines = [f"- **{line}**" if not line.startswith(" ") else f"  {line.strip()}" for line in found[1].splitlines()]
    return "## Stops with\n\n" + "\n".join(lines) + "\n"


def _used(name: str) -> str:
    uses = [(law, terms) for law in _laws() for terms in _find(law.document, name)]
    if not uses:
        return ""
    shown = "\n".join(
        f"- {name}: {{{', '.join(f'{k}: {_value(v)}' for k, v in terms.items())}}}" for _, terms in uses[:1]
    )
    names = sorted({law.id for law, _ in uses})
    return f"## In a law\n\n```yaml\n{shown}\n```\n\nfrom {uses[0][0]}. Used by: {', '.join(names)}.\n"


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(str(part) for part in value)}]"
    return f'"{value}"' if isinstance(value, str) and ("," in value or ":" in value) else str(value)


def _laws() -> Iterator[Law]:
    for name in law_ids():
        yield from load_editions(name)


def _find(value: Any, name: str) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            if key == name and isinstance(part, Mapping) and "cite" in part:
                yield part
            else:
                yield from _find(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _find(part, name)


def board() -> str:
    """Return the scoreboard of replays."""
    seen = [replay(load_election(name)) for name in election_ids()]
    lead = (
        "Every election of the archive, counted again under the law of its day. *counted* seats were computed from "
        "votes and compared with the official ones; *declared* seats were taken over, because their votes are not "
        "published. *matches, no proof*: every seat comes out as in the record, but the record's figures were read by "
        "nobody here, or its seats settled how a clause of the law is read; *exact in part*: districts are left out of "
        "the official seats. How finely those of five countries are counted and compared: "
        "[by the law's real tiers](real-tiers.md).\n\n"
    )
    return f"{MADE}# Scoreboard\n\n{lead}" + to_markdown(scoreboard(seen))


TIERED = ("de", "dk", "is", "no", "nz")
"""Countries whose elections are held to be counted by the law's real tiers."""


def real_tiers() -> str:
    """Return how finely the elections of some countries are counted and compared, one by one."""
    rows = ["| election | exact | counted from | seats compared | why no finer |", "| --- | --- | --- | --- | --- |"]
    for name in election_ids():
        election = load_election(name)
        if name.split("/")[0] in TIERED and election.level == "national":
            seen = replay(election)
            exact = "yes" if seen.matches else "no"
            notes = _why_no_finer(seen)
            rows.append(f"| {name} | {exact} | {_counted_from(seen)} | {_compared_by(seen)} | {notes} |")
    lead = (
        "The elections of Germany, Denmark, Iceland, Norway and New Zealand in the archive, and how finely each is "
        "counted: from the votes of districts through every tier of the law, or at the national step from totals; and "
        "what the official seats were compared by. Where a record has no official seats by district, every direct seat "
        "and the district of every levelling seat is still counted and explained (`sailau explain ID --seats`), but "
        "only their sums by party could be compared. An empty last column means that each place of each seat was "
        "compared with an official figure or a list of members. Where the last column says that the official seats of "
        "a district are of both tiers together (most years of Iceland, Denmark 2022), a party's direct and levelling "
        "seats there are compared as one sum. Germany before 2021 and in 2025: the members who sat from the first day "
        "of the term, by Wahlkreis and Land list; the overhang seats from 1953 to 2002 are compared by party and Land "
        "in a test.\n\n"
    )
    return f"{MADE}# By the law's real tiers\n\n{lead}" + "\n".join(rows) + "\n"


def _counted_from(seen: Replay) -> str:
    if seen.result is None:
        return "not counted"
    out = []
    for name, count in seen.result.counts.items():
        placed = sum(1 for part in count.areas.values() if part.total_placed())
        again = seen.law.tier(name).votes is not None
        where = "national totals" if not placed else f"placed in {placed}" if again else f"{placed} districts"
        out.append(f"{name.replace('_', ' ')}: {where}")
    return "; ".join(out)


def _compared_by(seen: Replay) -> str:
    out = []
    for tier, areas in seen.election.official.items():
        if tier not in seen.election.declared:
            placed = _placed(seen, tier)
            n, of = len(areas.keys() - {NATION}), len(placed | areas.keys() - {NATION})
            kinds = [f"{n} districts" if n == of else f"{n} of {of} districts"] if n else []
            out.append(f"{_words(tier)}: {' and '.join(kinds + ['totals'] * (NATION in areas))}")
    return "; ".join(out)


def _words(tier: str) -> str:
    return "all tiers" if tier == HOUSE else tier.replace("_", " ")


def _placed(seen: Replay, tier: str) -> set[str]:
    """Return the areas of a tier, or of every tier, that got seats in the count."""
    counts = [] if seen.result is None else seen.result.counts.items()
    return {
        area
        for name, count in counts
        if tier in (name, HOUSE)
        for area, part in count.areas.items()
        if part.total_placed()
    }


def _some(left: set[str], placed: set[str]) -> str:
    return "single districts" if left == placed else ", ".join(sorted(left))


def _why_no_finer(seen: Replay) -> str:
    """Say which seats no official figure was found for, tier by tier; nothing where every place is compared."""
    if seen.result is None:
        return str(seen.question)
    out, by_house = list[str](), seen.election.official.get(HOUSE, {}).keys() - {NATION}
    for tier in seen.law.tiers:
        placed, compared = _placed(seen, tier.name), seen.election.official.get(tier.name, {}).keys()
        left = placed - compared - by_house
        if not placed and tier.district != "nationwide":
            out.append(f"No votes by district of the {_words(tier.name)} tier were found.")
        elif left:
            out.append(f"No official seats of the {_words(tier.name)} tier were found for {_some(left, placed)}.")
    sentences = [part for note in seen.election.notes for part in re.split(r"(?<=[.]) ", note) if "earched" in part]
    told = [*out, *sentences] if out else []
    if by_house and len(seen.law.tiers) > 1:
        told.append("The official seats of a district are those of both tiers together.")
    return " ".join(told).replace("\n", " ").replace("|", "/")


def mechanisms() -> str:
    """Return the page of mechanisms: question, formula, ranges, and what comes out over the whole range."""
    parts = [
        f"{MADE}# Mechanisms\n\nSmall stated models behind claims of cause. Their parameters are ranges, no estimates; "
        f"each effect is shown over the whole range ({POINTS:,} scrambled Sobol points and all corners). A mechanism "
        "shows what can be, never what is: no verdict rests on one alone.\n"
    ]
    for name in MECHANISMS:
        model = load_mechanism(name)
        seen = explore(model, model.narrowed({}))
        rows = "\n".join(f"| {key} | {p.low:g} to {p.high:g} | {p.words} |" for key, p in model.parameters.items())
        decisive = ", ".join(f"{key} ({r:+.2f})" for key, r in seen.decisive[:3])
        parts.append(
            f"## {name}\n\n{model.question}\n\n*Effect:* {model.effect_is}; above zero it works as claimed.\n\n"
            f"`{model.formula}`\n\n| parameter | range | what it is |\n| --- | --- | --- |\n{rows}\n\n"
            f"Over the range: {seen.low:.3g} to {seen.high:.3g}, middle {seen.median:.3g}, above zero in "
            f"{seen.above / seen.points:.0%} of it. It goes most with {decisive} (rank correlation).\n\n"
            f"*After:* {model.after}.\n"
        )
    return "\n".join(parts)


def case(template: Path, country: str) -> str:
    """Return a case study: a text whose numbers and verdicts are computed from the claims now."""
    book = load_book(country)
    # A fixed day, so that the page changes with the records and not with the calendar.
    chain = gather(country, World(tables=book.tables, on=JUDGED))
    seen = {s.claim.id: s for s in chain.resolutions}
    verdicts = [s.verdict.value for s in chain.resolutions]

    def fill(found: re.Match[str]) -> str:
        what = found[1]
        if what.startswith("count "):
            kind = what.removeprefix("count ")
            return str(len(verdicts) if kind == "all" else verdicts.count(kind))
        if what == "table under":
            (part,) = [p for p in sections(chain) if p.title == "Seats"]
            return to_markdown(part.tables[-1])
        if what == "table claims":
            return to_markdown(claims_table(chain.resolutions, title=""))
        if what.endswith("!"):
            return str(seen[what[:-1]].verdict)
        claim, _, figure = what.partition(".")
        known = seen[claim].figures[figure]
        return known.spelled() if known else "no figure"

    return MADE + re.sub(r"\{\{(.+?)\}\}", fill, template.read_text(encoding="utf-8"))


def index() -> tuple[Path, str]:
    """Return the index of elections that ships."""
    return shipped("elections") / INDEX, index_text()


def schemas() -> Iterator[tuple[Path, str]]:
    """Yield the JSON schemas of the files that people write, for editors that check while one types."""
    law = LawForm.model_json_schema(by_alias=True)
    one_step = [_one_of(law["$defs"], STEPS, name) for name in STEPS]
    each = {
        "type": "object",
        "properties": {"each": {"const": "district"}, "steps": {"$ref": "#/$defs/Steps"}},
        "required": ["each", "steps"],
        "additionalProperties": False,
    }
    law["$defs"]["Steps"] = {"type": "array", "items": {"anyOf": [*one_step, each]}}
    law["$defs"]["TierForm"]["properties"]["steps"] = {"$ref": "#/$defs/Steps"}
    parties = PartyLawForm.model_json_schema(by_alias=True)
    conditions = [_one_of(parties["$defs"], CONDITIONS, name) for name in CONDITIONS]
    parties["properties"]["conditions"] = {"type": "array", "items": {"anyOf": conditions}}
    forms = {"election": ElectionForm, "areas": AreasForm, "cases": CasesForm, "population": PopulationForm}
    forms |= {"entry": EntryForm}
    others = {name: form.model_json_schema(by_alias=True) for name, form in forms.items()}
    for name, schema in {"law": law, "party-law": parties, **others}.items():
        yield HERE.parent / f"schemas/{name}.schema.json", json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _one_of(definitions: dict[str, Any], kinds: Mapping[str, type], name: str) -> dict[str, Any]:
    """Return the schema of one step or condition: its word with its terms."""
    form = form_of(kinds[name]).model_json_schema(ref_template="#/$defs/{model}")
    definitions |= form.pop("$defs", {})
    return {"type": "object", "properties": {name: form}, "required": [name], "additionalProperties": False}


def main() -> None:
    """Write the pages, the schemas and the index, and say which changed."""
    for path, text in [index(), *schemas(), *pages()]:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
