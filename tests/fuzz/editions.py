"""Laws of the archive with a clause changed, and its votes made strange: every step where a statute puts it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import fields, replace
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from tests.law.test_families import FRAME, PATTERNS, tally_of

from sailau.files.document import Document
from sailau.law.edition import Law
from sailau.law.library import law_ids, load_editions
from sailau.law.read import make_law, parse_law
from sailau.records.library import election_ids, load_election
from sailau.runs.replay import law_of
from sailau.seats.count import flat
from sailau.seats.steps import STEPS
from sailau.seats.ties import RULES
from sailau.terms.divisor import DIVISORS
from sailau.terms.errors import Place
from sailau.terms.quota import QUOTAS
from sailau.terms.tally import LINES, NATION, Ballots, Tally

Steps = list[dict[str, Any]]
LINES_OF_A_SMALL_ELECTION = 3_000
EXTREMES: tuple[object, ...] = (0, 1, 2, 3, 7, -1, 10**30, "0%", "1%", "5%", "100%", "1/3", "7/5", "150%", "-5%", None)


@cache
def small_elections() -> tuple[str, ...]:
    """Return elections whose votes are few enough to be counted many times, one for each edition."""
    found: dict[str, str] = {}
    for name in election_ids():
        election = load_election(name)
        n = sum(len(lines) for part in election.tally.tiers.values() for lines in part.votes.values())
        n += sum(len(pile) for part in election.tally.tiers.values() for pile in part.rankings.values())
        if 0 < n <= LINES_OF_A_SMALL_ELECTION:
            found.setdefault(str(law_of(election)), name)
    return tuple(found.values())


@cache
def patterns() -> tuple[tuple[Law, Tally], ...]:
    """Return the laws of the page on laws by family, with votes that they count."""
    laws = [parse_law(FRAME + text, f"xx/house@{i}") for i, (_, text) in enumerate(PATTERNS)]
    return tuple((law, tally_of(law)) for law in laws)


def edition_and_tally(name: str) -> tuple[Law, Tally]:
    """Return the law and the votes of an election of the archive."""
    election = load_election(name)
    return law_of(election), election.tally


def any_case(rng: random.Random) -> tuple[Law, Tally]:
    """Return a law and votes that it counts: an edition of the archive, or a pattern of the page."""
    if rng.random() < 0.5:
        return rng.choice(patterns())
    return edition_and_tally(rng.choice(small_elections()))


def steps_of(law: Law) -> set[str]:
    """Return the words of the steps that a law is made of."""
    return {step.name for tier in law.tiers for step in flat(tier.steps)}


def written(steps: Steps) -> Iterator[tuple[Steps, int, str]]:
    """Yield every step as written: the list it stands in, its place there and its word."""
    for i, step in enumerate(steps):
        if "each" in step:
            yield from written(step["steps"])
        else:
            yield steps, i, next(iter(step))


@cache
def every_step() -> Mapping[str, list[dict[str, Any]]]:
    """Return the terms with which each step stands in the laws that ship, by its word; each once."""
    found: dict[str, list[dict[str, Any]]] = {}
    editions = [edition for name in law_ids() for edition in load_editions(name)]
    for law in (*editions, *(law for law, _ in patterns())):
        for tier in law.document["tiers"].values():  # type: ignore[attr-defined]
            for steps, i, word in written(tier["steps"]):
                terms = {term: value for term, value in steps[i][word].items() if term != "cite"}
                if terms not in found.setdefault(word, []):
                    found[word].append(terms)
    return found


@cache
def seen(word: str, term: str) -> tuple[object, ...]:
    """Return what stands in the laws that ship for a term of a step."""
    return tuple(terms[term] for terms in every_step()[word] if term in terms)


def words_of(hint: Any) -> list[object]:
    """Return values that a term of a type can take."""
    if hint is bool:
        return [True, False]
    if get_origin(hint) is Literal:
        return list(get_args(hint))
    if get_origin(hint) in (Union, UnionType, tuple):
        return [word for part in get_args(hint) if part not in (..., type(None)) for word in words_of(part)]
    return []


def term_of(rng: random.Random, word: str) -> tuple[str, object]:
    """Return a term of a step and a value for it: one that some law has, one that its type has, or an odd one."""
    hints = get_type_hints(STEPS[word])
    term = rng.choice([part.name for part in fields(STEPS[word]) if part.name != "cite"] or ["cite"])
    names: dict[str, Mapping[str, object]] = {
        "quota": {**QUOTAS, "hare+1/2": None, "hare_rounded_up+3/5": None},
        "divisor": DIVISORS,
        "ties": RULES,
    }
    values = [*seen(word, term), *words_of(hints[term]), *names.get(term, ())] * 3
    return term, rng.choice([*values, *EXTREMES])


def with_other_terms(rng: random.Random, law: Law, word: str) -> Law:
    """Return the law with one term of a step replaced."""
    values = _copy(law)
    places = [place for tier in values["tiers"].values() for place in written(tier["steps"]) if place[2] == word]
    steps, i, _ = rng.choice(places)
    term, value = term_of(rng, word)
    steps[i][word][term] = value
    return make_law(Document(values, {(): Place("changed")}), law.edition, "changed")


def _copy(law: Law) -> dict[str, Any]:
    values = deepcopy(dict(law.document))
    values["texts"] = {**values["texts"], "x": "Borrowed"}
    values["seats"].pop("total", None)
    return values


def changed(rng: random.Random, law: Law) -> Law:
    """Return the law with one to three clauses changed, dropped, doubled, moved or borrowed."""
    values = _copy(law)
    for _ in range(rng.choice([1, 1, 2, 3])):
        tier = values["tiers"][rng.choice(list(values["tiers"]))]
        places = list(written(tier["steps"]))
        if places:
            _change(rng, tier, *rng.choice(places))
    return make_law(Document(values, {(): Place("changed")}), law.edition, "changed")


def _change(rng: random.Random, tier: dict[str, Any], steps: Steps, i: int, word: str) -> None:
    way = rng.random()
    if way < 0.5:
        term, value = term_of(rng, word)
        steps[i][word][term] = value
    elif way < 0.6:
        terms = [term for term in steps[i][word] if term != "cite"]
        if terms:
            del steps[i][word][rng.choice(terms)]
    elif way < 0.7:
        del steps[i]
    elif way < 0.75:
        steps.insert(i, deepcopy(steps[i]))
    elif way < 0.85:
        steps.insert(rng.randint(0, len(steps) - 1), steps.pop(i))
    elif way < 0.95:
        steps.insert(rng.randint(0, len(steps)), borrowed(rng))
    else:
        _change_tier(rng, tier)


def _change_tier(rng: random.Random, tier: dict[str, Any]) -> None:
    key, values = rng.choice(
        [
            ("seats", [None, 1, 2, 5, 100, 1_000]),
            ("district", ["nationwide", "single_member", "multi_member"]),
            ("ballot", ["closed_list", "open_list", "candidate", "ranked", "none"]),
            ("lines", ["party", "contender"]),
            ("areas", ["region", "district"]),
        ]
    )
    tier[key] = rng.choice(values)


def borrowed(rng: random.Random) -> dict[str, Any]:
    """Return a step of any law, with its citation replaced."""
    word = rng.choice(sorted(every_step()))
    return {word: {**deepcopy(rng.choice(every_step()[word])), "cite": "x 1"}}


def strange(rng: random.Random, tally: Tally) -> Tally:
    """Return the tally with other votes: tied, none, giants, those of somebody else; areas and lines may be missing."""
    way = rng.choice(["as they were", "tied", "few", "any", "giants", "dealt", "one", "none", "thinned", "thinned"])
    tiers = {name: _strange(rng, way, part) for name, part in tally.tiers.items()}
    return replace(tally, tiers=tiers)


def _strange(rng: random.Random, way: str, part: Ballots) -> Ballots:
    votes = {area: _lines(rng, way, lines) for area, lines in part.votes.items()}
    rankings = {area: {order: _n(rng, way, n) for order, n in pile.items()} for area, pile in part.rankings.items()}
    if way == "thinned":
        gone = {area for area in votes if area != NATION and rng.random() < 0.1}
        votes = {area: lines for area, lines in votes.items() if area not in gone}
        rankings = {area: pile for area, pile in rankings.items() if area not in gone}
    totals = part.totals
    if way not in ("as they were", "thinned") or rng.random() < 0.3:
        totals = {area: _totals(rng, figures, votes.get(area)) for area, figures in part.totals.items()}
    for area, pile in rankings.items():
        first = dict.fromkeys(votes.get(area, {}), 0)
        for order, n in pile.items():
            if order and order[0] in first:
                first[order[0]] += n
        votes[area] = first
    return replace(part, votes=votes, totals=totals, rankings=rankings)


def _lines(rng: random.Random, way: str, lines: Mapping[str, int]) -> dict[str, int]:
    if way == "dealt":
        figures = list(lines.values())
        rng.shuffle(figures)
        return dict(zip(lines, figures, strict=True))
    if way == "one":
        best = rng.choice(sorted(lines)) if lines else ""
        return {line: 1_000 if line == best else 0 for line in lines}
    if way == "thinned":
        return {line: n for line, n in lines.items() if rng.random() < 0.9} or dict(lines)
    return {line: _n(rng, way, n) for line, n in lines.items()}


def _n(rng: random.Random, way: str, n: int) -> int:
    made = {"tied": 100, "few": rng.randint(0, 5), "any": rng.randint(0, 100_000), "none": 0}
    return n * 2**70 + rng.randint(0, 9) if way == "giants" else made.get(way, n)


def _totals(rng: random.Random, figures: Mapping[str, int], lines: Mapping[str, int] | None) -> dict[str, int]:
    """Return totals that go with the lines, where there are lines; now and then without one of them."""
    valid = sum(n for line, n in (lines or {}).items() if line not in LINES - {"against_all"})
    made = {"valid": valid, "ballots": valid + valid // 10, "voters": valid + valid // 10, "registered": 2 * valid + 1}
    new = {name: made.get(name, n) if lines else n for name, n in figures.items()}
    return {name: n for name, n in new.items() if rng.random() < 0.95}
