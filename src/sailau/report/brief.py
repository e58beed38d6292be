"""The brief: the whole chain of a country, part by part, and as Markdown; `brief_page` makes the printable page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from sailau.align.differ import SIDES
from sailau.claims.chain import Chain
from sailau.claims.figure import Figure
from sailau.claims.resolve import Resolution
from sailau.files.told import told
from sailau.locale import catalogue, country_name, text
from sailau.power.games import players
from sailau.report.alignment import AGENDA
from sailau.report.brief_short import called, in_short
from sailau.report.claims import claims_table, shown_figure, who
from sailau.report.names import named_house, party_names
from sailau.report.party_cases import cases_table
from sailau.report.party_laws import party_laws_table
from sailau.report.power import acts_table, power_table
from sailau.report.results import scoreboard
from sailau.report.table import Cell, Table, to_markdown
from sailau.terms.speech import book, coded, grouped, say, spoken, written

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
    key : str
        The English title, which the address of the part follows.
    paragraphs : tuple of str
    tables : tuple of Table
    pictures : tuple of str
        Names of pictures, each an SVG given beside.
    """

    key: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[str, ...] = ()
    claims: tuple[Resolution, ...] = field(default=())

    @property
    def title(self) -> str:
        """The title in the language that is spoken."""
        return say(self.key)


def sections(chain: Chain) -> tuple[Section, ...]:
    """Return the parts of the brief, those left out of which nothing is recorded."""
    makers = (_short, _people, _parties, _votes, _seats, _power, _alignment, _forensics, _claims)
    return tuple(part for part in (make(chain) for make in makers) if part is not None)


def _short(chain: Chain) -> Section | None:
    short = in_short(chain)
    return Section("In short", short) if short else None


def _people(chain: Chain) -> Section | None:
    record = chain.population
    counted = [(census.id, census.people()) for census in chain.whole_censuses]
    if record is None or not counted:
        return None
    rows: list[tuple[Cell, ...]] = [
        (record.said(group), *(_share(people, group) for _, people in counted))
        for group in record.groups
        if any(group in people for _, people in counted)
    ]
    rows.append((say("all"), *(grouped(sum(people.values())) for _, people in counted)))
    sentence = "{about}: {chosen} was followed; {why}"
    notes = tuple(say(sentence, about=told(c.about), chosen=told(c.chosen), why=told(c.why)) for c in record.conflicts)
    columns = ("group", *(say("census {year}", year=name) for name, _ in counted))
    table = Table(columns, tuple(rows), say("Composition at each census"), notes)
    return Section("People", (), (table,), ("composition", "pyramid"))


def _share(people: Mapping[str, int], group: str) -> str | None:
    return written(people[group] / sum(people.values()), ".1%") if group in people else None


def _parties(chain: Chain) -> Section | None:
    if not chain.party_laws:
        return None
    tables = [party_laws_table(chain.party_laws)]
    if chain.cases:
        tables.append(cases_table(chain.cases))
    lead = say(
        "Before a vote can become a seat, a party must be registered; what that asks for has moved with every edition."
    )
    return Section("Parties", (lead,), tuple(tables))


def _votes(chain: Chain) -> Section | None:
    seen = chain.of_house
    if not seen:
        return None
    columns = ("election", "contender", "votes", "share", say("seats counted"))
    rows = []
    for one in seen:
        for tier, ballots in one.election.tally.tiers.items():
            if any(area != "nation" for area in ballots.votes):
                continue
            lines = ballots.votes.get("nation", {})
            total = sum(lines.values())
            won = one.result.tiers.get(tier, {}) if one.result else {}
            names = party_names(one.election.tally, spoken(), lines)
            for party, n in sorted(lines.items(), key=lambda item: -item[1]):
                share = written(float(Fraction(n, total)), ".2%") if total else None
                rows.append((str(one.election.day), names[party], n, share, won.get(party, 0)))
    if not rows:
        return None
    return Section("Votes", (), (Table(columns, tuple(rows), say("National lines of each election")),))


def _seats(chain: Chain) -> Section | None:
    if chain.last is None:
        return None
    board = scoreboard(chain.replays)
    parties = [
        p for p in dict.fromkeys(p for u in chain.under for p in u.seats) if any(u.seats.get(p) for u in chain.under)
    ]
    rows = tuple(
        (str(one.law), told(one.law.name), *(one.seats.get(p, 0) if one.seats else None for p in parties), one.stopped)
        for one in chain.under
    )
    names = named_house(chain.last.election.tally, dict.fromkeys(parties, 0), spoken())
    law = Table(
        (say("edition"), say("what it says"), *names, say("stops because")), rows,
        say("The votes of {election} under every edition", election=chain.last.election.id),
        (say(OTHERWISE),),
    )  # fmt: skip
    exact = sum(1 for seen in chain.replays if seen.proves and not seen.in_part)
    lead = say(
        "{exact} of {of} national elections on record come out seat for seat when their votes are counted again "
        "under the law of their day.",
        exact=exact,
        of=len(chain.replays),
    )
    return Section("Seats", (lead,), (board, law), ("hemicycle", "laws"))


