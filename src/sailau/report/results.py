"""Tables of results: a count, a replay, a comparison, a scoreboard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sailau.files.told import told
from sailau.law.asked import Asked
from sailau.law.edition import Law
from sailau.law.result import Result
from sailau.report.table import Cell, Table
from sailau.runs.compare import Comparison
from sailau.runs.replay import Difference, Replay
from sailau.terms.errors import Undecided
from sailau.terms.tally import NATION, Tally
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import coded, joined, quoted, say, speaking, spoken

EXACT, IN_PART, NO_PROOF = "exact", "exact in part", "matches, no proof"
"""Verdicts on replays in which every compared seat comes out as published."""


def caveats(law: Law, tally: Tally | None = None, decisions: Mapping[str, Iterable[str]] | None = None) -> list[str]:
    """Return what every report made from this law, tally and decisions has to say."""
    notes = []
    if law.checked is None:
        notes.append(say("{law} was not compared with the statute (checked: null)", law=law))
    if law.changes:
        changes = ", ".join(f"{path}={value}" for path, value in law.changes.items())
        notes.append(say("a changed law: {law} with {changes}", law=law, changes=changes))
    if tally and tally.unit:
        notes.append(say("counted on {unit}, not on votes", unit=told(tally.unit)))
    idle = decisions.idle if isinstance(decisions, Asked) else ()
    for key, answer in (decisions or {}).items():
        sentence = "decided from outside: {key} = {answer}"
        if key in idle:
            sentence = "{key} = {answer} decided nothing: no step of {law} asks for it"
        notes.append(say(sentence, key=key, answer=", ".join(answer), law=law))
    return notes


def result_table(result: Result, *, title: str = "", declared: Mapping[str, int] | None = None) -> Table:
    """Return seats by party, one column for each tier, and the total."""
    votes = result.tally.party_votes()
    tiers = list(result.counts)
    by_tier = {tier: _by_party(result, seats) for tier, seats in result.tiers.items()}
    taken = dict(declared or {})
    names = sorted(
        {*result.seats, *taken, *(c for seats in by_tier.values() for c in seats)},
        key=lambda c: (-_total(c, by_tier, taken), -votes.get(c, 0), c),
    )
    rows = []
    for name in names:
        row: list[Cell] = [name, votes.get(name)]
        row += [by_tier[tier].get(name, 0) for tier in tiers]
        row += [taken.get(name, 0)] if taken else []
        rows.append((*row, _total(name, by_tier, taken)))
    columns = ("contender", "votes", *tiers, *(["declared"] if taken else []), "seats")
    notes = caveats(result.law, result.tally, result.decisions)
    missing = list(result.uncounted)
    if missing:
        why = say("their seats are taken over as declared") if taken else say("no votes were given")
        notes.append(say("not counted: {tiers} ({why})", tiers=", ".join(missing), why=why))
    notes += reading_notes(result)
    return Table(columns, tuple(rows), title, tuple(notes), {"law": str(result.law), "seats": result.seats})


def _by_party(result: Result, seats: Mapping[str, int]) -> dict[str, int]:
    total: dict[str, int] = {}
    for contender, n in seats.items():
        party = result.tally.party(contender)
        total[party] = total.get(party, 0) + n
    return total


def _total(name: str, by_tier: Mapping[str, Mapping[str, int]], declared: Mapping[str, int]) -> int:
    return sum(seats.get(name, 0) for seats in by_tier.values()) + declared.get(name, 0)


def reading_notes(result: Result) -> list[str]:
    """Say of each other reading of the law whether a seat differs."""
    notes = []
    for name, seats in result.readings().items():
        if isinstance(seats, str):
            notes.append(say("reading {name}: the count stops: {why}", name=name, why=seats))
        elif seats == result.seats:
            notes.append(say("reading {name}: no seat differs", name=name))
        else:
            moved = {c: seats.get(c, 0) - result.seats.get(c, 0) for c in {**seats, **result.seats}}
            parts = ", ".join(f"{c} {n:+d}" for c, n in sorted(moved.items()) if n)
            notes.append(say("reading {name}: seats differ: {parts}", name=name, parts=parts))
    return notes


def scoreboard(replays: Iterable[Replay]) -> Table:
    """Return one row for each replay: exact or not, and why."""
    return scoreboards(replays, (spoken(),))[spoken()]


def scoreboards(replays: Iterable[Replay], langs: Sequence[str]) -> dict[str, Table]:
    """Return the scoreboard in several languages; every election is replayed once."""
    rows: dict[str, list[tuple[Cell, ...]]] = {lang: [] for lang in langs}
    laws: dict[str, bool] = {}
    steps = 0
    for seen in replays:
        election, law = seen.election, seen.law
        laws[str(law)] = law.checked is not None
        said = verdict(seen)
        steps += said == EXACT and election.level == "national" and bool(_left_out(seen))
        for lang in langs:
            with speaking(lang):
                reason = _reason(seen) or None
            rows[lang].append((election.id, election.level, law.edition, seen.compared, seen.declared, said, reason))
    tables = {}
    for lang in langs:
        with speaking(lang):
            tables[lang] = _scores(rows[lang], laws, steps)
    return tables


def _scores(rows: Sequence[tuple[Cell, ...]], laws: Mapping[str, bool], steps: int) -> Table:
    exact = [row for row in rows if row[5] == EXACT]
    national = [str(row[0]) for row in exact if row[1] == "national"]
    countries = len({name.split("/")[0] for name in national})
    sentence = "{exact} of {elections} elections exact; {national} of them national, in {countries} countries"
    if countries == 1:
        sentence = "{exact} of {elections} elections exact; {national} of them national, in {countries} country"
    parts = [say(sentence, exact=len(exact), elections=len(rows), national=len(national), countries=countries)]
    parts += [say(" ({steps} at the national step of the law, from totals)", steps=steps)] if steps else []
    polls = sum(row[1] == "european" for row in exact)
    parts += [say("; {n} polls for the European Parliament", n=polls)] if polls else []
    in_part, unproven = (sum(row[5] == word for row in rows) for word in (IN_PART, NO_PROOF))
    parts += [say("; exact in part: {n}, where seats.csv leaves districts out", n=in_part)] if in_part else []
    sentence = (
        "; not counted as exact: {n} that match figures nobody here read, or seats that settled a rule of the law"
    )
    parts += [say(sentence, n=unproven)] if unproven else []
    columns = ("election", "level", "law", "counted", "declared", "verdict", "remark")
    unchecked = [law for law, checked in laws.items() if not checked]
    notes = _unchecked(unchecked, len(laws))
    extra = {"exact": len(exact), "elections": len(rows), "national": len(national), "countries": countries}
    more = {**extra, "european": polls, "in_part": in_part, "no_proof": unproven, "laws_not_compared": unchecked}
    return Table(columns, tuple(rows), joined(parts, ""), notes, more)


def _unchecked(laws: list[str], of: int) -> tuple[str, ...]:
    """Return what a report made from several laws says of those that nobody compared with their statute."""
    if not laws:
        return ()
    short = len(laws) <= 3
    several = ", ".join(laws) if short else say("{n} of the {of} editions used", n=len(laws), of=of)
    return (say("not compared with the statute (checked: null): {laws}; sailau laws shows which", laws=several),)


def verdict(seen: Replay) -> str:
    """Return the verdict of a replay in a word or two.

    ``exact``, ``exact in part`` (seats.csv leaves districts out), ``matches, no proof`` (nobody here read the figures,
    or they settled a rule of the law), ``differs``, ``differs, cause known``, ``undecided`` (the law leaves a question
    open), ``not counted`` (the record or the law is wrong, or lacks a figure) or ``nothing to compare``.
    """
    if seen.question is not None:
        return "undecided" if isinstance(seen.question, Undecided) else "not counted"
    if seen.differences:
        return "differs, cause known" if seen.noted else "differs"
    if not seen.compared:
        return "nothing to compare"
    if not seen.proves:
        return NO_PROOF
    return IN_PART if seen.in_part else EXACT


def _reason(seen: Replay) -> str:
    if seen.question is not None:
        return seen.question.what
    if seen.differences:
        sentence = "{where}{contender} {counted} (official {official})"
        parts = [
            say(sentence, where=_where(d), contender=d.contender, counted=d.counted, official=d.official)
            for d in seen.differences[:6]
        ]
        rest = len(seen.differences) - len(parts)
        more = say(" and {n} more", n=rest) if rest else ""
        return joined([joined([joined(parts, ", "), more], ""), *([quoted(seen.noted)] if seen.noted else [])], "; ")
    remarks = _bounds(seen)
    if seen.election.tally.unit:
        remarks.append(say("on {unit}", unit=told(seen.election.tally.unit)))
    if seen.election.declared:
        remarks.append(
            say("{tiers} as declared", tiers=", ".join(coded(tier) for tier in sorted(seen.election.declared)))
        )
    left_out = _left_out(seen)
    if left_out:
        remarks.append(say("national totals only, {tiers} not counted", tiers=", ".join(left_out)))
    if seen.election.decisions:
        remarks.append(say("with the lots on record"))
    return joined(remarks, "; ")


def _bounds(seen: Replay) -> list[str]:
    """Say what keeps a match from proving the whole: figures nobody read, a rule they settled, districts left out."""
    remarks = []
    if seen.election.unread:
        unread = ", ".join(f"'{key}'" for key in seen.election.unread)
        remarks.append(say("figures that nobody here read: {sources}", sources=unread))
    if seen.fitted:
        remarks.append(say("these seats settled a rule of the law"))
    for tier, (compared, counted, total) in seen.parts.items():
        sentence = "{compared} of {counted} districts of {tier} compared" if counted > 1 else "{tier} not compared"
        if total:
            sentence = "{compared} of {counted} districts of {tier} compared, all of them by their total"
        remarks.append(say(sentence, compared=compared, counted=counted, tier=coded(tier)))
    return remarks


def _left_out(seen: Replay) -> list[str]:
    """Return the tiers that were neither counted nor taken over."""
    return [tier for tier in seen.result.uncounted if tier not in seen.election.declared] if seen.result else []


def _where(difference: Difference) -> str:
    return "" if difference.area == NATION else f"{difference.area}: "


def comparison_table(seen: Comparison, *, title: str = "") -> Table:
    """Return seats before and after, most votes first."""
    votes = seen.before.tally.party_votes()
    change = seen.change
    names = sorted(change, key=lambda c: (-votes.get(c, 0), c))
    rows = [(c, votes.get(c), seen.before.seats.get(c, 0), seen.after.seats.get(c, 0), change[c]) for c in names]
    ruled = _of_either(seen.before.decisions, seen.after.decisions)
    notes = [seen.sentence(), *caveats(seen.before.law, seen.before.tally, ruled)]
    notes += [note for note in caveats(seen.after.law, None, None) if note not in notes]
    columns = ("contender", "votes", "law", "what_if", "change")
    extra = {"before": str(seen.before.law), "after": str(seen.after.law), "changes": dict(seen.after.law.changes)}
    return Table(columns, tuple(rows), title, tuple(notes), extra)


def _of_either(*given: Mapping[str, tuple[str, ...]]) -> Asked:
    """Return the decisions of several counts; one decided nothing only where none of them asks for it."""
    both = Asked({key: answer for one in given for key, answer in one.items()})
    for one in given:
        both.wanted |= one.wanted if isinstance(one, Asked) else one.keys()
    return both


def explanation_table(result: Result, contender: str | None = None, district: str | None = None) -> Table:
    """Return the explanation line by line, with tier, area and article."""
    trail = result.trail_of(district)
    rows = tuple(
        (row.tier, row.area, row.label, row.text, row.cite) for row in result.lines(contender, district=district)
    )
    notes = [*caveats(result.law, result.tally, result.decisions), *reading_notes(result)]
    columns = ("tier", "area", "step", "what", "article")
    steps = [_entry(entry) for entry in trail]
    return Table(columns, rows, f"{result.law}: {result.law.name}", tuple(notes), {"steps": steps})


def seats_table(result: Result, contender: str | None = None, district: str | None = None) -> Table:
    """Return every seat: its cause, the standing before it, the article."""
    rows = []
    for n, seat in enumerate(result.trail.seats(), 1):
        if contender and result.tally.party(seat.contender) != contender and seat.contender != contender:
            continue
        if district and seat.area != district:
            continue
        standing = ", ".join(f"{c} {k}" for c, k in sorted(seat.before.items(), key=lambda i: (-i[1], i[0])) if k)
        area = "" if seat.area == NATION else seat.area
        rows.append((n, seat.tier, area, seat.contender, seat.number, *_cause(seat.cause), standing, quoted(seat.cite)))
    columns = ("seat", "tier", "area", "contender", "its", "cause", "claim", "standing_before", "article")
    notes = caveats(result.law, result.tally, result.decisions)
    return Table(columns, tuple(rows), say("{law}: every seat", law=result.law), tuple(notes))


def _cause(cause: Cause) -> tuple[Cell, Cell]:
    return coded(cause.kind), cause.claim


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "key": entry.key,
        "cite": entry.cite,
        "tier": entry.tier,
        "area": entry.area,
        "facts": _exactly(entry.facts),
        "before": dict(entry.before),
        "causes": [
            {"contender": c.contender, "seats": list(c.seats), "kind": c.kind, "claim": c.claim, "rank": c.rank}
            for c in entry.causes
        ],
    }


def _exactly(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _exactly(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_exactly(part) for part in value]
    return value
