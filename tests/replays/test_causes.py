"""The causes of elections that do not come out: each what-if that a record tells is counted here again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest

from sailau.records.election import Election
from sailau.records.library import load_election
from sailau.runs.replay import replay
from sailau.terms.tally import NATION, Ballots

Groups = tuple[tuple[str, ...], ...]


def linked(election: Election, groups: Groups) -> Election:
    """Return the election as if these lists had been linked, and no others."""
    link = {name: f"what_if_{i}" for i, group in enumerate(groups) for name in group}
    contenders = {
        name: replace(marks, apparentment=(link[name],) if name in link else ())
        for name, marks in election.tally.contenders.items()
    }
    return replace(election, tally=replace(election.tally, contenders=contenders))


def official(election: Election) -> dict[str, int]:
    """Return the official seats of the country by list."""
    total: dict[str, int] = {}
    for areas in election.official.values():
        for seats in areas.values():
            for name, n in seats.items():
                total[name] = total.get(name, 0) + n
    return total


def sums_agree(election: Election, groups: Groups) -> bool:
    """Say whether every list outside the links, and every link as a whole, gets its official seats."""
    seen = replay(linked(election, groups))
    assert seen.result is not None
    wanted, got = official(election), seen.result.seats
    units = [*groups, *((name,) for name in got if not any(name in group for group in groups))]
    return all(sum(got.get(n, 0) for n in unit) == sum(wanted.get(n, 0) for n in unit) for unit in units)


def highest(votes: Mapping[str, int], seats: int, first: Fraction = Fraction(1), step: int = 1) -> dict[str, int]:
    """Share out by highest quotients, seat after seat: the slow twin of the kernels."""
    won = dict.fromkeys(votes, 0)
    for _ in range(seats):
        best = max(votes, key=lambda c: Fraction(votes[c]) / (first if not won[c] else step * won[c] + 1))
        won[best] += 1
    return won


def largest(votes: Mapping[str, int], seats: int) -> dict[str, int]:
    """Share out by whole quotas and largest remainders."""
    total = sum(votes.values())
    won = {c: n * seats // total for c, n in votes.items()}
    for c in sorted(votes, key=lambda c: -(votes[c] * seats % total))[: seats - sum(won.values())]:
        won[c] += 1
    return won


def winners(election: Election) -> list[str]:
    """Return the lists with seats."""
    return [name for name, n in official(election).items() if n]


def pairs(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Return every two of the lists."""
    return list(combinations(sorted(names), 2))


def test_knesset_1959_comes_out_by_one_agreement_alone() -> None:
    election = load_election("il/knesset/1959-11-03")
    tried = pairs(winners(election))
    exact = [pair for pair in tried if replay(linked(election, (pair,))).matches]
    assert len(tried) == 66
    assert exact == [("agriculture_and_development", "cooperation_and_brotherhood")]


def test_knesset_1973_comes_out_by_nine_pairs_of_agreements() -> None:
    election = load_election("il/knesset/1973-12-31")
    tried = pairs(winners(election))
    assert not any(replay(linked(election, (pair,))).matches for pair in tried)
    apart = [(a, b) for a, b in combinations(tried, 2) if not set(a) & set(b)]
    exact = [both for both in apart if replay(linked(election, both)).matches]
    assert len(exact) == 9
    for both in exact:
        first, second = both
        assert ("ratz" in first) != ("ratz" in second)
        assert ("progress_and_development" in first) == ("ratz" in second)


def test_folketing_1994_comes_out_with_174_seats() -> None:
    election = load_election("dk/folketing/1994-09-21")
    wanted = official(election)
    votes = {c: n for c, n in election.tally.tiers["supplementary"].votes[NATION].items() if wanted.get(c)}
    del votes["independents"]
    assert largest(votes, 174) == {c: wanted[c] for c in votes}
    assert largest(votes, 175) != {c: wanted[c] for c in votes}


@pytest.mark.parametrize(
    ("day", "kept"),
    [("1988-09-18", {"centerpartiet": 42}), ("2014-09-14", {"socialdemokraterna": 113, "sverigedemokraterna": 49})],
)
def test_riksdag_comes_out_with_the_surplus_set_apart(day: str, kept: dict[str, int]) -> None:
    election = load_election(f"se/riksdag/{day}")
    wanted = official(election)
    cast = election.tally.tiers["adjustment"].votes[NATION]
    votes = {c: cast[c] for c, n in wanted.items() if n and c not in kept}
    whole = {c: cast[c] for c, n in wanted.items() if n}
    first = Fraction(7, 5)
    assert {c: wanted[c] for c in kept} == kept
    assert highest(votes, 349 - sum(kept.values()), first, 2) == {c: wanted[c] for c in votes}
    assert {c for c, n in highest(whole, 349, first, 2).items() if n < wanted[c]} == set(kept)


