"""The brief: the whole chain of a country, part by part, and as Markdown; `brief_page` makes the printable page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from sailau.align.differ import SIDES
from sailau.claims.chain import Chain
from sailau.claims.resolve import Resolution
from sailau.locale import country_name
from sailau.power.games import players
from sailau.report.alignment import AGENDA
from sailau.report.brief_short import in_short
from sailau.report.claims import claims_table, who
from sailau.report.names import named_house, party_names
from sailau.report.party_cases import cases_table
from sailau.report.party_laws import party_laws_table
from sailau.report.power import acts_table, power_table
from sailau.report.results import scoreboard
from sailau.report.table import Cell, Table, to_markdown

NOT_TESTABLE = (
    "Whether the returns themselves are plausible cannot be tested: no results by polling station are published, and "
    "totals of a few regions are too few for any test of their distribution. What would be needed is every protocol."
)

OTHERWISE = "seats whose votes are not published are left out; under another law all would have acted otherwise"


@dataclass(frozen=True)
class Section:
    """A part of the brief.

    Attributes
    ----------
    title : str
    paragraphs : tuple of str
    tables : tuple of Table
    pictures : tuple of str
        Names of pictures, each an SVG given beside.
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[str, ...] = ()
    claims: tuple[Resolution, ...] = field(default=())


def sections(chain: Chain) -> tuple[Section, ...]:
    """Return the parts of the brief, those left out of which nothing is recorded."""
    makers = (_short, _people, _parties, _votes, _seats, _power, _alignment, _forensics, _claims)
    return tuple(part for part in (make(chain) for make in makers) if part is not None)


def _short(chain: Chain) -> Section | None:
    told = in_short(chain)
    return Section("In short", told) if told else None


def _people(chain: Chain) -> Section | None:
    record = chain.population
    counted = [(census.id, census.people()) for census in chain.whole_censuses]
    if record is None or not counted:
        return None
    rows: list[tuple[Cell, ...]] = [
        (record.name_of(group), *(_share(people, group) for _, people in counted))
        for group in record.groups
        if any(group in people for _, people in counted)
    ]
    rows.append(("all", *(f"{sum(people.values()):,}" for _, people in counted)))
    notes = tuple(f"{c.about}: {c.chosen} was followed; {c.why}" for c in record.conflicts)
    columns = ("group", *(f"census {name}" for name, _ in counted))
    table = Table(columns, tuple(rows), "Composition at each census", notes)
    return Section("People", (), (table,), ("composition", "pyramid"))


def _share(people: Mapping[str, int], group: str) -> str | None:
    return f"{people[group] / sum(people.values()):.1%}" if group in people else None


def _parties(chain: Chain) -> Section | None:
    if not chain.party_laws:
        return None
    tables = [party_laws_table(chain.party_laws)]
    if chain.cases:
        tables.append(cases_table(chain.cases))
    told = (
        "Before a vote can become a seat, a party must be registered; what that asks for has moved with every edition."
    )
    return Section("Parties", (told,), tuple(tables))


def _votes(chain: Chain) -> Section | None:
    seen = chain.of_house
    if not seen:
        return None
    columns = ("election", "contender", "votes", "share", "seats counted")
    rows = []
    for one in seen:
        for tier, ballots in one.election.tally.tiers.items():
            if any(area != "nation" for area in ballots.votes):
                continue
            lines = ballots.votes.get("nation", {})
            total = sum(lines.values())
            won = one.result.tiers.get(tier, {}) if one.result else {}
            names = party_names(one.election.tally, "en", lines)
            for party, n in sorted(lines.items(), key=lambda item: -item[1]):
                share = f"{float(Fraction(n, total)):.2%}" if total else None
                rows.append((str(one.election.day), names[party], n, share, won.get(party, 0)))
    if not rows:
        return None
    return Section("Votes", (), (Table(columns, tuple(rows), "National lines of each election"),))


def _seats(chain: Chain) -> Section | None:
    if chain.last is None:
        return None
    board = scoreboard(chain.replays)
    parties = [
        p for p in dict.fromkeys(p for u in chain.under for p in u.seats) if any(u.seats.get(p) for u in chain.under)
    ]
    rows = tuple(
        (str(one.law), one.law.name, *(one.seats.get(p, 0) if one.seats else None for p in parties), one.stopped)
        for one in chain.under
    )
    names = named_house(chain.last.election.tally, dict.fromkeys(parties, 0))
    law = Table(
        ("edition", "what it says", *names, "stops because"), rows,
        f"The votes of {chain.last.election.id} under every edition",
        (OTHERWISE,),
    )  # fmt: skip
    exact = sum(1 for seen in chain.replays if seen.matches)
    told = (
        f"{exact} of {len(chain.replays)} national elections on record come out seat for seat when "
        "their votes are counted again under the law of their day.",
    )
    return Section("Seats", told, (board, law), ("hemicycle", "laws"))


