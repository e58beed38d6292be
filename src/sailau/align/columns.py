"""Which column of a file says what: by its name, or as the user says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sailau.align.problems import InvalidRollCalls
from sailau.align.sources import Source
from sailau.terms.errors import NotFound, Place
from sailau.terms.speech import coded, say

ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "voter": ("voter", "member", "legislator", "deputy", "icpsr", "country_code", "ccode", "country"),
        "item": ("item", "rcid", "roll_call", "rollcall", "vote_id", "rollnumber", "ballot"),
        "vote": ("vote", "cast_code", "position", "choice"),
        "day": ("day", "date"),
        "session": ("session", "congress", "term"),
        "issue": ("issue", "issues"),
        "title": ("title", "descr", "description", "vote_desc", "short"),
        "bridge": ("bridge",),
        "yes_means": ("yes_means", "yes_meaning"),
        "name": ("name", "bioname", "country"),
        "group": ("group", "party", "party_code"),
    }
)
"""Names of columns that are understood, the best first."""

JOINED = "/"
"""Parts of one id, or columns of which the first that is filled counts."""

_VOTEVIEW = ("congress", "chamber", "rollnumber")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of each role.

    A role has one column, or several. Several columns of `item` make up its id; of those of another role the first
    that is filled in a row counts.
    """

    roles: Mapping[str, tuple[str, ...]]

    def has(self, role: str) -> bool:
        """Whether a column plays that role."""
        return role in self.roles

    @property
    def used(self) -> set[str]:
        """The columns that play any role."""
        return {name for names in self.roles.values() for name in names}

    def cells(self, source: Source, role: str) -> Sequence[str]:
        """Return the cells of a role, row by row."""
        columns = [source.column(name) for name in self.roles[role]]
        if len(columns) == 1:
            return columns[0]
        rows = zip(*columns, strict=True)
        if role == "item":
            return ["-".join(parts) if all(parts) else "" for parts in rows]
        return [next((part for part in parts if part), "") for parts in rows]


def find_columns(source: Source, given: Mapping[str, str] | None = None) -> Columns:
    """Return the columns of a file by role.

    Parameters
    ----------
    source : Source
    given : mapping, optional
        Role to column; several columns of a role are joined by ``/``.

    Raises
    ------
    InvalidRollCalls
        A role that is none, or one column for voter and vote.
    NotFound
        The file has no such column.
    """
    roles: dict[str, tuple[str, ...]] = {}
    for role, text in (given or {}).items():
        if role not in ROLES:
            raise InvalidRollCalls(
                say("{role!r} is no role of a column", role=role), hint=say("roles: {roles}", roles=", ".join(ROLES))
            )
        names = (text,) if text in source.header else tuple(text.split(JOINED))
        for name in names:
            if name not in source.header:
                raise NotFound("column", name, source.header)
        roles[role] = names
    by_name = {name.casefold(): name for name in source.header}
    taken = {name for names in roles.values() for name in names}
    if "item" not in roles and all(name in by_name for name in _VOTEVIEW):
        roles["item"] = tuple(by_name[name] for name in _VOTEVIEW)
    for role, names in ROLES.items():
        mine = roles.get("voter", ()) if role == "name" and len(roles.get("voter", ())) > 1 else ()
        there = [by_name[name] for name in names if name in by_name]
        free = [name for name in there if name not in taken or name in mine]
        if role not in roles and free:
            roles[role] = (free[0],)
            taken.add(free[0])
    return Columns(roles)


def require(columns: Columns, roles: Sequence[str], source: Source) -> None:
    """Refuse a file that lacks a column it cannot be read without.

    Raises
    ------
    InvalidRollCalls
    """
    missing = [role for role in roles if not columns.has(role)]
    if missing:
        what = say("has no column that says the {missing}", missing=say(" and the ").join(map(coded, missing)))
        hint = say(
            "columns: {header}; name them: --column {missing}=NAME",
            header=", ".join(source.header[:12]),
            missing=missing[0],
        )
        raise InvalidRollCalls(what, place=Place(source.path, 1), hint=hint)
