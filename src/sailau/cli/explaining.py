"""sailau explain: why every seat went where it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Decide, Elections, Form, Json, Lang, Laws, Set, decisions, election_of, folders, pairs
from sailau.cli.output import Format, emit, say

if TYPE_CHECKING:
    from sailau.law.result import Result
    from sailau.records.election import Election


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(explain)


def explain(
    name: Annotated[str, typer.Argument(metavar="ID", help="An election.")],
    contender: Annotated[str | None, typer.Option("--contender", help="The seats of one contender only.")] = None,
    district: Annotated[str | None, typer.Option("--district", help="What happened in one district only.")] = None,
    seats: Annotated[bool, typer.Option("--seats", help="Every seat with its cause and the standing before.")] = False,
    law: Annotated[str | None, typer.Option("--law", help="Another law than that of the day.")] = None,
    changes: Set = None,
    decide: Decide = None,
    own: Elections = None,
    own_laws: Laws = None,
    lang: Lang = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Say step by step, with the article of law, why every seat went where it went.

    Example: sailau explain kz/mazhilis/2023-03-19 --contender nsdp
    """
    from sailau.files.told import told
    from sailau.law.library import load_law
    from sailau.locale import language
    from sailau.records.houses import election_name
    from sailau.report.results import caveats, explanation_table, reading_notes, seats_table
    from sailau.runs.replay import law_of
    from sailau.terms import words

    election, places = election_of(name, own), folders(own_laws)
    rule = load_law(law, folders=places) if law else law_of(election, folders=places)
    change = pairs(changes, "--set")
    rule = rule.replace(change) if change else rule
    result = rule.count(election.tally, decisions={**election.decisions, **decisions(decide)})
    declared = _declared(election, contender)
    reasons = _told(result, contender, district, declared)  # refuses names that nobody bears
    if seats:
        emit(seats_table(result, contender, district), "seats", form=form, as_json=json)
        say(*filter(None, [declared, *_unseated(result, contender, district)]))
    elif json or form not in (None, Format.table):
        emit(explanation_table(result, contender, district), "explain", form=form, as_json=json)
        say(*filter(None, [declared]))
    else:
        print(f"{election_name(election, language(lang))}\n{rule}: {told(rule.name)}\n")
        print("\n".join(part for part in (reasons, f"  {declared}" if declared else "") if part))
        say(*caveats(rule, election.tally, result.decisions), *reading_notes(result))
        if election.declared and not declared:
            sentence = "seats taken over as declared, their votes are not published: {tiers}"
            say(words.say(sentence, tiers=", ".join(sorted(election.declared))))


def _unseated(result: Result, contender: str | None, district: str | None) -> list[str]:
    """Say that a contender has no seat, where only seats were asked for."""
    from sailau.terms.words import say as worded

    if contender is None or any(
        contender in (seat.contender, result.tally.party(seat.contender)) and district in (None, seat.area)
        for seat in result.trail.seats()
    ):
        return []
    return [worded("{contender} has no seat by votes; without --seats stands why", contender=contender)]


def _told(result: Result, contender: str | None, district: str | None, declared: str) -> str:
    """Return the reasons of the count; none where all that a contender has is declared."""
    from sailau.terms.errors import NotFound

    try:
        return result.explain(contender, district=district)
    except NotFound as unknown:
        if not declared or unknown.kind != "contender":
            raise
        return ""


def _declared(election: Election, contender: str | None) -> str:
    """Say in a line which seats of a contender are declared and not counted, if there are any."""
    from sailau.terms.words import say as worded

    party = election.tally.party(contender) if contender else ""
    seats = {tier: election.declared_in(tier).get(party, 0) for tier in sorted(election.declared)}
    told = ", ".join(f"{tier} {n:,}" for tier, n in seats.items() if n)
    sentence = "seats taken over as declared, their votes are not published: {tiers}"
    return worded(sentence, tiers=told) if told else ""
