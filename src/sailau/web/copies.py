"""A scene to take along: as a program, as a command, and its clauses in the order of the statute."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote

from sailau.terms.tally import NATION
from sailau.web.controls import Control
from sailau.web.scene import Scene, named, with_sums


def python_of(scene: Scene) -> str:
    """Return the scene as a program."""
    lines = ["import sailau as sl", ""]
    e = scene.election
    if e.id.startswith("own:"):
        tier = next(iter(e.tally.tiers))
        given = next(iter(e.tally.tiers.values())).seats.get(NATION)
        seats = "" if given is None else f", seats={given}"
        lines += [f'law = sl.load_law("{named(scene.law)}")']
        lines += [f'tally = sl.read_votes("{e.name}", law, tier="{tier}"{seats}).tally']
    else:
        lines += [f'election = sl.load_election("{e.id}")', "tally = election.tally"]
        lines += [f'law = sl.load_law("{named(scene.law)}")']
    changes = with_sums(scene)
    if changes:
        inside = ", ".join(f'"{path}": "{value}"' for path, value in changes.items())
        lines += [f"law = law.replace({{{inside}}})"]
    decided = {**e.decisions, **scene.decisions}
    inside = ", ".join(f'"{key}": {list(names)!r}' for key, names in decided.items())
    lines += [f"print(law.count(tally{f', decisions={{{inside}}}' if decided else ''}).seats)"]
    return "\n".join(lines)


def command_of(scene: Scene) -> str:
    """Return the scene as a command."""
    e = scene.election
    parts = ["sailau", "what-if" if scene.is_changed and not e.id.startswith("own:") else "count"]
    parts.append(quote(e.name if e.id.startswith("own:") else e.id))
    if str(scene.law) != str(scene.in_force) or e.id.startswith("own:"):
        parts += ["--law", named(scene.law)]
    for path, value in with_sums(scene).items():
        parts += ["--set", quote(f"{path}={value}")]
    for key, names in scene.decisions.items():
        parts += ["--decide", quote(f"{key}={','.join(names)}")]
    return " ".join(parts)


def steps_of(scene: Scene) -> list[tuple[str, Sequence[Control]]]:
    """Return the controls by tier, in the order of the statute."""
    tiers = dict.fromkeys(control.tier for control in scene.controls)
    return [(tier, [c for c in scene.controls if c.tier == tier]) for tier in tiers]
