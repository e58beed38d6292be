"""Tables of an entry: gates, arithmetic, surface, reference class, expectations, indices, variants, and the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sailau.files.told import told
from sailau.report.party_laws import caveats
from sailau.report.table import Cell, Table, plain
from sailau.runs.entry import Entry
from sailau.runs.entry_inputs import MEANINGS
from sailau.runs.entry_power import Worth
from sailau.runs.entry_scenario import Scenario
from sailau.runs.entry_sensitivity import Index, Variant, above, identifiable
from sailau.terms.numbers import percent
from sailau.terms.speech import coded, marks, quoted, say, spoken
from sailau.terms.words import percent as told_percent


def share(value: float | Fraction) -> str:
    """Return a share with one decimal, and with more where it is small: 12.3%, 0.45%, 0.012%."""
    number = 100 * float(value)
    if number == 0 or number >= 1:
        return f"{number:.1f}%"
    return f"{number:.2g}%" if number >= 0.001 else say("below {share}", share=marks("0.001%", spoken()))


def told_share(value: float | Fraction) -> str:
    """Return a share as `share` does, with the marks of the language: for a sentence, not for a cell."""
    return marks(share(value), spoken())


def gates_table(entry: Entry) -> Table:
    """Return the chain of gates, each with its interval, and the whole."""
    chain = entry.chain
    rows: list[tuple[Cell, ...]] = [
        (coded(gate.name), share(gate.low), share(gate.middle), share(gate.high), gate.basis) for gate in chain.gates
    ]
    whole = chain.whole
    rows.append((coded(whole.name), share(whole.low), share(whole.middle), share(whole.high), whole.basis))
    low, middle, high = chain.seats
    seats = "seats of a list that passes: {low} to {high}, {middle} in the middle (90% of the draws)"
    notes = [say(seats, low=low, high=high, middle=middle)]
    if chain.unpassed:
        by_law = "{share} of the draws below the bar have a seat nevertheless, by the guarantee"
        notes.append(say(by_law, share=told_share(chain.unpassed)))
    if chain.open:
        silent = "in {n:,} draws the law leads to no outcome (a tie, a case it is silent on): left out"
        notes.append(say(silent, n=chain.open))
    if chain.worth is not None:
        notes.append(_worth(chain.worth))
    if any(not gate.counts for gate in chain.gates):
        notes.append(say("organise is shown apart: the row below it counts both stages from the first notification on"))
    points = "low and high are the points of 2.5% and 97.5%; gates are multiplied draw by draw, in the last row"
    notes.append(say(points))
    columns = ("gate", "low", "middle", "high", "basis")
    return Table(columns, tuple(rows), say("{name}: the gates", name=quoted(entry.scenario.name)), tuple(notes))


def _worth(found: Worth) -> str:
    """Say what seats of the list are worth where it has any."""
    if not found.pivotal:
        none = (
            "seats without power: no simple majority of these seats needs the list in any draw, and in {alone} of them "
            "another party has the majority by itself"
        )
        return say(none, alone=told_share(found.alone))
    low, middle, high = map(told_share, found.power)
    some = (
        "with a seat, some simple majority of these seats needs the list in {pivotal} of the draws; its power "
        "(Banzhaf) is {low} to {high}, {middle} in the middle (90% of the draws)"
    )
    return say(some, pivotal=told_share(found.pivotal), low=low, high=high, middle=middle)


def answer(entry: Entry) -> str:
    """Say the answer: a conditional statement with an interval, never one number."""
    scenario, chain = entry.scenario, entry.chain
    low, _, high = entry.shares
    if chain.barred:
        closed = "under {law} the list cannot be registered ({article}); the rest is without the ban"
        return say(closed, law=str(scenario.party_law), article=quoted(chain.barred))
    if not entry.bar:
        return _without_bar(entry)
    sentence = (
        "if the list is registered and stands under {law}, if people choose as modelled and the ranges hold, it has "
        "{low} to {high} of the votes (90% of the ranges) and passes {bar} with a mean chance of {mean}; with the "
        "record of registrations the chance of a seat goes from {least} to {most} (95%)"
    )
    if entry.where:
        sentence = (
            "if the list is registered and stands under {law}, if people choose as modelled and the ranges hold, it "
            "has {low} to {high} of the votes in {region} (90% of the ranges) and passes {bar} there with a mean "
            "chance of {mean}; with the record of registrations the chance of a seat goes from {least} to {most} (95%)"
        )
    return say(
        sentence,
        law=str(scenario.law),
        region=entry.region,
        low=told_share(low),
        high=told_share(high),
        bar=told_percent(entry.bar),
        mean=told_share(float(entry.outcome.chance.mean())),
        least=told_share(chain.whole.low),
        most=told_share(chain.whole.high),
    )


def _without_bar(entry: Entry) -> str:
    """Say the answer where no bar stands between the list and a seat."""
    low, _, high = entry.shares
    seats = next(gate for gate in entry.chain.gates if gate.name == "seats")
    sentence = (
        "if the list is registered and stands under {law}, if people choose as modelled and the ranges hold, it has "
        "{low} to {high} of the votes (90% of the ranges); no bar stands in its way, and it has a seat in {few} to "
        "{many} of the draws; with the record of registrations the chance of a seat goes from {least} to {most} (95%)"
    )
    return say(
        sentence,
        law=str(entry.scenario.law),
        low=told_share(low),
        high=told_share(high),
        few=told_share(seats.low),
        many=told_share(seats.high),
        least=told_share(entry.chain.whole.low),
        most=told_share(entry.chain.whole.high),
    )


def arithmetic_table(entry: Entry) -> Table:
    """Return what a list of one group, or of all but the majority, needs of their votes."""
    first = next(iter(entry.needs.values()))
    bars = list(first[0].needed) if first else []
    rows: list[tuple[Cell, ...]] = [
        (
            coded(name),
            _groups(entry.scenario, need.groups),
            need.people,
            share(need.of_all),
            *(_needed(need.needed[bar]) for bar in bars),
        )
        for name, found in entry.needs.items()
        for need in found
    ]
    columns = ("electorate", "list_of", "people", "of_all", *(f"needs_at_{percent(bar)}" for bar in bars))
    notes = (say("share of the group's own votes; equal turnout, nothing from others; exact"), *local_notes(entry))
    return Table(columns, tuple(rows), say("{name}: the arithmetic", name=quoted(entry.scenario.name)), notes)


def _groups(scenario: Scenario, groups: str) -> str:
    """Return what groups are called: by their ids in English, where machines read them, by their names elsewhere."""
    if spoken() == "en":
        return groups
    if groups == f"all but {scenario.majority}":
        return say("all but {group}", group=scenario.majority_name)
    return scenario.group_names.get(groups, groups)


def _needed(value: Fraction) -> str:
    return f"{float(value):.1%}" if value <= 1 else say("no loyalty suffices")


def surface_table(entry: Entry) -> Table:
    """Return the support among its own at which the list has exactly the bar."""
    scenario = entry.scenario
    ratios = list(entry.surface)
    elsewhere = list(next(iter(entry.surface.values()), {}))
    rows = tuple((share(p), *(_support(entry.surface[r][p]) for r in ratios)) for p in elsewhere)
    columns = (f"among_{scenario.majority}", *(f"turnout_x{float(r):g}" for r in ratios))
    own, home = entry.outcome.own, entry.outcome.majority
    at = sorted(range(len(own)), key=lambda i: float(own[i]))
    inside = [at[len(at) // 20], at[len(at) // 2], at[-len(at) // 20]]
    where = "; ".join(say("{own} and {home}", own=told_share(own[i]), home=told_share(home[i])) for i in inside)
    exact = "support among the groups it speaks to at which the share is exactly {bar}; exact"
    ranges = "the ranges put the list at (its own groups, {majority}): {where}"
    notes = (say(exact, bar=told_percent(entry.bar)), say(ranges, majority=scenario.majority_name, where=where))
    title = say("{name}: the surface on which the share is the bar", name=quoted(scenario.name))
    return Table(columns, rows, title, (*notes, *local_notes(entry)))


def local_notes(entry: Entry) -> tuple[str, ...]:
    """Say where the bar has to be reached, where each district has one of its own."""
    if not entry.where:
        return ()
    where = "each district has a bar of its own: all of this is about {region}, where its groups are the largest part"
    return (say(where, region=entry.region),)


def _support(value: Fraction) -> str:
    if value > 1:
        return say("above 100%")
    return say("passes without") if value < 0 else f"{float(value):.1%}"


def debuts_table(entry: Entry) -> Table:
    """Return the comparable debuts and what they tell."""
    found = entry.reference
    rows = tuple(
        (
            case.country,
            case.held_on,
            case.list,
            coded(case.kind),
            share(case.share),
            percent(case.bar),
            case.passed,
            case.source,
        )
        for case in sorted(found.cases, key=lambda case: (case.country, case.held_on, case.list))
    )
    low, high = found.rate.interval()
    passed = say(
        "{passed} of {tried} passed: {low} to {high} (95%)",
        passed=found.rate.passed,
        tried=found.rate.tried,
        low=told_share(low),
        high=told_share(high),
    )
    beats = "the logit beats the rate: log score {logit:.3f} against {rate:.3f} of the plain rate, one country left out"
    fails = (
        "a logit on bar, succession, kind and freedom does not beat the rate (log score {logit:.3f} against {rate:.3f} "
        "of the plain rate, one country left out): only the rate is told"
    )
    verdict = say(beats if found.logit_wins else fails, logit=found.score_logit, rate=found.score_rate)
    columns = ("country", "held_on", "list", "kind", "share", "bar", "passed", "source")
    notes = (passed, verdict, *map(told, entry.debuts.rules), *map(told, entry.debuts.notes))
    return Table(columns, rows, say("{name}: comparable debuts", name=quoted(entry.scenario.name)), notes)


def expectations_table(entry: Entry) -> Table:
    """Return every belief about the list's chance that confirms itself."""
    seen = entry.expectations
    rows = [(say("the middle of the ranges"), share(p.chances[0]), p.stable) for p in seen.middle]
    rows += [(say("where they are farthest apart"), share(p.chances[0]), p.stable) for p in seen.widest]
    several = "several beliefs confirm themselves in {share} of the points; unstable ones are shown too"
    title = say("{name}: chances to pass that confirm themselves", name=quoted(entry.scenario.name))
    return Table(("at", "chance", "stable"), tuple(rows), title, (say(several, share=told_share(seen.several)),))


