"""The library of elections: which there are, and one by its id."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sailau.records.election import Election
from sailau.records.folders import election_folders, election_ids, folder_of
from sailau.records.read import read_election
from sailau.terms.errors import InvalidRecord, NotFound, Place
from sailau.terms.speech import say

__all__ = ["election_folders", "election_ids", "load_election"]


def load_election(name: str, *, folders: Sequence[Path] = ()) -> Election:
    """Return an election by its id, for instance ``kz/mazhilis/2023-03-19``.

    Parameters
    ----------
    name : str
    folders : sequence of Path, optional
        Election folders of a user, looked through before those of the archive.

    Returns
    -------
    Election
        `tally` holds votes as counts, `day` the day; `official` seats stand beside them and are never computed.

    Raises
    ------
    NotFound
        No such election; the error names the nearest ids.
    InvalidRecord
        Its folder is at fault.

    Examples
    --------
    >>> election = load_election("kz/mazhilis/2023-03-19")
    >>> election.day.isoformat(), election.tally.party_votes()["nsdp"]
    ('2023-03-19', 331058)
    """
    folder = folder_of(name, folders=folders)
    if folder is None:
        raise NotFound("election", name, election_ids(folders=folders), listing="sailau elections")
    election = read_election(folder)
    if election.id != name:
        raise InvalidRecord(
            say("the record calls itself {election}, its folder {name}", election=election.id, name=name),
            place=Place(str(folder / "election.yaml"), 1, 1),
        )
    return election
