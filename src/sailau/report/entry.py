"""Tables of an entry: gates, arithmetic, surface, reference class, expectations, indices, variants, and the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sailau.report.party_laws import caveats
from sailau.report.table import Cell, Table, plain
from sailau.runs.entry import Entry
from sailau.runs.entry_inputs import MEANINGS
from sailau.runs.entry_power import Worth
from sailau.runs.entry_scenario import Scenario
from sailau.runs.entry_sensitivity import Index, Variant, above, identifiable
from sailau.terms.numbers import percent
from sailau.terms.speech import coded


def share(value: float | Fraction) -> str:
    """Return a share with one decimal, and with more where it is small: 12.3%, 0.45%, 0.012%."""
    number = 100 * float(value)
    if number == 0 or number >= 1:
        return f"{number:.1f}%"
    return f"{number:.2g}%" if number >= 0.001 else "below 0.001%"


def gates_table(entry: Entry) -> Table:
    """Return the chain of gates, each with its interval, and the whole."""
    chain = entry.chain
    rows: list[tuple[Cell, ...]] = [
        (coded(gate.name), share(gate.low), share(gate.middle), share(gate.high), gate.basis) for gate in chain.gates
    ]
    whole = chain.whole
    rows.append((coded(whole.name), share(whole.low), share(whole.middle), share(whole.high), whole.basis))
    low, middle, high = chain.seats
    notes = [f"seats of a list that passes: {low} to {high}, {middle} in the middle (90% of the draws)"]
    if chain.unpassed:
        notes.append(f"{share(chain.unpassed)} of the draws below the bar have a seat nevertheless, by the guarantee")
    if chain.open:
        notes.append(f"in {chain.open:,} draws the law leads to no outcome (a tie, a case it is silent on): left out")
    if chain.worth is not None:
        notes.append(_worth(chain.worth))
    if any(not gate.counts for gate in chain.gates):
        notes.append("organise is shown apart: the row below it counts both stages from the first notification on")
    notes.append("low and high are the points of 2.5% and 97.5%; gates are multiplied draw by draw, in the last row")
    columns = ("gate", "low", "middle", "high", "basis")
    return Table(columns, tuple(rows), f"{entry.scenario.name}: the gates", tuple(notes))


def _worth(found: Worth) -> str:
    """Say what seats of the list are worth where it has any."""
    if not found.pivotal:
        return (
            f"seats without power: no simple majority of these seats needs the list in any draw, and in "
            f"{share(found.alone)} of them another party has the majority by itself"
        )
    low, middle, high = map(share, found.power)
    return (
        f"with a seat, some simple majority of these seats needs the list in {share(found.pivotal)} of the draws; its "
        f"power (Banzhaf) is {low} to {high}, {middle} in the middle (90% of the draws)"
    )


def answer(entry: Entry) -> str:
    """Say the answer: a conditional statement with an interval, never one number."""
    scenario, chain = entry.scenario, entry.chain
    low, _, high = entry.shares
    if chain.barred:
        return f"under {scenario.party_law} the list cannot be registered ({chain.barred}); the rest is without the ban"
    mean = float(entry.outcome.chance.mean())
    return (
        f"if the list is registered and stands under {scenario.law}, if people choose as modelled and the ranges hold, "
        f"it has {share(low)} to {share(high)} of the votes (90% of the ranges) and passes {percent(entry.bar)} with a "
        f"mean chance of {share(mean)}; with the record of registrations the chance of a seat goes from "
        f"{share(chain.whole.low)} to {share(chain.whole.high)} (95%)"
    )


def arithmetic_table(entry: Entry) -> Table:
    """Return what a list of one group, or of all but the majority, needs of their votes."""
    first = next(iter(entry.needs.values()))
    bars = list(first[0].needed) if first else []
    rows: list[tuple[Cell, ...]] = [
        (name, need.groups, need.people, share(need.of_all), *(_needed(need.needed[bar]) for bar in bars))
        for name, found in entry.needs.items()
        for need in found
    ]
    columns = ("electorate", "list_of", "people", "of_all", *(f"needs_at_{percent(bar)}" for bar in bars))
    notes = ("share of the group's own votes; equal turnout, nothing from others; exact",)
    return Table(columns, tuple(rows), f"{entry.scenario.name}: the arithmetic", notes)


def _needed(value: Fraction) -> str:
    return f"{float(value):.1%}" if value <= 1 else "no loyalty suffices"


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
    where = "; ".join(f"{share(own[i])} and {share(home[i])}" for i in inside)
    notes = (
        f"support among the groups it speaks to at which the share is exactly {percent(entry.bar)}; exact",
        f"the ranges put the list at (its own groups, {scenario.majority_name}): {where}",
    )
    return Table(columns, rows, f"{scenario.name}: the surface on which the share is the bar", notes)


def _support(value: Fraction) -> str:
    return "above 100%" if value > 1 else "passes without" if value < 0 else f"{float(value):.1%}"


def debuts_table(entry: Entry) -> Table:
    """Return the comparable debuts and what they tell."""
    found = entry.reference
    rows = tuple(
        (
            case.country,
            case.held_on,
            case.list,
            case.kind,
            share(case.share),
            percent(case.bar),
            case.passed,
            case.source,
        )
        for case in sorted(found.cases, key=lambda case: (case.country, case.held_on, case.list))
    )
    low, high = found.rate.interval()
    passed = f"{found.rate.passed} of {found.rate.tried} passed: {share(low)} to {share(high)} (95%)"
    scores = f"log score {found.score_logit:.3f} against {found.score_rate:.3f} of the plain rate, one country left out"
    verdict = (
        f"the logit beats the rate: {scores}"
        if found.logit_wins
        else f"a logit on bar, succession, kind and freedom does not beat the rate ({scores}): only the rate is told"
    )
    columns = ("country", "held_on", "list", "kind", "share", "bar", "passed", "source")
    notes = (passed, verdict, *entry.debuts.rules, *entry.debuts.notes)
    return Table(columns, rows, f"{entry.scenario.name}: comparable debuts", notes)


def expectations_table(entry: Entry) -> Table:
    """Return every belief about the list's chance that confirms itself."""
    seen = entry.expectations
    rows = [("the middle of the ranges", share(p.chances[0]), p.stable) for p in seen.middle]
    rows += [("where they are farthest apart", share(p.chances[0]), p.stable) for p in seen.widest]
    notes = (f"several beliefs confirm themselves in {share(seen.several)} of the points; unstable ones are shown too",)
    title = f"{entry.scenario.name}: chances to pass that confirm themselves"
    return Table(("at", "chance", "stable"), tuple(rows), title, notes)


