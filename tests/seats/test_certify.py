from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.properties.reference import DIVISOR_FORMULAS, FORMULAS, QUOTA_FORMULAS

from sailau.seats import certify as module
from sailau.seats.averages import highest_averages
from sailau.seats.certify import certify
from sailau.seats.remainders import largest_remainder
from sailau.terms.allocation import Allocation, DivisorCertificate, QuotaCertificate
from sailau.terms.divisor import DIVISORS, divisor_named
from sailau.terms.errors import CertificateError, Invalid, SailauError
from sailau.terms.quota import QUOTAS

VOTES = {"a": 3431, "b": 1294, "c": 547, "d": 535, "e": 89}


def first_name(tied: tuple[str, ...], choose: int) -> tuple[str, ...]:
    return tied[:choose]


def test_it_shares_no_code_with_the_formulas() -> None:
    counting = ["highest_averages", "largest_remainder", "settle", "quotient", "whole_quotas", "award_order"]
    assert not {*counting, "DIVISORS", "QUOTAS"} & vars(module).keys()


@pytest.mark.parametrize("n", [0, 1, 2, 5, 8, 69])
@pytest.mark.parametrize("formula", FORMULAS)
def test_what_is_right_passes(formula: str, n: int) -> None:
    certify(FORMULAS[formula](VOTES, n, ties=first_name))


@pytest.mark.parametrize("formula", FORMULAS)
def test_every_moved_seat_is_caught(formula: str) -> None:
    made = FORMULAS[formula](VOTES, 8)
    for giver in VOTES:
        for taker in VOTES:
            if giver != taker and made.seats[giver]:
                seats = made.seats | {giver: made.seats[giver] - 1, taker: made.seats[taker] + 1}
                with pytest.raises(CertificateError):
                    certify(replace(made, seats=seats))


@pytest.mark.parametrize("change", [{"a": 9}, {"a": -1}, {"a": 2.0}, {"z": 0}])
@pytest.mark.parametrize("formula", ["dhondt", "hare"])
def test_seats_that_are_no_seats(formula: str, change: dict[str, int]) -> None:
    made = FORMULAS[formula](VOTES, 5)
    with pytest.raises(CertificateError):
        certify(replace(made, seats=made.seats | change))


@pytest.mark.parametrize("formula", FORMULAS)
def test_another_number_of_seats(formula: str) -> None:
    with pytest.raises(CertificateError):
        certify(replace(FORMULAS[formula](VOTES, 8), n_seats=9))


@pytest.mark.parametrize("formula", [f for f in FORMULAS if f not in ("hagenbach_bischoff", "imperiali_quota")])
def test_a_tie_is_told_in_full_or_caught(formula: str) -> None:
    votes = {"a": 500, "b": 100, "c": 100, "d": 100}
    ties = {n: FORMULAS[formula](votes, n, ties=first_name) for n in range(2, 11) if _fits(formula, votes, n)}
    tied = [made for made in ties.values() if made.tied]
    assert tied
    for made in tied:
        certify(made)
        for said in ((), made.tied[1:], (*made.tied, "e"), (*made.tied, made.tied[0])):
            with pytest.raises(CertificateError, match="tie"):
                certify(replace(made, tied=said))


def _fits(formula: str, votes: dict[str, int], n: int) -> bool:
    try:
        FORMULAS[formula](votes, n, ties=first_name)
    except SailauError:
        return False
    return True


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_tie_that_is_none(formula: str) -> None:
    with pytest.raises(CertificateError, match="tied"):
        certify(replace(FORMULAS[formula](VOTES, 8), tied=("a", "b")))


def test_the_wrong_sequence() -> None:
    made = highest_averages({"a": 100, "b": 80, "c": 30, "d": 20}, 8, divisor="dhondt")
    with pytest.raises(CertificateError, match="d has the better claim"):
        certify(replace(made, method=DIVISORS["sainte_lague"]))


def test_a_sequence_that_is_not_what_its_name_says() -> None:
    false = replace(DIVISORS["dhondt"], term=lambda s: (2 * s + 1, 1), line=None)
    with pytest.raises(CertificateError):
        certify(highest_averages({"a": 100, "b": 80, "c": 30, "d": 20}, 8, divisor=false))
    for change in ({"name": "my own"}, {"power": 2}, {"first": Fraction(1, 2)}, {"name": "dhondt, first divisor 1/2"}):
        made = highest_averages(VOTES, 5, divisor="dhondt")
        with pytest.raises(CertificateError):
            certify(replace(made, method=replace(DIVISORS["dhondt"], **change)))


def test_first_divisors_are_in_the_name() -> None:
    swedish = highest_averages(VOTES, 9, divisor=divisor_named("sainte_lague", "1.2"))
    certify(swedish)
    with pytest.raises(CertificateError):
        certify(replace(swedish, method=replace(swedish.method, first=Fraction(14, 10))))


@pytest.mark.parametrize("formula", QUOTA_FORMULAS)
def test_the_wrong_quota(formula: str) -> None:
    made = largest_remainder(VOTES, 8, quota=formula)
    false = replace(QUOTAS[formula], of=lambda v, s: QUOTAS[formula](v, s) + 1)
    with pytest.raises(CertificateError, match=f"the {formula} is "):
        certify(replace(made, method=false), made.certificate())
    for name in ("my own", "hare_rounded_somehow"):
        with pytest.raises(CertificateError, match="second definition"):
            certify(replace(made, method=replace(QUOTAS[formula], name=name)))


