"""Digit tests: told when somebody asks for them, never counted as evidence.

No theory says that second digits of clean votes follow Benford's law [1]_; in clean New Zealand they fail four times in
fourteen. Last digits of large counts are even in theory, and the test is weak in practice.

References
----------
.. [1] J. Deckert, M. Myagkov, P. Ordeshook, "Benford's Law and the Detection of Election Fraud", Political Analysis
   19, 2011.
"""

from __future__ import annotations

import numpy as np

from sailau.forensics.finding import Finding, NotTestable
from sailau.forensics.stations import Counts, Numbers, Stations
from sailau.terms.speech import say

LEAST = 500
"""Counts that a test needs."""

WARNING = "digit tests are no evidence: they fail on clean elections, and pass on others"
_FAMILY = "digits"


def last_digits(stations: Stations) -> Finding | NotTestable:
    """Compare the last digits of the leader's counts of 100 and more with even ones, by chi-squared."""
    counts = stations.leading[stations.leading >= 100]
    return _digit_test("last digits", "even last digits", counts % 10, np.full(10, 0.1))


def second_digits(stations: Stations) -> Finding | NotTestable:
    """Compare the second digits of the leader's counts of 10 and more with Benford's law, by chi-squared."""
    counts = stations.leading[stations.leading >= 10]
    power = np.power(10, np.floor(np.log10(np.maximum(counts, 1)) + 1e-12).astype(np.int64) - 1)
    return _digit_test("second digits", "Benford", counts // np.maximum(power, 1) % 10, benford_second())


def benford_second() -> Numbers:
    """Return the law of second digits: P(d) = sum over f = 1 … 9 of log10(1 + 1 / (10 f + d))."""
    first = np.arange(1, 10)[:, None]
    return np.asarray(np.log10(1 + 1 / (10 * first + np.arange(10))).sum(axis=0), dtype=np.float64)


def _digit_test(name: str, null: str, digits: Counts, law: Numbers) -> Finding | NotTestable:
    from scipy.special import chdtrc

    if digits.size < LEAST:
        return NotTestable(
            name,
            _FAMILY,
            say("{size:,} counts; {least} are needed", size=digits.size, least=LEAST),
            say("votes by polling station"),
        )
    seen = np.bincount(digits, minlength=10)
    chi = float((((seen - digits.size * law) ** 2) / (digits.size * law)).sum())
    p = float(chdtrc(9, chi))
    return Finding(
        test=name,
        family=_FAMILY,
        kind="curiosity",
        null=null,
        expects=say("chi-squared about 9, if the law held for clean votes"),
        found=say("chi-squared {chi:.1f} of {size:,} counts (p {p:.2g}, not used)", chi=chi, size=digits.size, p=p),
        caution=say(WARNING),
        figures={"counts": int(digits.size), "chi_squared": round(chi, 1), "p_not_used": round(p, 6)},
    )
