"""Small examples of ConcreteSTV by the rules of Australia's Senate; what must come out is said beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sailau.law.library import load_law
from sailau.seats.count import start
from sailau.seats.rank import Rank
from sailau.seats.stages import Ranked
from sailau.terms.tally import Ballots, Tally

EXAMPLES = Path("examples")


def senate() -> Rank:
    """Return the count of the law that ships."""
    (tier,) = load_law("au/senate", on="2022-05-21").tiers
    return next(step for step in tier.steps if isinstance(step, Rank))


def counted(copy: Path, name: str, decisions: Mapping[str, tuple[str, ...]] | None = None) -> Ranked:
    """Count an example; a vote for groups stands for their candidates in order."""
    file = json.loads((copy / EXAMPLES / f"{name}.stv").read_text(encoding="utf-8"))
    meta = file["metadata"]
    names = [candidate["name"] for candidate in meta["candidates"]]
    rankings: dict[tuple[str, ...], int] = {}
    for row in [*file["atl"], *file["btl"]]:
        numbers = row.get("candidates") or _of_groups(row, meta)
        ranking = tuple(names[i] for i in numbers)
        rankings[ranking] = rankings.get(ranking, 0) + row["n"]
    tier = Ballots({"nation": dict.fromkeys(names, 0)}, rankings={"nation": rankings})
    seats = meta["vacancies"]
    return senate().count(start(Tally({"x": tier}), tier, "x", seats, {}, done={}, decisions=decisions or {}, trail=()))


def _of_groups(row: Mapping[str, Any], meta: Mapping[str, Any]) -> list[int]:
    return [number for party in row["parties"] for number in meta["parties"][party]["candidates"]]