def test_finland_1999_comes_out_with_any_of_four_alliances() -> None:
    election = load_election("fi/european_parliament/1999-06-13")
    names = election.tally.tiers["list"].votes[NATION]
    exact = [pair for pair in pairs(names) if sums_agree(election, (pair,))]
    assert exact == pairs_with("kd", ("dl_vas", "kok", "ssdp", "vihr"))


def pairs_with(name: str, others: Iterable[str]) -> list[tuple[str, ...]]:
    return sorted(tuple(sorted((name, other))) for other in others)


def test_finland_2009_comes_out_with_the_alliance_as_a_whole() -> None:
    election = load_election("fi/european_parliament/2009-06-07")
    assert sums_agree(election, (("kd", "sp_p"),))
    assert not sums_agree(election, ())


def test_denmark_1979_needs_more_than_one_alliance() -> None:
    election = load_election("dk/european_parliament/1979-06-10")
    names = election.tally.tiers["list"].votes[NATION]
    tried = pairs(names)
    assert not any(sums_agree(election, (pair,)) for pair in tried)
    with_sf = [(a, b) for a, b in combinations(tried, 2) if not set(a) & set(b) and "sf" in a + b]
    assert sum(sums_agree(election, both) for both in with_sf) > 1


@pytest.mark.parametrize("third", ["d66", "psp"])
def test_the_netherlands_1977_come_out_with_a_third_list_in_the_link(third: str) -> None:
    election = load_election("nl/tweede_kamer/1977-05-25")
    assert replay(linked(election, (("pvda", "ppr", third),))).matches


@pytest.mark.parametrize("valid", [32_944_128, 32_950_000, 32_954_888])
def test_italy_1994_comes_out_with_the_valid_votes_that_published_shares_need(valid: int) -> None:
    election = load_election("it/european_parliament/1994-06-12")
    ballots = election.tally.tiers["list"]
    votes = ballots.votes[NATION]
    assert round(Fraction(votes["fi_pdl"] * 100, valid), 2) == Fraction("30.62")
    tiers = {"list": replace(ballots, totals=_with_valid(ballots, valid))}
    assert replay(replace(election, tally=replace(election.tally, tiers=tiers))).matches


def _with_valid(ballots: Ballots, valid: int) -> dict[str, dict[str, int]]:
    return {NATION: {**ballots.totals.get(NATION, {}), "valid": valid}}


def _district(votes: Mapping[str, int], share: Fraction, seats: int) -> dict[str, int]:
    """Count a district of 2018, with a part of the other votes for Saadet in the alliance of CHP and İYİ."""
    lists = {c: n for c, n in votes.items() if c != "others"}
    lists["saadet"] = int(votes.get("others", 0) * share)
    sides = {"akp": "people", "mhp": "people", "chp": "nation", "iyi": "nation", "saadet": "nation"}
    blocs: dict[str, dict[str, int]] = {}
    for c, n in lists.items():
        blocs.setdefault(sides.get(c, c), {})[c] = n
    won = highest({side: sum(parts.values()) for side, parts in blocs.items()}, seats)
    out: dict[str, int] = {}
    for side, n in won.items():
        out |= highest(blocs[side], n)
    return {c: n for c, n in out.items() if n}


@pytest.mark.parametrize("percent", [58, 63, 69])
def test_turkey_2018_comes_out_with_a_part_of_the_others_for_saadet(percent: int) -> None:
    election = load_election("tr/tbmm/2018-06-24")
    (tier,) = election.tally.tiers
    wanted = {area: {c: n for c, n in seats.items() if n} for area, seats in election.official[tier].items()}
    other = [
        area
        for area, votes in election.tally.tiers[tier].votes.items()
        if _district(votes, Fraction(percent, 100), sum(wanted[area].values())) != wanted[area]
    ]
    assert other == ["diyarbakir"]
    votes = election.tally.tiers[tier].votes["diyarbakir"]
    assert _district(votes, Fraction(31, 100), sum(wanted["diyarbakir"].values())) == wanted["diyarbakir"]


def test_sri_lanka_2000_does_not_come_out_with_the_missing_votes_in_one_district() -> None:
    election = load_election("lk/parliament/2000-10-10")
    ballots = election.tally.tiers["district"]
    standing = [area for area, votes in ballots.votes.items() if "nua" in votes]
    assert standing
    for area in standing:
        votes = {**ballots.votes, area: {**ballots.votes[area], "nua": ballots.votes[area]["nua"] + 12_390}}
        tiers = {**election.tally.tiers, "district": replace(ballots, votes=votes)}
        assert not replay(replace(election, tally=replace(election.tally, tiers=tiers))).matches, area
