"""A scenario as a file to open again: the election or the own votes, the law, what was changed and decided."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from sailau.files.forms import Form
from sailau.law.edition import Law
from sailau.law.library import load_law
from sailau.law.read import parse_law
from sailau.law.result import Decisions
from sailau.records.election import Election
from sailau.records.library import load_election
from sailau.runs.replay import law_of
from sailau.terms.colour import as_hex, colour_of
from sailau.terms.errors import InvalidRecord, NotFound, Place
from sailau.terms.speech import say
from sailau.terms.tally import Ballots, Contender, Tally
from sailau.terms.version import version

FORM = "sailau/scenario/"
SCHEMA = f"{FORM}1"
LIMIT = 64_000_000


@dataclass(frozen=True, slots=True)
class Saved:
    """What is counted, and under which law.

    Attributes
    ----------
    election : str, optional
        Its id, where the votes are those of the archive.
    tally : Tally, optional
        The votes, where they are a user's own.
    law : str
        The edition, for instance ``kz/mazhilis@2022-11-05``.
    text : str, optional
        The law itself, where it is a user's own: no archive has it.
    changes : mapping of str to str
    decisions : mapping of str to tuple of str
    seed : int, optional
    colours : mapping of str to str
        Of parties, where the reader chose them: how the pictures look, nothing that is counted.
    is_safe : bool
        The others take the colours of the palette, not their own.
    """

    law: str
    election: str | None = None
    tally: Tally | None = None
    changes: Mapping[str, str] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=dict)
    seed: int | None = None
    text: str | None = None
    colours: Mapping[str, str] = field(default_factory=dict)
    is_safe: bool = False

    def to_json(self) -> str:
        """Return the file's text; `read_saved` gives an equal scenario back."""
        document: dict[str, Any] = {"schema": SCHEMA, "version": version(), "law": self.law}
        if self.text is not None:
            document["law_text"] = self.text
        if self.election is not None:
            document["election"] = self.election
        if self.tally is not None:
            document["votes"] = _tally_out(self.tally)
        document |= {"changes": dict(self.changes), "decisions": {k: list(v) for k, v in self.decisions.items()}}
        if self.seed is not None:
            document["seed"] = self.seed
        if self.colours:
            document["colours"] = dict(self.colours)
        if self.is_safe:
            document["palette"] = "safe"
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"

    def edition(self, *, laws: Sequence[Path] = ()) -> Law:
        """Return the law as enacted: the one whose text is here, else the edition of that name.

        Raises
        ------
        NotFound, InvalidLaw
            There is none of that name; the text is no law.
        """
        return load_law(self.law, folders=laws) if self.text is None else parse_law(self.text, self.law)

    def opened(
        self, *, folders: Sequence[Path] = (), laws: Sequence[Path] = ()
    ) -> tuple[Election | None, Tally, Law, Law]:
        """Return the election, the votes, the law as enacted, and the changed one.

        Raises
        ------
        NotFound
            The election or the law is not there.
        InvalidLaw
            A change that the law does not take.
        """
        election = load_election(self.election, folders=folders) if self.election is not None else None
        law = self.edition(laws=laws) if self.law or election is None else law_of(election, folders=laws)
        tally = self.tally if self.tally is not None else election.tally if election is not None else Tally({})
        return election, tally, law, law.replace(dict(self.changes)) if self.changes else law


class RankingForm(Form):
    """How many voters ranked contenders in an order."""

    order: list[str]
    ballots: int


class VotesForm(Form):
    """The votes of a tier."""

    votes: dict[str, dict[str, int]]
    totals: dict[str, dict[str, int]] = {}
    seats: dict[str, int] = {}
    regions: dict[str, str] = {}
    rankings: dict[str, list[RankingForm]] = {}


class ContenderForm(Form):
    """A contender, as far as a law may look at it."""

    party: str | None = None
    kind: str = "party_list"
    names: dict[str, str] = {}
    colour: str | None = None


class OwnForm(Form):
    """Votes of a user's own."""

    tiers: dict[str, VotesForm]
    contenders: dict[str, ContenderForm] = {}


