"""Roles that a reader gave the columns of a table, where what was guessed is not what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from sailau.files.label_words import CONTENDER, DISTRICT, FIGURES, LEFT_OUT, PARTY, TIER, TOTAL, VOTES
from sailau.files.problems import letters
from sailau.records.results.layout import Column
from sailau.records.results.problems import FaultyResults
from sailau.terms.errors import NotFound
from sailau.terms.speech import coded, say

GIVEN = "given"
"""How sure a role is that a reader gave."""

ROLES = (DISTRICT, CONTENDER, PARTY, VOTES, TOTAL, *FIGURES, TIER, LEFT_OUT)
"""What a column can be said to hold."""

_ONCE = (TIER, CONTENDER, PARTY)


def check_roles(roles: Mapping[str, str]) -> None:
    """Refuse a word that is no role.

    Raises
    ------
    NotFound
        With the role that was meant, if one is near.
    """
    for role in roles.values():
        if role not in ROLES:
            missing = NotFound("role", role, list(ROLES))
            missing.hint = missing.hint or say("a column is one of {roles}", roles=", ".join(ROLES))
            raise missing


def with_given(columns: Sequence[Column], lowest: Sequence[str], roles: Mapping[str, str]) -> list[Column]:
    """Return the columns with the roles that were given them by their letters.

    Parameters
    ----------
    columns : sequence of Column
    lowest : sequence of str
        The lowest label over each column: what a column of votes is called after.
    roles : mapping of letters to role

    Raises
    ------
    FaultyResults
        The table has no such column, or two are given a role that one column has.
    """
    wanted = {letter.strip().upper(): role for letter, role in roles.items()}
    known = [letters(column.number) for column in columns]
    for letter in wanted:
        if letter not in known:
            raise FaultyResults(
                say("there is no column {letter}; the last one is {last}", letter=letter, last=known[-1])
            )
    for once in _ONCE:
        found = [letter for letter, given in wanted.items() if given == once]
        if len(found) > 1:
            raise FaultyResults(
                say(
                    "the columns {found} are both given as the {once}", found=say(" and ").join(found), once=coded(once)
                ),
                hint=say("one column holds it"),
            )
    out = []
    for column, label in zip(columns, lowest, strict=True):
        role = wanted.get(column.letter)
        if role is None:
            out.append(column)
        else:
            out.append(
                replace(column, role=role, sure=GIVEN, header=label if role == VOTES and label else column.header)
            )
    return out


def given_kind(columns: Sequence[Column]) -> Literal["wide", "across"] | None:
    """Return the layout that given roles decide; None where the table itself has to tell.

    Raises
    ------
    FaultyResults
        What was given leaves no column of votes, or contenders in a column and over the columns as well.
    """
    given = [column for column in columns if column.sure == GIVEN]
    votes = [column for column in given if column.role == VOTES]
    if given and len(given) == len(columns) and not votes:
        raise FaultyResults(
            say("none of the columns is given as votes"), hint=say("say which column, or columns, hold them")
        )
    roles = {column.role for column in columns}
    named = roles & {CONTENDER, PARTY}
    if len(votes) > 1 and named and DISTRICT in roles:
        raise FaultyResults(
            say("{n} columns are given as votes, and another as the {role}", n=len(votes), role=min(named)),
            hint=say("contenders stand either in a column, with one column of votes, or over columns of votes"),
        )
    if len(votes) > 1:
        return "across" if named else "wide"
    alone = len(given) == len(columns) and len(votes) == 1 and not named
    return "wide" if alone else None