def inputs_table(entry: Entry) -> Table:
    """Return what is not known: ranges, meanings and reasons."""
    rows = tuple(
        (coded(i.name), f"{i.low:g}", f"{i.high:g}", say(MEANINGS[i.name]), quoted(i.why))
        for i in entry.scenario.inputs
    )
    title = say("{name}: what is not known", name=quoted(entry.scenario.name))
    return Table(("input", "low", "high", "meaning", "why"), rows, title, _assumed(entry.scenario))


def _assumed(scenario: Scenario) -> tuple[str, ...]:
    law = [caveats(scenario.party_law)[0]] if scenario.party_law and not scenario.party_law.checked else []
    return (*scenario.notes, *law, say("no range was fitted to the returns of an election"))


def sensitivity_table(name: str, indices: Sequence[Index]) -> Table:
    """Return Sobol indices of the chance to pass."""
    rows = tuple(
        (
            coded(i.name),
            *(f"{value:.3f}" for value in (i.first, i.total, i.first_error, i.total_error, i.pawn)),
            say(MEANINGS[i.name]),
        )
        for i in indices
    )
    columns = ("input", "first", "total", "first_error", "total_error", "pawn", "meaning")
    errors = say("errors are half of a 95% interval by bootstrap; totals add up to more than 1")
    title = say("{name}: what the chance to pass hangs on", name=quoted(name))
    return Table(columns, rows, title, (identifiable(indices), errors))