def test_hare_seats_are_no_droop_seats() -> None:
    made = largest_remainder({"a": 470, "b": 160, "c": 158, "d": 120, "e": 61, "f": 31}, 10)
    with pytest.raises(CertificateError):
        certify(replace(made, method=QUOTAS["droop"]))


@pytest.mark.parametrize(
    ("lucky", "message"),
    [
        ((), "whole quotas and its remainder"),
        (("b", "b"), "named twice"),
        (("b", "d", "c"), "whole quotas and its remainder"),
        (("d", "b"), "b has the larger remainder, but stands behind d"),
    ],
)
def test_the_remainder_seats_and_their_order(lucky: tuple[str, ...], message: str) -> None:
    """Quota 10: remainders b .9, d .8, c .3."""
    made = largest_remainder({"a": 20, "b": 19, "c": 13, "d": 8}, 6)
    assert made.remainder_seats == ("b", "d")
    with pytest.raises(CertificateError, match=message):
        certify(replace(made, remainder_seats=lucky))


def test_a_remainder_seat_moved_with_its_name() -> None:
    made = largest_remainder({"a": 20, "b": 19, "c": 13, "d": 8}, 6)
    moved = replace(made, seats={"a": 2, "b": 2, "c": 2, "d": 0}, remainder_seats=("b", "c"))
    with pytest.raises(CertificateError, match="d has a larger remainder than c"):
        certify(moved)


def test_nobody_without_votes_wins() -> None:
    made = Allocation({"a": 1, "b": 1}, {"a": 2, "b": 0}, 2, QUOTAS["droop"], ("b",))
    with pytest.raises(CertificateError):
        certify(made)
    with pytest.raises(CertificateError):
        certify(Allocation({"a": 0, "b": 1}, {"a": 0, "b": 0}, 1, DIVISORS["dhondt"]))


def test_seats_held_are_respected() -> None:
    made = highest_averages({"a": 60, "b": 30, "c": 10}, 3, held={"b": 2})
    certify(made)
    with pytest.raises(CertificateError, match="b held 2 seats before and has 1 now"):
        certify(replace(made, seats={"a": 3, "b": 1, "c": 1}))
    with pytest.raises(CertificateError):
        certify(replace(made, held=None))  # without them b has too many
    with pytest.raises(CertificateError, match="starts from no seats"):
        certify(replace(largest_remainder(VOTES, 5), held={"a": 1}))


def test_limits_are_respected() -> None:
    made = highest_averages({"a": 90, "b": 10}, 4, limits={"a": 2})
    certify(made, limits={"a": 2})
    with pytest.raises(CertificateError, match="a has the better claim"):
        certify(made)
    with pytest.raises(CertificateError, match="more than the 1 it can hold"):
        certify(made, limits={"a": 1})


# The certificate.


@pytest.mark.parametrize("formula", DIVISOR_FORMULAS)
def test_the_interval_is_checked_on_its_own(formula: str) -> None:
    made = FORMULAS[formula](VOTES, 8)
    proof = made.certificate()
    assert isinstance(proof, DivisorCertificate)
    assert proof.low is not None
    assert proof.high is not None
    other = FORMULAS[formula](VOTES, 9).certificate()
    for false in (
        replace(proof, low=proof.low - 1),
        replace(proof, low=None),
        replace(proof, high=proof.high + 1),
        replace(proof, high=None),
        replace(proof, divisor=replace(proof.divisor, name="another")),
        other,
        largest_remainder(VOTES, 8).certificate(),
    ):
        with pytest.raises(CertificateError):
            certify(made, false)


@pytest.mark.parametrize("formula", DIVISOR_FORMULAS)
def test_every_divisor_of_the_interval_gives_the_seats_by_rounding(formula: str) -> None:
    made = FORMULAS[formula](VOTES, 8)
    proof = made.certificate()
    assert isinstance(proof, DivisorCertificate)
    assert proof.low is not None
    assert proof.high is not None
    for x in (proof.low, (proof.low + proof.high) / 2, proof.high):
        for contender in VOTES:
            module._check_rounding(made, proof.divisor, contender, x)
    for x in (proof.low * Fraction(99, 100), proof.high * Fraction(101, 100)):
        with pytest.raises(CertificateError, match="does not round"):
            for contender in VOTES:
                module._check_rounding(made, proof.divisor, contender, x)


def test_the_quota_proof_is_checked_on_its_own() -> None:
    made = largest_remainder(VOTES, 8)
    proof = made.certificate()
    assert isinstance(proof, QuotaCertificate)
    for false in (
        replace(proof, quota=Fraction(738)),
        replace(proof, quota=None),
        replace(proof, remainder_seats=()),
        replace(proof, seats={"a": 8}),
        replace(proof, lowest=Fraction(0)),
        replace(proof, highest=None),
        highest_averages(VOTES, 8).certificate(),
    ):
        with pytest.raises(CertificateError):
            certify(made, false)
    nothing = largest_remainder(VOTES, 0)
    with pytest.raises(CertificateError):
        certify(nothing, proof)


def test_a_certificate_error_is_an_invalid() -> None:
    assert issubclass(CertificateError, Invalid)


def test_a_quota_of_all_votes_that_take_part_is_no_smaller_one() -> None:
    cast = sum(VOTES.values())
    certify(largest_remainder(VOTES, 8, total=cast))
    with pytest.raises(CertificateError, match="is formed from fewer"):
        certify(replace(largest_remainder(VOTES, 8, total=cast), total=cast - 1))
