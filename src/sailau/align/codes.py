"""Codes of votes as data: which sign in a file means yes, abstain, no, absent, or no member."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from sailau.align.problems import InvalidRollCalls
from sailau.terms.speech import say

NO, ABSTAIN, YES = 0, 1, 2
ABSENT, OUT, UNRECORDED = -1, -2, -3
"""Absent is a member that did not vote, out is no member, unrecorded is no row at all: none of them abstains."""

MEANINGS: Mapping[str, int] = MappingProxyType({"yes": YES, "abstain": ABSTAIN, "no": NO, "absent": ABSENT, "out": OUT})

_WORDS = {
    YES: ("yes", "yea", "aye", "y", "for", "in favour", "in favor"),
    NO: ("no", "nay", "n", "against"),
    ABSTAIN: ("abstain", "abstained", "abstention"),
    ABSENT: ("absent", "not voting", "non-voting", "did not vote", "nv"),
    OUT: ("out", "not a member", "not member"),
}
WORDS: Mapping[str, int] = MappingProxyType({word: code for code, words in _WORDS.items() for word in words})

NAMED: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "words": WORDS,
        "un": MappingProxyType({"1": YES, "2": ABSTAIN, "3": NO, "8": ABSENT, "9": OUT}),
        "voteview": MappingProxyType(
            {"0": OUT} | dict.fromkeys("123", YES) | dict.fromkeys("456", NO) | dict.fromkeys("789", ABSENT)
        ),
        "binary": MappingProxyType({"1": YES, "0": NO, "": ABSENT, "na": ABSENT}),
    }
)
"""Codes by name: words of English; the UN set of Voeten; VoteView; 1 and 0 with gaps."""

_WHOLE = re.compile(r"(-?\d+)\.0+")


def tidy(text: str) -> str:
    """Return a cell without blanks around it, and a whole number without the zeros after its point.

    Examples
    --------
    >>> tidy(" 46.0 ")
    '46'
    """
    text = text.strip()
    found = _WHOLE.fullmatch(text)
    return found[1] if found else text


def codes_of(given: str | Mapping[str, str] | None) -> Mapping[str, int]:
    """Return a code by name, by a mapping, or from ``sign=meaning`` pairs; English words if nothing is given.

    Raises
    ------
    InvalidRollCalls
        No such name, a meaning that is none, or a sign with two meanings.

    Examples
    --------
    >>> codes_of("P=yes,C=no,=absent")
    {'p': 2, 'c': 0, '': -1}
    >>> codes_of("un")["3"] == NO
    True
    """
    if given is None:
        return WORDS
    if isinstance(given, str):
        if given in NAMED:
            return NAMED[given]
        pairs = [part.rpartition("=") for part in given.split(",")]
        if any(not equals for _, equals, _ in pairs):
            hint = say("names: {named}; or pairs such as 1=yes,2=abstain,3=no", named=", ".join(NAMED))
            raise InvalidRollCalls(say("{given!r} names no code of votes", given=given), hint=hint)
        signs = [(sign, meaning) for sign, _, meaning in pairs]
    else:
        signs = list(given.items())
    return _checked(signs)


def _checked(signs: list[tuple[str, str]]) -> Mapping[str, int]:
    out: dict[str, int] = {}
    for sign, meaning in signs:
        key, word = tidy(sign).casefold(), meaning.strip().casefold()
        if word not in MEANINGS:
            raise InvalidRollCalls(
                say("{meaning!r} is no meaning of a vote", meaning=meaning),
                hint=say("one of {meanings}", meanings=", ".join(MEANINGS)),
            )
        if out.setdefault(key, MEANINGS[word]) != MEANINGS[word]:
            raise InvalidRollCalls(
                say("the sign {sign!r} has two meanings", sign=sign), hint=say("give each sign once")
            )
    return out
