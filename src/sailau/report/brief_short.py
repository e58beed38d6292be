"""The brief in short: what each link of the chain comes to, one sentence each, with the figure in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sailau.claims.chain import Chain
from sailau.files.told import told
from sailau.locale import country_name
from sailau.parties.rates import Rate
from sailau.power import banzhaf
from sailau.power.games import players
from sailau.records.houses import election_name
from sailau.report.names import named_house
from sailau.runs.margin import margin
from sailau.runs.margin_turns import Turn
from sailau.runs.people_change import BACK, OTHERS, OWN, share_change
from sailau.runs.people_future import future
from sailau.runs.replay import Replay
from sailau.terms.errors import SailauError
from sailau.terms.speech import coded, joined, say, spoken

AHEAD = 10
"""Years that the people are projected for one sentence."""


def called(chain: Chain) -> str:
    """Return the name of the country in the language that is spoken."""
    return chain.name if spoken() == "en" else country_name(chain.country, spoken())


def in_short(chain: Chain) -> tuple[str, ...]:
    """Return what the parts of the chain come to; a part of which nothing is recorded says nothing."""
    makers = (_people, _parties, _votes, _laws, _power, _alignment, _claims)
    return tuple(sentence for make in makers for sentence in make(chain))


def _people(chain: Chain) -> Iterator[str]:
    record = chain.population
    whole = chain.whole_censuses
    if record is None or not record.majority or len(whole) < 2:
        return
    first, last, who = whole[0].id, whole[-1].id, record.said(record.majority)
    try:
        change = share_change(record, first, last)
    except SailauError:
        return
    points = {name: 100 * float(part) for name, part in change.found.parts.items()}
    before, after = float(change.found.before), float(change.found.after)
    yield say(
        "{who} were {before:.1%} of the people in {first} and {after:.1%} in {last}: {others:+.1f} points by fewer "
        "others, {own:+.1f} by their own growth, {back:+.1f} by those who came back.",
        who=who,
        before=before,
        first=first,
        after=after,
        last=last,
        others=points.get(OTHERS, 0.0),
        own=points.get(OWN, 0.0),
        back=points.get(BACK, 0.0),
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
    yield say(
        "Births, deaths and moves alone would make {who} {share:.1%} in {year!s}; answers can change too.",
        who=who,
        share=float(share),
        year=cube.years[-1],
    )


def _parties(chain: Chain) -> Iterator[str]:
    laws = chain.party_laws
    if len(laws) > 1:
        steps = joined([joined([str(law.since.year), told(law.name)], ": ") for law in laws], "; ")
        yield say("What a party needs has changed {n} times ({steps}).", n=len(laws) - 1, steps=steps)
    if chain.cases and chain.cases.rates:
        rate = next(iter(chain.cases.rates.values()))
        yield _rate(rate)


def _rate(rate: Rate) -> str:
    low, high = rate.interval()
    name = told(rate.name)
    return say(
        "{name}: {passed} of {tried}, a rate somewhere between {low:.0%} and {high:.0%}.",
        name=name[:1].upper() + name[1:],
        passed=rate.passed,
        tried=rate.tried,
        low=float(low),
        high=float(high),
    )


def _votes(chain: Chain) -> Iterator[str]:
    last = chain.last
    if last is None:
        return
    house = named_house(last.election.tally, last.house, spoken())
    largest = max(house, key=lambda name: (house[name], name))
    yield say(
        "{election}: {largest} holds {seats:,} of {total:,} seats.",
        election=election_name(last.election, spoken()),
        largest=largest,
        seats=house[largest],
        total=sum(house.values()),
    )
    try:
        found = margin(last.law, last.election.tally, decisions=last.election.decisions, rows=1)
    except SailauError:
        return
    for tier in found.tiers:
        if tier.exact and tier.best is not None:
            turn = tier.best
            yield say(
                "{votes:,} votes {kind} would have changed a seat of the tier {tier}{crossing}.",
                votes=turn.votes,
                kind=coded(turn.move.kind),
                tier=coded(tier.tier),
                crossing=_crossing(last, turn),
            )


def _crossing(last: Replay, turn: Turn) -> str:
    """Say who would have crossed a bar, where that is how seats would have changed."""
    sides = {**dict.fromkeys(turn.leaves, "{name} below the bar"), **dict.fromkeys(turn.enters, "{name} above the bar")}
    names = named_house(last.election.tally, dict.fromkeys(sides, 0), spoken())
    crossing = [say(side, name=name) for name, side in zip(names, sides.values(), strict=True)]
    return joined([": ", joined(crossing, ", ")], "") if crossing else ""


def _laws(chain: Chain) -> Iterator[str]:
    counted, last = [under for under in chain.under if under.seats], chain.last
    if last is None or len(counted) < 2:
        return
    largest = max(last.house, key=lambda party: (last.house[party], party))
    shares = {str(u.law): u.seats.get(largest, 0) / sum(u.seats.values()) for u in counted}
    low, high = min(shares, key=lambda law: shares[law]), max(shares, key=lambda law: shares[law])
    (name,) = named_house(last.election.tally, {largest: 0}, spoken())
    yield say(
        "The same votes under {n} editions of the law give {name} from {low:.1%} ({lowest}) to {high:.1%} ({highest}) "
        "of the seats that these votes fill.",
        n=len(counted),
        name=name,
        low=shares[low],
        lowest=low,
        high=shares[high],
        highest=high,
    )


def _power(chain: Chain) -> Iterator[str]:
    if chain.last is None:
        return
    house = named_house(chain.last.election.tally, players(chain.last.house), spoken())
    seats, largest = sum(house.values()), max(house, key=lambda name: (house[name], name))
    majority = seats // 2 + 1
    power = float(banzhaf(house, majority)[largest])
    yield say(
        "At {majority} of {seats} votes {largest}, with {share:.1%} of the seats, has {power:.1%} of the power "
        "(Banzhaf).",
        majority=majority,
        seats=seats,
        largest=largest,
        share=house[largest] / seats,
        power=power,
    )


def _alignment(chain: Chain) -> Iterator[str]:
    windows = list(dict.fromkeys(score.window for score in chain.agreement))
    if not windows:
        return
    shown = []
    for other in dict.fromkeys(score.other for score in chain.agreement):
        values = {s.window: s.value for s in chain.agreement if s.other == other and s.value is not None}
        if windows[0] in values and windows[-1] in values:
            before, after = (float(values[window] or 0) for window in (windows[0], windows[-1]))
            sentence = "as {country} {before:.0%} and {after:.0%}"
            shown.append(say(sentence, country=country_name(other, spoken()), before=before, after=after))
    if shown:
        yield say(
            "How often {name} voted the same in the General Assembly in {first} and in {last}: {shown}.",
            name=called(chain),
            first=windows[0],
            last=windows[-1],
            shown=joined(shown, "; "),
        )


def _claims(chain: Chain) -> Iterator[str]:
    if chain.resolutions:
        counts = Counter(str(seen.verdict) for seen in chain.resolutions).most_common()
        shown = ", ".join(f"{coded(verdict)} {n}" for verdict, n in counts)
        yield say("Of {n} claims of experts: {shown}.", n=len(chain.resolutions), shown=shown)
