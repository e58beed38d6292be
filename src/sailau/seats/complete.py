"""complete: seats that bring what was won in other tiers up to a share of the whole by a quota of more votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sailau.seats.compensate import Whole
from sailau.seats.threshold import Base
from sailau.terms.errors import InvalidLaw
from sailau.terms.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete(Whole):
    """Share out the seats of several tiers by a quota of all votes, and place here what is wanting.

    As `compensate`, but the quota is formed from a wider base than those who take part, for instance with the votes of
    independents, and those with as many seats as their share may be taken out with the others. Who is taken out takes
    its votes off the base.

    Attributes
    ----------
    tiers : tuple of str
        Tiers counted before, whose seats count towards the shares; a candidate's seat counts for its party.
    total : int, optional
        Seats to share out; by default those of the `tiers` and of this one. A tier whose number of seats is open then
        has what the others leave of it.
    quota_of : str
        The votes that the quota is formed from.
    as_many : bool
        Whether who holds as many seats as its share is taken out as well, before the rest is shared out anew; by
        default only who holds more.
    overhang : str
        What follows when a contender holds more than its share, as in `compensate`.
    totals : bool
        As in `compensate`.
    """

    name: ClassVar[str] = "complete"
    quota_of: Base = "valid"
    as_many: bool = False

    def __post_init__(self) -> None:
        """Refuse a formula without a quota, and a rule about those taken out where nobody is."""
        Whole.__post_init__(self)
        if self.quota is None:
            raise InvalidLaw(say("complete says what its quota is formed from, so it needs one"), hint="quota: hare")
        if self.as_many and self.overhang != "exclude":
            raise InvalidLaw(say("complete: as_many goes with overhang: exclude"))

    def has_too_many(self, held: int, due: int) -> bool:
        """Say whether who holds so many is taken out before the rest is shared out."""
        return held > due or (self.as_many and 0 < held == due)
