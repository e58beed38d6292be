"""Steps that are added to a law as a question: where they stand, what they do, and what is refused."""

import pytest

import sailau as sl
from sailau.law.adding import ADDABLE
from sailau.terms.errors import InvalidLaw

KZ = sl.load_election("kz/mazhilis/2023-03-19")
LAW = sl.load_law("kz/mazhilis", on=KZ.day)


def test_an_added_threshold_is_the_threshold_of_a_law_that_has_one() -> None:
    tally = sl.load_election("fi/eduskunta/2019-04-14").tally
    law = sl.load_law("fi/eduskunta", on="2019-04-14")
    (tier,) = {tier.name for tier in law.tiers if tier.name in tally.tiers and tier.district == "multi_member"}
    votes = tally.party_votes()
    bar = law.replace({f"{tier}.add": "threshold", f"{tier}.threshold.share": "10%"})
    share = {party: n / sum(votes.values()) for party, n in votes.items()}
    seats = bar.count(tally).seats
    assert any(n and share[party] < 0.10 for party, n in law.count(tally).seats.items()), "nobody is under the bar"
    assert all(not n for party, n in seats.items() if share[party] < 0.10)
    assert sum(seats.values()) == sum(law.count(tally).seats.values())


def test_compensation_makes_the_whole_house_follow_the_list_votes() -> None:
    mixed = LAW.replace({"list.add": "compensate"})
    seats = mixed.count(KZ.tally).seats
    districts = KZ.declared_seats()
    votes = {p: n for p, n in KZ.tally.tiers["list"].votes["nation"].items() if p not in ("against_all", "baytaq")}
    others = sum(n for party, n in districts.items() if party not in votes)
    wanted = sl.largest_remainder(votes, 98 - others).seats
    assert sum(districts.values()) == 29 and others
    assert {party: seats[party] + districts.get(party, 0) for party in wanted} == dict(wanted)


def test_a_bonus_goes_to_the_first_and_the_rest_is_shared_out() -> None:
    seats = LAW.replace({"list.add": "bonus", "list.bonus.part": "20%"}).count(KZ.tally).counts["list"].total_placed()
    votes = {p: n for p, n in KZ.tally.tiers["list"].votes["nation"].items() if p not in ("against_all", "baytaq")}
    rest = sl.largest_remainder(votes, 69 - 14).seats  # a fifth of 69 is 13.8
    assert seats["amanat"] == rest["amanat"] + 14
    assert all(seats[p] == n for p, n in rest.items() if p != "amanat")


def test_what_was_added_says_that_no_law_says_so() -> None:
    result = LAW.replace({"list.add": "bonus"}).count(KZ.tally)
    assert "added here, by no law" in str(result.explain())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"list.add": "threshold"}, "has a threshold"),
        ({"district.add": "bonus"}, "shared out as one"),
        ({"district.add": "guarantee"}, "needs a threshold"),
        ({"list.add": "bnus"}, "no step to add"),
        ({"lst.add": "bonus"}, "no tier 'lst'"),
    ],
)
def test_a_step_that_has_no_place_is_refused(change: dict[str, str], said: str) -> None:
    with pytest.raises(InvalidLaw, match=said):
        LAW.replace(change)


def test_a_clause_that_is_missing_says_how_to_add_it() -> None:
    law = sl.load_law("fi/eduskunta", on="2019-04-14")
    tier = next(tier.name for tier in law.tiers if tier.needs_votes)
    with pytest.raises(InvalidLaw) as refused:
        law.replace({f"{tier}.threshold.share": "3%"})
    assert refused.value.hint == f"add it first: {tier}.add=threshold"


@pytest.mark.parametrize("word", ADDABLE)
def test_every_step_stands_in_some_law_and_changes_seats_or_not_but_loses_none(word: str) -> None:
    stood = 0
    for name in ("kz/mazhilis/2023-03-19", "fi/eduskunta/2019-04-14", "nl/tweede_kamer/2023-11-22"):
        election = sl.load_election(name)
        law = sl.load_law(election.law.partition("@")[0], on=election.day)
        for tier in law.tiers:
            text = word if word != "guarantee" or "threshold" in str(tier.steps) else "threshold,guarantee"
            try:
                changed = law.replace({f"{tier.name}.add": text})
            except InvalidLaw:
                continue
            stood += 1
            before, after = law.count(election.tally).seats, changed.count(election.tally).seats
            assert sum(after.values()) == sum(before.values()), (name, tier.name)
    assert stood