def multiverse_table(name: str, variants: Sequence[Variant]) -> Table:
    """Return every variant of the model, and how many are above each mark."""
    rows = tuple(
        (
            coded(v.switches.electorate),
            coded(v.switches.expectation),
            v.switches.by_age,
            v.switches.rival_joins,
            v.switches.by_language,
            v.switches.camps,
            share(v.chance),
            share(v.low),
            share(v.middle),
            share(v.high),
        )
        for v in variants
    )
    columns = (
        "electorate",
        "expectation",
        "by_age",
        "rival_joins",
        "by_language",
        "camps",
        "chance",
        "low",
        "middle",
        "high",
    )
    shares = ", ".join(
        say("{part:.0%} above {mark:.0%}", part=part, mark=mark) for mark, part in above(variants).items()
    )
    many = say("{n} variants; mean chance to pass: {shares}", n=len(variants), shares=shares)
    title = say("{name}: every way of modelling", name=quoted(name))
    return Table(columns, rows, title, (many, say("low, middle, high: shares at 5%, 50% and 95%")))


def together(parts: Mapping[str, Table]) -> Table:
    """Return all parts as one table, for a pipe: the part, then the cells by name; its JSON form has them apart."""
    rows = tuple(
        (part, column, i, cell)
        for part, table in parts.items()
        for i, row in enumerate(table.rows, start=1)
        for column, cell in zip(table.columns, row, strict=True)
    )
    notes = tuple(note for table in parts.values() for note in table.notes)
    apart = {
        part: [{column: plain(cell) for column, cell in zip(table.columns, row, strict=True)} for row in table.rows]
        for part, table in parts.items()
    }
    return Table(("part", "column", "row", "value"), rows, "", notes, {"parts": apart})
