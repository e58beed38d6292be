"""Electoral law as data: people become parties, votes become seats, each seat with its reason.

    >>> import sailau as sl
    >>> election = sl.load_election("kz/mazhilis/2023-03-19")
    >>> law = sl.load_law("kz/mazhilis", on=election.day)
    >>> law.count(election.tally).seats["nsdp"]
    4

Names are imported when they are first used, so ``import sailau`` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sailau import power as power
    from sailau.law.edition import Law as Law
    from sailau.law.library import law_ids as law_ids
    from sailau.law.library import load_law as load_law
    from sailau.law.read import read_law as read_law
    from sailau.law.result import Result as Result
    from sailau.notebook.lab import lab as lab
    from sailau.records.election import Election as Election
    from sailau.records.library import election_ids as election_ids
    from sailau.records.library import load_election as load_election
    from sailau.records.polls import read_polls as read_polls
    from sailau.records.polls.library import load_polls as load_polls
    from sailau.records.read import read_election as read_election
    from sailau.records.results import read_results as read_results
    from sailau.report.citation import cite as cite
    from sailau.runs.archive import archive as archive
    from sailau.runs.compare import compare as compare
    from sailau.runs.compare import what_if as what_if
    from sailau.runs.counts import count_many as count_many
    from sailau.runs.forecast import forecast as forecast
    from sailau.runs.from_file import read_votes as read_votes
    from sailau.runs.given import GivenShares as GivenShares
    from sailau.runs.logistic_normal import LogisticNormal as LogisticNormal
    from sailau.runs.noise import Dirichlet as Dirichlet
    from sailau.runs.noise import Swing as Swing
    from sailau.runs.past import PastErrors as PastErrors
    from sailau.runs.replay import replay as replay
    from sailau.runs.scenario import read_scenario as read_scenario
    from sailau.runs.simulate import simulate as simulate
    from sailau.runs.simulate import watch as watch
    from sailau.runs.turnout import Turnout as Turnout
    from sailau.seats.averages import highest_averages as highest_averages
    from sailau.seats.certify import certify as certify
    from sailau.seats.remainders import largest_remainder as largest_remainder
    from sailau.terms.allocation import Allocation as Allocation
    from sailau.terms.errors import DrawRequired as DrawRequired
    from sailau.terms.errors import LawSilent as LawSilent
    from sailau.terms.errors import SailauError as SailauError
    from sailau.terms.errors import Undecided as Undecided
    from sailau.terms.tally import Ballots as Ballots
    from sailau.terms.tally import Contender as Contender
    from sailau.terms.tally import Tally as Tally

_WHERE = {
    "Allocation": "terms.allocation",
    "Ballots": "terms.tally",
    "Contender": "terms.tally",
    "Dirichlet": "runs.noise",
    "DrawRequired": "terms.errors",
    "Election": "records.election",
    "GivenShares": "runs.given",
    "Law": "law.edition",
    "LawSilent": "terms.errors",
    "LogisticNormal": "runs.logistic_normal",
    "PastErrors": "runs.past",
    "Result": "law.result",
    "SailauError": "terms.errors",
    "Swing": "runs.noise",
    "Tally": "terms.tally",
    "Turnout": "runs.turnout",
    "Undecided": "terms.errors",
    "archive": "runs.archive",
    "certify": "seats.certify",
    "cite": "report.citation",
    "compare": "runs.compare",
    "count_many": "runs.counts",
    "election_ids": "records.library",
    "forecast": "runs.forecast",
    "highest_averages": "seats.averages",
    "lab": "notebook.lab",
    "largest_remainder": "seats.remainders",
    "law_ids": "law.library",
    "load_election": "records.library",
    "load_law": "law.library",
    "load_polls": "records.polls.library",
    "read_election": "records.read",
    "read_law": "law.read",
    "read_polls": "records.polls",
    "read_results": "records.results",
    "read_scenario": "runs.scenario",
    "read_votes": "runs.from_file",
    "replay": "runs.replay",
    "simulate": "runs.simulate",
    "watch": "runs.simulate",
    "what_if": "runs.compare",
}
_ROOMS = ("power",)
__all__ = sorted([*_WHERE, *_ROOMS])  # the list and the table cannot drift apart
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"sailau.{name}")
    if name not in _WHERE:
        raise AttributeError(f"module 'sailau' has no attribute {name!r}")
    value = getattr(import_module(f"sailau.{_WHERE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
