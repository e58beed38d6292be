"""The steps that a law can be made of, by the word that a law file uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sailau.seats.allocate import Allocate
from sailau.seats.appoint import Appoint
from sailau.seats.apportion import Apportion
from sailau.seats.assign import Assign
from sailau.seats.assure import Assure
from sailau.seats.balance import Balance
from sailau.seats.best_losers import BestLosers
from sailau.seats.biproportional import Biproportional
from sailau.seats.bonus import Bonus
from sailau.seats.by_persons import ByPersons
from sailau.seats.cap import Cap
from sailau.seats.carry import Carry
from sailau.seats.compensate import Compensate
from sailau.seats.complete import Complete
from sailau.seats.counterweight import Counterweight
from sailau.seats.cover import Cover
from sailau.seats.deduct import Deduct
from sailau.seats.distribute import Distribute
from sailau.seats.elect import Elect
from sailau.seats.eligible import Eligible
from sailau.seats.enlarge import Enlarge
from sailau.seats.entitle import Entitle
from sailau.seats.fill import Fill
from sailau.seats.give_back import GiveBack
from sailau.seats.guarantee import Guarantee
from sailau.seats.join import BySeats, Join
from sailau.seats.lead import Lead
from sailau.seats.leave import Leave, TakeOver
from sailau.seats.majority import Majority
from sailau.seats.make_up import MakeUp
from sailau.seats.overhang import Offset
from sailau.seats.part_link import PartLink
from sailau.seats.pass_on import PassOn
from sailau.seats.per_votes import PerVotes
from sailau.seats.points import Points
from sailau.seats.pool import Pool
from sailau.seats.qualify import Qualify
from sailau.seats.quorum import Quorum
from sailau.seats.rank import Rank
from sailau.seats.repartition import Repartition
from sailau.seats.represent import Represent
from sailau.seats.reserve import Reserve
from sailau.seats.rest import Rest
from sailau.seats.second_round import SecondRound
from sailau.seats.second_scrutiny import SecondScrutiny
from sailau.seats.share_out import ShareOut
from sailau.seats.spread import Spread
from sailau.seats.take_off import TakeOff
from sailau.seats.threshold import Threshold
from sailau.seats.top_up import TopUp
from sailau.seats.trial import Trial
from sailau.seats.unseated import Unseated
from sailau.seats.weigh import Weigh
from sailau.seats.whole_quotas import WholeQuotas

STEPS: Mapping[str, type[Any]] = {
    step.name: step
    for step in (
        Eligible,
        Apportion,
        Pool,
        ShareOut,
        SecondScrutiny,
        Threshold,
        Guarantee,
        Allocate,
        Compensate,
        Complete,
        Distribute,
        GiveBack,
        PassOn,
        Qualify,
        WholeQuotas,
        Elect,
        Appoint,
        Fill,
    )
} | {
    step.name: step
    for step in (
        Bonus,
        Weigh,
        Entitle,
        Enlarge,
        Spread,
        Offset,
        Cover,
        Cap,
        Rank,
        Quorum,
        Biproportional,
        Carry,
        Reserve,
        Rest,
        Majority,
        Counterweight,
        TopUp,
        PartLink,
        Leave,
        TakeOver,
        Deduct,
        Assure,
        Represent,
        Points,
        Join,
        BySeats,
        MakeUp,
        TakeOff,
        Assign,
        Repartition,
        Trial,
        PerVotes,
        BestLosers,
        SecondRound,
        ByPersons,
        Balance,
        Lead,
        Unseated,
    )
}
