"""One sentence that says what a changed law does to the house."""

from __future__ import annotations

from collections.abc import Callable

from sailau.web.house import House
from sailau.web.words import Words


def what_changed(before: House, after: House, words: Words, name: Callable[[str], str]) -> str:
    """Return the sentence: size of the house, seats that move, who comes and goes, what becomes of the majority."""
    parts: list[str] = []
    if after.total != before.total:
        parts.append(words("said.size", before=before.total, after=after.total))
    change = {p: after.seats.get(p, 0) - before.seats.get(p, 0) for p in {**before.seats, **after.seats}}
    gains, losses = sum(n for n in change.values() if n > 0), -sum(n for n in change.values() if n < 0)
    if not gains and not losses:
        return words("said.nothing")
    parts.append(words("said.moved", n=max(gains, losses)))
    gone = [name(p) for p, n in before.seats.items() if n and not after.seats.get(p)]
    come = [name(p) for p, n in after.seats.items() if n and not before.seats.get(p)]
    if gone:
        parts.append(words("said.gone", names=_listed(gone, words)))
    if come:
        parts.append(words("said.come", names=_listed(come, words)))
    parts.append(_majority(before.winner, after.winner, words, name))
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}."


def _listed(names: list[str], words: Words) -> str:
    if len(names) > 4:
        return words("said.several", n=len(names))
    return ", ".join(names)


def _majority(before: str | None, after: str | None, words: Words, name: Callable[[str], str]) -> str:
    if before == after:
        return words("said.majority_stays", name=name(after)) if after else words("said.none_stays")
    if after is None:
        return words("said.majority_lost", name=name(str(before)))
    return words("said.majority_won", name=name(after))