def inputs_table(entry: Entry) -> Table:
    """Return what is not known: ranges, meanings and reasons."""
    rows = tuple((i.name, f"{i.low:g}", f"{i.high:g}", MEANINGS[i.name], i.why) for i in entry.scenario.inputs)
    return Table(
        ("input", "low", "high", "meaning", "why"),
        rows,
        f"{entry.scenario.name}: what is not known",
        _assumed(entry.scenario),
    )


def _assumed(scenario: Scenario) -> tuple[str, ...]:
    law = [caveats(scenario.party_law)[0]] if scenario.party_law and not scenario.party_law.checked else []
    return (*scenario.notes, *law, "no range was fitted to the returns of an election")


def sensitivity_table(name: str, indices: Sequence[Index]) -> Table:
    """Return Sobol indices of the chance to pass."""
    rows = tuple(
        (
            i.name,
            *(f"{value:.3f}" for value in (i.first, i.total, i.first_error, i.total_error, i.pawn)),
            MEANINGS[i.name],
        )
        for i in indices
    )
    columns = ("input", "first", "total", "first_error", "total_error", "pawn", "meaning")
    notes = (identifiable(indices), "errors are half of a 95% interval by bootstrap; totals add up to more than 1")
    return Table(columns, rows, f"{name}: what the chance to pass hangs on", notes)


def multiverse_table(name: str, variants: Sequence[Variant]) -> Table:
    """Return every variant of the model, and how many are above each mark."""
    rows = tuple(
        (
            v.switches.electorate,
            v.switches.expectation,
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
    told = ", ".join(f"{part:.0%} above {mark:.0%}" for mark, part in above(variants).items())
    notes = (f"{len(variants)} variants; mean chance to pass: {told}", "low, middle, high: shares at 5%, 50% and 95%")
    return Table(columns, rows, f"{name}: every way of modelling", notes)


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
