"""A scene to take along: as a program, as a command, and its clauses in the order of the statute."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote

from sailau.terms.tally import NATION
from sailau.web.controls import Control
from sailau.web.scene import Scene, named, with_sums
from sailau.web.store import is_own


def python_of(scene: Scene) -> str:
    """Return the scene as a program."""
    e = scene.election
    lines = ["import sailau as sl", "", f'law = sl.load_law("{scene.law}")']
    if is_own(scene.law.path):
        lines = ["from pathlib import Path", "", "import sailau as sl", ""]
        lines += [f'law = sl.read_law(Path("{scene.law.edition}.yaml"))']
    if is_own(e.id):
        tier = next(iter(e.tally.tiers))
        given = e.tally.tiers[tier].seats.get(NATION)
        seats = "" if given is None else f", seats={given}"
        lines += [f'tally = sl.read_votes("{e.name}", law, tier="{tier}"{seats}).tally']
    else:
        lines += [f'election = sl.load_election("{e.id}")', "tally = election.tally"]
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
    if is_own(scene.law.path):
        return "sailau count scenario.json"  # no archive has the law; the saved scenario does
    parts = ["sailau", "what-if" if scene.is_changed and not is_own(e.id) else "count"]
    parts.append(quote(e.name if is_own(e.id) else e.id))
    if scene.is_other or is_own(e.id):
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