class SavedForm(Form):
    """A scenario.json file."""

    schema_: str = Field(alias="schema")
    version: str
    law: str
    law_text: str | None = None
    election: str | None = None
    votes: OwnForm | None = None
    changes: dict[str, str] = {}
    decisions: dict[str, list[str]] = {}
    seed: int | None = None
    colours: dict[str, str] = {}
    palette: Literal["own", "safe"] = "own"


def is_scenario(raw: bytes) -> bool:
    """Say whether bytes are a saved scenario, of this form or of another, by the first of them."""
    return f'"{FORM}'.encode() in raw[:200]


def is_saved(path: Path) -> bool:
    """Say whether a file is a saved scenario; a pipe is none, and opening it would wait for ever."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return is_scenario(file.read(200))
    except OSError:
        return False


def read_saved(path: Path) -> Saved:
    """Read a saved scenario.

    Raises
    ------
    InvalidRecord
        It is none, or somebody changed it so that it no longer is one.
    """
    place = Place(str(path))
    try:
        raw = path.read_bytes()
        form = SavedForm.model_validate(json.loads(raw) if len(raw) <= LIMIT else None)
    except FileNotFoundError:
        raise NotFound("file", str(path)) from None
    except OSError as cause:
        raise InvalidRecord(say("cannot be read: {why}", why=cause.strerror), place=place) from None
    except ValidationError as cause:
        fault = cause.errors()[0]
        where = ".".join(str(part) for part in fault["loc"]) or say("the file")
        raise InvalidRecord(
            f"{where}: {fault['msg'].lower()}", place=place, hint=say("save the scenario again")
        ) from None
    except (ValueError, RecursionError):
        raise InvalidRecord(
            say("is no saved scenario"), place=place, hint="sailau what-if … --out scenario.json makes one"
        ) from None
    if form.schema_ != SCHEMA or (form.election is None) == (form.votes is None):
        what = (
            say("is of the form {schema}", schema=form.schema_)
            if form.schema_ != SCHEMA
            else say("names no election and holds no votes, or both")
        )
        raise InvalidRecord(what, place=place, hint=say("this version reads {schema}", schema=SCHEMA))
    return Saved(
        form.law,
        form.election,
        _tally_in(form.votes) if form.votes is not None else None,
        form.changes,
        {key: tuple(answer) for key, answer in form.decisions.items()},
        form.seed,
        form.law_text,
        {party: colour_of(party, text, place, InvalidRecord) for party, text in form.colours.items()},
        form.palette == "safe",
    )


def _tally_out(tally: Tally) -> dict[str, Any]:
    tiers = {
        name: {
            "votes": {area: dict(votes) for area, votes in ballots.votes.items()},
            "totals": {area: dict(totals) for area, totals in ballots.totals.items()},
            "seats": dict(ballots.seats),
            "regions": dict(ballots.regions),
            **({"rankings": _rankings_out(ballots)} if ballots.rankings else {}),
        }
        for name, ballots in tally.tiers.items()
    }
    people = {
        name: {"party": mark.party, "kind": mark.kind, "names": dict(mark.names)}
        | ({"colour": mark.colour} if mark.colour else {})
        for name, mark in tally.contenders.items()
    }
    return {"tiers": tiers, "contenders": people}


def _rankings_out(ballots: Ballots) -> dict[str, list[dict[str, Any]]]:
    return {
        area: [{"order": list(order), "ballots": n} for order, n in orders.items()]
        for area, orders in ballots.rankings.items()
    }


def _rankings_in(form: VotesForm) -> dict[str, dict[tuple[str, ...], int]]:
    return {area: {tuple(line.order): line.ballots for line in orders} for area, orders in form.rankings.items()}


def _tally_in(form: OwnForm) -> Tally:
    tiers = {
        name: Ballots(part.votes, part.totals, part.seats, part.regions, _rankings_in(part))
        for name, part in form.tiers.items()
    }
    marks = {
        n: Contender(n, mark.party, mark.kind, names=mark.names, colour=as_hex(mark.colour))
        for n, mark in form.contenders.items()
    }
    return Tally(tiers, marks)