def _power(chain: Chain) -> Section | None:
    if chain.last is None:
        return None
    house, tally = chain.last.house, chain.last.election.tally
    majority, weights = sum(house.values()) // 2 + 1, players(house)
    title = f"Power at {majority} of {sum(house.values())} votes"
    table = power_table(house, majority, title=title, minimal=len(weights) <= 25)
    names = dict(zip(weights, named_house(tally, weights), strict=True))
    tables = [replace(table, rows=tuple((names.get(str(row[0]), row[0]), *row[1:]) for row in table.rows))]
    if chain.constitution:
        acts = acts_table(named_house(tally, house), chain.last.election.id.split("/")[1], chain.constitution)
        tables.append(acts)
    return Section("Power", (), tuple(tables), ("power",))


def _alignment(chain: Chain) -> Section | None:
    if not chain.agreement:
        return None
    tables = [_agreement(chain), *([_sides(chain)] if chain.sides else [])]
    told = "Votes in the General Assembly: how often the same, and with whom where two others differ."
    return Section("Alignment", (told,), tuple(tables))


def _agreement(chain: Chain) -> Table:
    others = list(dict.fromkeys(score.other for score in chain.agreement))
    found = {(score.window, score.other): score for score in chain.agreement}
    rows: list[tuple[Cell, ...]] = []
    for window in dict.fromkeys(score.window for score in chain.agreement):
        scores = [found.get((window, other)) for other in others]
        rows.append((window, *(_percent(score.value if score else None) for score in scores)))
    columns = ("sessions of", *(f"as {country_name(other)}" for other in others))
    return Table(columns, tuple(rows), f"How often {chain.name} voted the same", (AGENDA,))


def _sides(chain: Chain) -> Table:
    rows = tuple(
        (
            sides.window, f"{country_name(sides.one)} and {country_name(sides.other)}", sides.n,
            *(_percent(sides.share(side)) for side in SIDES),
        )
        for sides in chain.sides
    )  # fmt: skip
    columns = ("sessions of", "where these differ", "votes", "with the first", "with the second", "with neither")
    return Table(columns, rows, f"With whom {chain.name} voted where two differed", (AGENDA,))


def _percent(share: float | Fraction | None) -> str | None:
    return None if share is None else f"{float(share):.1%}"


def _forensics(chain: Chain) -> Section | None:
    return Section("Forensics", (NOT_TESTABLE,)) if chain.replays else None


def _claims(chain: Chain) -> Section | None:
    if not chain.resolutions:
        return None
    book = chain.resolutions[0].book
    table = claims_table(chain.resolutions, title=f"{book.name}: verdicts of {chain.on}")
    return Section("Claims", (), (table,), ("verdicts",), chain.resolutions)


def sources(chain: Chain) -> list[str]:
    """Return every source behind the brief, once each."""
    found = list(chain.population.sources.values()) if chain.population else []
    for seen in chain.replays:
        found += [f"{s.title}{f', {s.publisher}' if s.publisher else ''}" for s in seen.election.sources.values()]
        found += list(seen.law.texts.values())
    if chain.resolutions:
        reports = chain.resolutions[0].book.reports.values()
        found += [f"{r.title}, {r.outlet}, {r.day}" for r in reports]
    return list(dict.fromkeys(found))


def caveats(chain: Chain) -> list[str]:
    """Return what has to be said of the whole."""
    unchecked = sorted({str(s.law) for s in chain.replays if s.law.checked is None})
    out = [f"not compared with the statute: {', '.join(unchecked)}"] if unchecked else []
    return [*out, *(f"nothing recorded: {gap}" for gap in chain.gaps)]


def to_text(chain: Chain) -> str:
    """Return the brief as Markdown; pictures stand in the HTML form."""
    lines = [f"# {chain.name}: people, parties, votes, seats, power", "", f"As of {chain.on}. Made by sailau.", ""]
    for part in sections(chain):
        lines += [f"## {part.title}", ""]
        lines += [f"{paragraph}\n" for paragraph in part.paragraphs]
        lines += [to_markdown(table) for table in part.tables]
        lines += [f"{sentence}\n" for sentence in _told(part.claims)]
    lines += ["## Caveats", "", *(f"- {c}" for c in caveats(chain) or ["none beyond those beside the tables"]), ""]
    lines += ["## Sources", "", *(f"- {s}" for s in sources(chain)), ""]
    return "\n".join(lines)


def _told(claims: Sequence[Resolution]) -> Iterator[str]:
    for seen in claims:
        evidence = "; ".join(f"{n} = {f.spelled()}" for n, f in seen.figures.items() if f) or "no figure"
        yield (
            f"**{seen.claim.id}** {who(seen.book, seen.claim)}: {seen.claim.says} "
            f"*{seen.verdict}* ({seen.judgement.reason}). Evidence: {evidence}. "
            f"Would change it: {seen.claim.changes_if}"
        )
