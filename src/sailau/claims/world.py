"""The world that claims are tested on: shipped records, and those that a user adds or puts in their place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sailau.claims.figure import NoData
from sailau.files.places import shipped
from sailau.law.library import load_law
from sailau.records.library import load_election
from sailau.records.populations import load_population
from sailau.runs.replay import replay
from sailau.terms.speech import say

if TYPE_CHECKING:
    from sailau.align.rollcalls import RollCalls
    from sailau.law.edition import Law
    from sailau.records.election import Election
    from sailau.records.populations import PopulationRecord
    from sailau.runs.replay import Replay

TABLES = "tables"
T = TypeVar("T")


@dataclass(frozen=True)
class World:
    """Where records lie.

    Attributes
    ----------
    elections, laws : tuple of Path
        Folders of a user's own records; they go before those that ship.
    tables : tuple of Path
        Folders of coded tables, the first that holds a table counts.
    rollcalls : Path, optional
        A folder of roll calls (``votes.csv.gz``, ``items.csv.gz``); by default that of the package.
    populations, channels : tuple of Path
        Folders of a user's own population records, and of channels such as trade.
    on : date
        The day on which the verdict is given; nothing later is known.
    """

    elections: tuple[Path, ...] = ()
    laws: tuple[Path, ...] = ()
    tables: tuple[Path, ...] = ()
    rollcalls: Path | None = None
    populations: tuple[Path, ...] = ()
    channels: tuple[Path, ...] = ()
    on: date = field(default_factory=date.today)
    _kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def election(self, name: str) -> Election:
        """Return an election by id."""
        return self._once(f"election {name}", lambda: load_election(name, folders=self.elections))

    def law(self, name: str, on: date | None = None) -> Law:
        """Return the edition of a law in force on a day."""
        return self._once(f"law {name} {on}", lambda: load_law(name, on=on, folders=self.laws))

    def replay(self, name: str) -> Replay:
        """Return an election counted again under the law of its day."""
        return self._once(f"replay {name}", lambda: replay(self.election(name), folders=self.laws))

    def population(self, name: str) -> PopulationRecord:
        """Return the record of a population."""
        return self._once(f"population {name}", lambda: load_population(name, folders=self.populations))

    def table(self, name: str) -> Path:
        """Return the file of a coded table.

        Raises
        ------
        NoData
            No folder holds it.
        """
        for folder in self.tables:
            path = folder / f"{name}.csv"
            if path.is_file():
                return path
        raise NoData(say("a coded table {name!r}", name=name))

    def channel(self, country: str, name: str) -> Path:
        """Return the file of a channel of a country, for instance its trade.

        Raises
        ------
        NoData
            No folder holds it.
        """
        for folder in (*self.channels, shipped("channels")):
            path = folder / country / f"{name}.csv"
            if path.is_file():
                return path
        raise NoData(say("a channel {name!r} of {country}", name=name, country=country))

    @property
    def rollcall_folder(self) -> Path:
        """The folder of roll calls."""
        return self.rollcalls or shipped("rollcalls") / "un"

    @cached_property
    def calls(self) -> RollCalls:
        """The recorded votes.

        Raises
        ------
        NoData
            There are none.
        """
        from sailau.align.read import read_rollcalls

        folder = self.rollcall_folder
        votes = next((p for p in (folder / "votes.csv.gz", folder / "votes.csv") if p.is_file()), None)
        items = next((p for p in (folder / "items.csv.gz", folder / "items.csv") if p.is_file()), None)
        if votes is None or items is None:
            raise NoData(say("roll calls in {folder}", folder=folder.name))
        return read_rollcalls(votes, items=items).calls

    def _once(self, key: str, make: Callable[[], T]) -> T:
        if key not in self._kept:
            self._kept[key] = make()
        kept: T = self._kept[key]
        return kept
