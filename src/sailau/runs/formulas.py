"""The kernel of each formula that has one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sailau.kernels.averages import Line, averages
from sailau.kernels.lots import numbered
from sailau.kernels.remainders import Price, remainders
from sailau.runs.stepwise import share_by_steps
from sailau.terms.divisor import divisor_named
from sailau.terms.quota import is_quota
from sailau.terms.speech import coded, joined, say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.kernels.philox import Key

    Counts = NDArray[Any]
    Share = Callable[[Counts, int, Key, int, int], tuple[Counts, Counts]]

PRICES = {
    "hare": Price(0),
    "droop": Price(1, "above"),
    "hagenbach_bischoff": Price(1),
    "imperiali_quota": Price(2),
    **{
        f"{name}_{word}": Price(extra, rounding)  # type: ignore[arg-type]  # the four words are those of Price
        for name, extra in (("hare", 0), ("hagenbach_bischoff", 1), ("imperiali_quota", 2))
        for word, rounding in (("rounded_down", "down"), ("rounded_up", "up"), ("rounded", "near"))
    },
    "hare_rounded_half_down": Price(0, "near_below"),
}


LARGEST_PART = 1_000
"""The denominator of what a quota adds to the seats, up to which it is counted on arrays."""

LINEAR = ("dhondt", "sainte_lague", "modified_sainte_lague", "danish", "imperiali_divisor", "adams")


class NoKernel(Exception):
    """A clause that only the exact count knows; the message says which.

    Attributes
    ----------
    sentence : str
        Why, in English, with slots for `values`.
    step : str
        The step of the law that it is about; empty where it is about the tier or the tally.
    """

    def __init__(self, sentence: str, /, *, step: str = "", **values: object) -> None:
        self.sentence, self.step, self.values = sentence, step, values
        super().__init__(f"{step}: {sentence.format(**values)}" if step else sentence.format(**values))

    def told(self) -> str:
        """Return the message in the language that is spoken."""
        said = say(self.sentence, **self.values)
        return joined([coded(self.step), said], ": ") if self.step else said


def price_named(name: str | None) -> Price:
    """Return a quota with a kernel.

    Raises
    ------
    NoKernel
        There is none.
    """
    word, _, more = (name or "").partition("+")
    if not more and word in PRICES:
        return PRICES[word]
    added = Fraction(more) if more and is_quota(name) else None
    if added is None or added.denominator > LARGEST_PART:
        raise NoKernel("a quota without a kernel: {name}", name=name)
    return Price(added.numerator, PRICES[word].rounding, added.denominator)


def share_of(quota: str | None, divisor: str | None, first: Fraction | None, names: Sequence[str]) -> Share:
    """Return the kernel of a formula: a quota with the largest remainders, or a divisor sequence.

    Parameters
    ----------
    quota, divisor, first
    names : sequence of str
        Who stands in which column: lots follow names.

    Raises
    ------
    NoKernel
        There is none.
    """
    who = numbered(names)
    if quota is not None:
        price = price_named(quota)
        return lambda votes, seats, key, run, stream: remainders(
            votes, seats, price, key=key, first=run, stream=stream, names=who
        )
    if divisor is not None and divisor not in LINEAR:
        return share_by_steps(divisor_named(divisor, first))
    line = line_of(divisor or "", first)
    return lambda votes, seats, key, run, stream: averages(
        votes, seats, line, key=key, first=run, stream=stream, names=who
    )


def line_of(name: str, first: Fraction | None) -> Line:
    """Return a divisor sequence in whole numbers.

    Raises
    ------
    NoKernel
        It is no line.
    """
    rule = divisor_named(name, first)
    if name not in LINEAR:
        raise NoKernel("{term}", step="allocate", term=name)
    one, two, start = (Fraction(*rule.term(1)), Fraction(*rule.term(2)), Fraction(*rule.at(0)))
    slope = two - one
    scale = start.denominator * slope.denominator * one.denominator
    return Line(int(slope * scale), int((one - slope) * scale), int(start * scale))