def _power(chain: Chain) -> Section | None:
    if chain.last is None:
        return None
    house, tally = chain.last.house, chain.last.election.tally
    majority, weights = sum(house.values()) // 2 + 1, players(house)
    title = say("Power at {majority} of {total} votes", majority=majority, total=sum(house.values()))
    table = power_table(house, majority, title=title, minimal=len(weights) <= 25)
    names = dict(zip(weights, named_house(tally, weights, spoken()), strict=True))
    tables = [replace(table, rows=tuple((names.get(str(row[0]), row[0]), *row[1:]) for row in table.rows))]
    if chain.constitution:
        acts = acts_table(named_house(tally, house, spoken()), chain.last.election.id.split("/")[1], chain.constitution)
        tables.append(acts)
    return Section("Power", (), tuple(tables), ("power",))


def _alignment(chain: Chain) -> Section | None:
    if not chain.agreement:
        return None
    tables = [_agreement(chain), *([_sides(chain)] if chain.sides else [])]
    lead = say("Votes in the General Assembly: how often the same, and with whom where two others differ.")
    return Section("Alignment", (lead,), tuple(tables))


def _agreement(chain: Chain) -> Table:
    others = list(dict.fromkeys(score.other for score in chain.agreement))
    found = {(score.window, score.other): score for score in chain.agreement}
    rows: list[tuple[Cell, ...]] = []
    for window in dict.fromkeys(score.window for score in chain.agreement):
        scores = [found.get((window, other)) for other in others]
        rows.append((window, *(_percent(score.value if score else None) for score in scores)))
    names = (say("as {country}", country=country_name(other, spoken())) for other in others)
    title = say("How often {name} voted the same", name=called(chain))
    return Table((say("sessions of"), *names), tuple(rows), title, (say(AGENDA),))


def _sides(chain: Chain) -> Table:
    rows = tuple(
        (
            sides.window, say(" and ").join(country_name(one, spoken()) for one in (sides.one, sides.other)), sides.n,
            *(_percent(sides.share(side)) for side in SIDES),
        )
        for sides in chain.sides
    )  # fmt: skip
    columns = (say("sessions of"), say("where these differ"), "votes")
    sides = (say("with the first"), say("with the second"), say("with neither"))
    title = say("With whom {name} voted where two differed", name=called(chain))
    return Table((*columns, *sides), rows, title, (say(AGENDA),))


def _percent(share: float | Fraction | None) -> str | None:
    return None if share is None else written(float(share), ".1%")


def _forensics(chain: Chain) -> Section | None:
    return Section("Forensics", (say(NOT_TESTABLE),)) if chain.replays else None


def _claims(chain: Chain) -> Section | None:
    if not chain.resolutions:
        return None
    book = chain.resolutions[0].book
    table = claims_table(chain.resolutions, title=say("{book}: verdicts of {day}", book=told(book.name), day=chain.on))
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
    out = [say("not compared with the statute: {laws}", laws=", ".join(unchecked))] if unchecked else []
    return [*out, *(say("nothing recorded: {gap}", gap=told(gap)) for gap in chain.gaps)]


def headline(chain: Chain) -> str:
    """Return the title of the brief."""
    return say("{name}: people, parties, votes, seats, power", name=called(chain))


def in_words(table: Table) -> Table:
    """Return a table with the heads of its columns and its codes in the language that is spoken."""
    if spoken() == "en":
        return table
    rows = tuple(tuple(_cell(cell) for cell in row) for row in table.rows)
    return replace(table, columns=tuple(map(_head, table.columns)), rows=rows)


def _cell(cell: Cell) -> Cell:
    return coded(cell) if isinstance(cell, str) and cell.replace("_", " ") in book() else cell


def _head(column: str) -> str:
    key = f"web.col.{column}"  # on a page a claim is one to a seat; here it is a statement
    return text(key, spoken()) if key in catalogue(spoken()) and column != "claim" else coded(column)


def no_caveats() -> str:
    """Say that nothing else has to be said."""
    return say("none beyond those beside the tables")


def to_text(chain: Chain) -> str:
    """Return the brief as Markdown; pictures stand in the HTML form."""
    lines = [f"# {headline(chain)}", "", say("As of {day}. Made by sailau.", day=chain.on), ""]
    for part in sections(chain):
        lines += [f"## {part.title}", ""]
        lines += [f"{paragraph}\n" for paragraph in part.paragraphs]
        lines += [to_markdown(in_words(table), spoken()) for table in part.tables]
        lines += [f"{sentence}\n" for sentence in _told(part.claims)]
    lines += [f"## {say('Caveats')}", "", *(f"- {c}" for c in caveats(chain) or [no_caveats()]), ""]
    lines += [f"## {say('Sources')}", "", *(f"- {s}" for s in sources(chain)), ""]
    return "\n".join(lines)


def _told(claims: Sequence[Resolution]) -> Iterator[str]:
    for seen in claims:
        found = {name: figure for name, figure in seen.figures.items() if figure}
        evidence = "; ".join(evidence_of(name, figure) for name, figure in found.items()) or say("no figure")
        yield say(
            "**{claim}** {who}: {says} *{verdict}* ({reason}). Evidence: {evidence}. Would change it: {changes}",
            claim=seen.claim.id,
            who=who(seen.book, seen.claim),
            says=told(seen.claim.says),
            verdict=coded(seen.verdict),
            reason=seen.judgement.reason,
            evidence=evidence,
            changes=told(seen.claim.changes_if),
        )


def evidence_of(name: str, figure: Figure) -> str:
    """Return a figure by its name in the book, or by what it is where English is not spoken."""
    return f"{name} = {figure.spelled()}" if spoken() == "en" else f"{shown_figure(figure)} ({figure.words})"
