"""What a majority, a share or a number of votes is in a house."""

from __future__ import annotations

from sailau.law.acts import Act
from sailau.terms.errors import Invalid


def votes_needed(majority: str, members: int) -> int:
    """Return the votes that a majority, a share or a number stands for.

    Raises
    ------
    Invalid
        It is none of these, or more than there are members.

    Examples
    --------
    >>> votes_needed("majority", 98), votes_needed("2/3", 98)
    (50, 66)
    """
    if majority.isascii() and majority.isdigit() and len(majority) < 10:
        needed = int(majority)
    else:
        try:
            needed = Act("", "", majority, "").votes(members)
        except ValueError as error:
            raise Invalid(f"majority: {error}", hint="write majority, 2/3 or a number of votes") from None
    if not 0 < needed <= members:
        raise Invalid(f"majority: {needed} votes of {members} members")
    return needed
