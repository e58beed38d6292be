"""The ledger: verdicts as they were recorded, and what has changed since."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sailau.claims.read import InvalidClaims
from sailau.claims.resolve import Resolution
from sailau.files.csvs import rows_of

COLUMNS = ("claim", "verdict", "figures", "digest", "recorded_on")
NAME = "verdicts.csv"


@dataclass(frozen=True, slots=True)
class Change:
    """A claim whose verdict, figures or records differ from the ledger.

    Attributes
    ----------
    claim : str
    was, now : str
        Verdicts; empty where the claim is new or gone.
    figures : tuple of str
        Figures that moved, each as ``name: old -> new``.
    records_only : bool
        Verdict and figures stand, but a record behind them was changed.
    """

    claim: str
    was: str
    now: str
    figures: tuple[str, ...]
    records_only: bool


def ledger_text(resolutions: Iterable[Resolution], on: str) -> str:
    """Return the ledger of some verdicts as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for seen in resolutions:
        writer.writerow([seen.claim.id, seen.verdict, _figures(seen), seen.digest, on])
    return out.getvalue()


def _figures(seen: Resolution) -> str:
    return "; ".join(f"{name}={f.spelled() if f else 'no data'}" for name, f in seen.figures.items())


def changes(path: Path, resolutions: Sequence[Resolution]) -> tuple[Change, ...]:
    """Compare verdicts with a ledger.

    Raises
    ------
    InvalidClaims
        The ledger is broken.
    """
    recorded = {row["claim"]: row for _, row in rows_of(path, COLUMNS, (), InvalidClaims)}
    out = []
    for seen in resolutions:
        old = recorded.pop(seen.claim.id, None)
        if old is None:
            out.append(Change(seen.claim.id, "", seen.verdict, (), records_only=False))
            continue
        moved = _moved(old["figures"], _figures(seen))
        if old["verdict"] != seen.verdict or moved:
            out.append(Change(seen.claim.id, old["verdict"], seen.verdict, moved, records_only=False))
        elif old["digest"] != seen.digest:
            out.append(Change(seen.claim.id, old["verdict"], seen.verdict, (), records_only=True))
    out += [Change(name, row["verdict"], "", (), records_only=False) for name, row in recorded.items()]
    return tuple(out)


def _moved(old: str, new: str) -> tuple[str, ...]:
    before, after = (dict(part.split("=", 1) for part in text.split("; ") if "=" in part) for text in (old, new))
    names = dict.fromkeys([*before, *after])
    return tuple(
        f"{n}: {before.get(n, 'not asked')} -> {after.get(n, 'not asked')}"
        for n in names
        if before.get(n) != after.get(n)
    )
