"""What a record of an election may not say: counts below nought, names twice, figures against figures."""

from __future__ import annotations

from pathlib import Path

from sailau.files.csvs import find_csv
from sailau.files.document import Document
from sailau.records.contradictions import contradictions, contradictions_of_seats
from sailau.records.election import Election
from sailau.records.election_form import ElectionForm
from sailau.records.names import check_contender, check_spellings
from sailau.seats.rankings import names_of
from sailau.terms.errors import InvalidRecord, NotFound, Place
from sailau.terms.speech import say
from sailau.terms.tally import KINDS, NATION, OTHERS, Tally


def usual_kind(name: str) -> str:
    """Return what a contender is of which nothing is said: a line called others stands for several lists."""
    return OTHERS if name == OTHERS else "party_list"


def check_kind(kind: str, name: str, place: Place) -> None:
    """Refuse a kind that no law asks about: an independent spelt otherwise would be counted as a list."""
    if kind not in KINDS:
        missing = NotFound("kind of contender", kind, list(KINDS))
        raise InvalidRecord(
            f"{name}: {missing.what}", place=place, hint=missing.hint or say("kinds: {kinds}", kinds=", ".join(KINDS))
        )


def check_form(form: ElectionForm, document: Document) -> None:
    """Refuse counts below nought, and sources that were read and not read."""
    _check_sources(form, document)
    counts = {("totals", tier, name): n for tier, figures in form.totals.items() for name, n in figures.items()}
    for name, part in form.contenders.items():
        check_contender(name, document.place(("contenders", name)))
        check_kind(part.kind or usual_kind(name), name, document.place(("contenders", name, "kind")))
        numbers = {"registered": part.registered, "candidates": part.candidates, "reserved": part.reserved}
        counts |= {("contenders", name, key): n for key, n in numbers.items() if n is not None}
    for path, n in counts.items():
        if n < 0:
            what = say("{name} is {n}; a count cannot be negative", name=".".join(path), n=n)
            raise InvalidRecord(what, place=document.place(path))


def _check_sources(form: ElectionForm, document: Document) -> None:
    """Refuse a source that was read on a day and by nobody, and one by way of a source that is not named."""
    for key, source in form.sources.items():
        if source.read_on and not source.read:
            raise InvalidRecord(
                say("the source {key} was read on {day}, and read by nobody", key=key, day=str(source.read_on)),
                place=document.place(("sources", key, "read")),
                hint=say("leave out read: false, or the day"),
            )
        if source.through is not None and (source.through == key or source.through not in form.sources):
            missing = NotFound("source", source.through, [name for name in form.sources if name != key])
            raise InvalidRecord(missing.what, place=document.place(("sources", key, "through")), hint=missing.hint)


def check_names(election: Election, folder: Path) -> None:
    """Refuse contenders that differ in capital letters only, and districts that nobody voted in."""
    tally = election.tally
    lines = {line for part in tally.tiers.values() for lines in part.votes.values() for line in lines}
    seats = {name for areas in election.official.values() for seats in areas.values() for name in seats}
    _check_marks(tally, {*lines, *seats}, folder)
    check_spellings({*lines, *seats, *tally.contenders}, Place(str(folder)))
    for tier, part in tally.tiers.items():
        if NATION in part.votes and len(part.votes) > 1:
            what = say("{tier}: some rows name a district, others do not", tier=tier)
            raise InvalidRecord(what, place=Place(str(find_csv(folder, "votes") or folder)))
        for area in {*part.totals, *part.seats, *part.regions} - {NATION, *part.votes} if part.votes else ():
            missing = NotFound("district", area, sorted(part.votes))
            what = say("{tier}: {area} has figures, but no votes", tier=tier, area=area)
            raise InvalidRecord(what, place=Place(str(find_csv(folder, "districts") or folder)), hint=missing.hint)


def _check_marks(tally: Tally, known: set[str], folder: Path) -> None:
    """Refuse marks of somebody who stands nowhere: they were meant for somebody else."""
    named = {name for marks in tally.contenders.values() for name in (marks.party, *marks.members)}
    piles = [pile for part in tally.tiers.values() for pile in part.rankings.values()]
    ranked = {name for pile in piles for ranking in pile for place in ranking for name in names_of(place)}
    for name in tally.contenders.keys() - {*known, *named, *ranked, OTHERS}:
        hint = NotFound("contender", name, sorted(known)).hint
        what = say("contenders names {name}, who has neither votes nor seats", name=name)
        raise InvalidRecord(what, place=Place(str(folder)), hint=hint)


def check_figures(election: Election, document: Document) -> None:
    """Refuse figures that contradict each other, unless `conflicts` speaks of them."""
    spoken = {conflict.about for conflict in election.conflicts}
    found = [one for tier, ballots in election.tally.tiers.items() for one in contradictions(tier, ballots)]
    found += contradictions_of_seats(election.tally, election.official)
    for about, sentence in found:
        tier = about.partition(".")[0]
        if about in spoken or (f"{tier}.valid" in spoken and about.endswith(".valid")):
            continue
        raise InvalidRecord(
            sentence,
            place=document.place(("totals", tier)),
            hint=say(
                "correct a figure, or say under conflicts (about: {about}) which one was followed and why", about=about
            ),
        )
