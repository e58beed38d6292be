"""The same votes with one party's share moved: the others give or take in proportion, districts follow."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from sailau.law.edition import Law
from sailau.runs.field import Field, raked, to_votes
from sailau.runs.layout import Layout
from sailau.terms.errors import Invalid, NotFound
from sailau.terms.numbers import percent
from sailau.terms.speech import say
from sailau.terms.tally import Tally

SHARE = "shares."
"""What a path begins with that names a party's share and no clause of the law."""


def with_shares(law: Law, tally: Tally, shares: Mapping[str, Fraction]) -> Tally:
    """Return a tally in which parties have these shares of all votes that can move.

    Parameters
    ----------
    law : Law
        Whose tiers are moved.
    tally : Tally
    shares : mapping of party to Fraction
        From 0 to 1; the other parties keep their proportions. In districts the odds of every party shift alike.

    Raises
    ------
    NotFound
        Nobody votes for the party.
    Invalid
        Shares outside 0 to 1, or of a party that has no votes to begin with.
    """
    import numpy as np

    layout = Layout.of(law, tally)
    votes = Field.of(layout)
    now = votes.shares()
    for party, share in shares.items():
        if party not in votes.parties:
            raise NotFound("party", party, votes.parties)
        if not 0 <= share <= 1:
            raise Invalid(
                say(
                    "the share of {party} would be {percent}; a share lies between 0% and 100%",
                    party=party,
                    percent=percent(share),
                )
            )
        if share and not now[votes.parties.index(party)]:
            raise Invalid(say("{party} has no votes, so nothing says where its share would come from", party=party))
    at = [votes.parties.index(party) for party in shares]
    given = sum(shares.values(), Fraction(0))
    if given > 1:
        raise Invalid(
            say("the shares of {shares} add up to {percent}", shares=", ".join(shares), percent=percent(given))
        )
    target = now.copy()
    target[at] = 0.0
    left = float(target.sum())
    if left == 0.0 and given < 1:
        raise Invalid(say("nobody but {shares} has votes to take the rest", shares=", ".join(shares)))
    target *= float(1 - given) / left if left else 0.0
    target[at] = [float(share) for share in shares.values()]
    factors = raked(votes, target[None, :])
    row = votes.observed.copy()
    for columns, total in votes.spans:
        row[columns] = to_votes(factors[:, votes.party[columns]] * votes.observed[columns], total)[0]
    return layout.to_tally(np.asarray(row))


def applied(law: Law, tally: Tally, values: Mapping[str, str]) -> tuple[Law, Tally]:
    """Return the law and the tally at one point of a sweep: clauses and shares, as paths with values.

    Raises
    ------
    SailauError
        No such clause or party, or a value that cannot stand there.
    """
    from sailau.terms.numbers import exact

    clauses = {path: value for path, value in values.items() if not path.startswith(SHARE)}
    shares: dict[str, Fraction] = {}
    for path, value in values.items():
        if path.startswith(SHARE):
            try:
                shares[path.removeprefix(SHARE)] = exact(value)
            except ValueError as fault:
                raise Invalid(f"{path}: {fault}") from None
    return law.replace(clauses) if clauses else law, with_shares(law, tally, shares) if shares else tally
