"""The brief in short: what each link of the chain comes to, one sentence each, with the figure in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sailau.claims.chain import Chain
from sailau.locale import country_name
from sailau.parties.rates import Rate
from sailau.power import banzhaf
from sailau.power.games import players
from sailau.report.names import named_house
from sailau.runs.margin import Turn, margin
from sailau.runs.people_change import BACK, OTHERS, OWN, share_change
from sailau.runs.people_future import future
from sailau.runs.replay import Replay
from sailau.terms.errors import SailauError

AHEAD = 10
"""Years that the people are projected for one sentence."""


def in_short(chain: Chain) -> tuple[str, ...]:
    """Return what the parts of the chain come to; a part of which nothing is recorded says nothing."""
    makers = (_people, _parties, _votes, _laws, _power, _alignment, _claims)
    return tuple(sentence for make in makers for sentence in make(chain))


def _people(chain: Chain) -> Iterator[str]:
    record = chain.population
    whole = chain.whole_censuses
    if record is None or not record.majority or len(whole) < 2:
        return
    first, last, who = whole[0].id, whole[-1].id, record.name_of(record.majority)
    try:
        change = share_change(record, first, last)
    except SailauError:
        return
    points = {name: 100 * float(part) for name, part in change.found.parts.items()}
    before, after = float(change.found.before), float(change.found.after)
    yield (
        f"{who} were {before:.1%} of the people in {first} and {after:.1%} in {last}: "
        f"{points.get(OTHERS, 0):+.1f} points by fewer others, {points.get(OWN, 0):+.1f} by their own growth, "
        f"{points.get(BACK, 0):+.1f} by those who came back."
    )
    yield from _ahead(chain, who)


def _ahead(chain: Chain, who: str) -> Iterator[str]:
    record = chain.population
    assert record is not None
    try:
        cube = future(record, AHEAD, by_region=False).central.cube
    except SailauError:
        return
    sizes = cube.sum("group", "year")
    share = sizes[cube.groups.index(str(record.majority)), -1] / sizes[:, -1].sum()
    yield f"Births, deaths and moves alone would make {who} {share:.1%} in {cube.years[-1]}; answers can change too."


def _parties(chain: Chain) -> Iterator[str]:
    laws = chain.party_laws
    if len(laws) > 1:
        steps = "; ".join(f"{law.since.year}: {law.name}" for law in laws)
        yield f"What a party needs has changed {len(laws) - 1} times ({steps})."
    if chain.cases and chain.cases.rates:
        rate = next(iter(chain.cases.rates.values()))
        yield f"{_rate(rate).capitalize()}."


def _rate(rate: Rate) -> str:
    low, high = rate.interval()
    return f"{rate.name}: {rate.passed} of {rate.tried}, a rate somewhere between {low:.0%} and {high:.0%}"


def _votes(chain: Chain) -> Iterator[str]:
    last = chain.last
    if last is None:
        return
    house = named_house(last.election.tally, last.house)
    largest = max(house, key=lambda name: (house[name], name))
    yield f"{last.election.name}: {largest} holds {house[largest]:,} of {sum(house.values()):,} seats."
    try:
        found = margin(last.law, last.election.tally, decisions=last.election.decisions, rows=1)
    except SailauError:
        return
    for tier in found.tiers:
        if tier.exact and tier.best is not None:
            turn = tier.best
            yield (
                f"{turn.votes:,} votes {turn.move.kind} would have changed a seat of the tier {tier.tier}"
                f"{_crossing(last, turn)}."
            )


def _crossing(last: Replay, turn: Turn) -> str:
    """Say who would have crossed a bar, where that is how seats would have changed."""
    crossing = {**dict.fromkeys(turn.leaves, "below"), **dict.fromkeys(turn.enters, "above")}
    names = named_house(last.election.tally, dict.fromkeys(crossing, 0))
    told = [f"{name} {side} the bar" for name, side in zip(names, crossing.values(), strict=True)]
    return f": {', '.join(told)}" if told else ""


def _laws(chain: Chain) -> Iterator[str]:
    counted, last = [under for under in chain.under if under.seats], chain.last
    if last is None or len(counted) < 2:
        return
    largest = max(last.house, key=lambda party: (last.house[party], party))
    shares = {str(u.law): u.seats.get(largest, 0) / sum(u.seats.values()) for u in counted}
    low, high = min(shares, key=lambda law: shares[law]), max(shares, key=lambda law: shares[law])
    (name,) = named_house(last.election.tally, {largest: 0})
    yield (
        f"The same votes under {len(counted)} editions of the law give {name} from {shares[low]:.1%} ({low}) to "
        f"{shares[high]:.1%} ({high}) of the seats that these votes fill."
    )


def _power(chain: Chain) -> Iterator[str]:
    if chain.last is None:
        return
    house = named_house(chain.last.election.tally, players(chain.last.house))
    seats, largest = sum(house.values()), max(house, key=lambda name: (house[name], name))
    majority = seats // 2 + 1
    power = float(banzhaf(house, majority)[largest])
    yield (
        f"At {majority} of {seats} votes {largest}, with {house[largest] / seats:.1%} of the seats, has {power:.1%} "
        "of the power (Banzhaf)."
    )


def _alignment(chain: Chain) -> Iterator[str]:
    windows = list(dict.fromkeys(score.window for score in chain.agreement))
    if not windows:
        return
    told = []
    for other in dict.fromkeys(score.other for score in chain.agreement):
        values = {s.window: s.value for s in chain.agreement if s.other == other and s.value is not None}
        if windows[0] in values and windows[-1] in values:
            told.append(f"as {country_name(other)} {values[windows[0]]:.0%} and {values[windows[-1]]:.0%}")
    if told:
        when = f"in {windows[0]} and in {windows[-1]}"
        yield f"How often {chain.name} voted the same in the General Assembly {when}: {'; '.join(told)}."


def _claims(chain: Chain) -> Iterator[str]:
    if chain.resolutions:
        counts = Counter(str(seen.verdict) for seen in chain.resolutions).most_common()
        yield f"Of {len(chain.resolutions)} claims of experts: {', '.join(f'{verdict} {n}' for verdict, n in counts)}."
