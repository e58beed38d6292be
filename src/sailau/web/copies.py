"""A scene to take along: as a program, as a command, and its clauses in the order of the statute."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote

from sailau.web.controls import Control
from sailau.web.scene import Scene, named, with_sums
from sailau.web.store import is_own
from sailau.web.uploads import Asked


def python_of(scene: Scene, asked: Asked | None = None) -> str:
    """Return the scene as a program; own votes are read as they were asked to be, a saved scenario is opened."""
    e = scene.election
    lines = [f'law = sl.load_law("{scene.law}")']
    if is_own(scene.law.path):
        lines = [f'law = sl.read_law(Path("{scene.law.edition}.yaml"))']
    if not is_own(e.id):
        lines += [f'election = sl.load_election("{e.id}")', "tally = election.tally"]
    elif asked is not None:
        lines += [_reading(e.name, asked)]
    else:
        lines += ['tally = read_saved(Path("scenario.json")).tally']
    changes = with_sums(scene)
    if changes:
        inside = ", ".join(f'"{path}": "{value}"' for path, value in changes.items())
        lines += [f"law = law.replace({{{inside}}})"]
    decided = {**e.decisions, **scene.decisions}
    inside = ", ".join(f'"{key}": {list(names)!r}' for key, names in decided.items())
    lines += [f"print(law.count(tally{f', decisions={{{inside}}}' if decided else ''}).seats)"]
    return "\n".join([*_imports("\n".join(lines)), "", *lines])


def _imports(program: str) -> list[str]:
    """Return what a program has to import."""
    paths = ["from pathlib import Path", ""] if "Path(" in program else []
    saved = ["from sailau.runs.saved import read_saved"] if "read_saved(" in program else []
    return [*paths, "import sailau as sl", *saved]


def _reading(name: str, asked: Asked) -> str:
    """Return the line that reads a file of votes as it was read here."""
    words = [f'"{name}"', "law", f'tier="{asked.tier}"']
    words += [f'sheet="{asked.sheet}"'] if asked.sheet else []
    words += [f"seats={asked.seats}"] if asked.seats is not None else []
    words += ["keep_good=True"] if asked.keep else []
    words += [f"roles={dict(asked.roles)!r}"] if asked.roles else []
    return f"tally = sl.read_votes({', '.join(words)}).tally"


def command_of(scene: Scene, asked: Asked | None = None) -> str:
    """Return the scene as a command."""
    e = scene.election
    if is_own(scene.law.path) or (is_own(e.id) and asked is None):
        return "sailau count scenario.json"  # no archive has the law or the votes; the saved scenario does
    parts = ["sailau", "what-if" if scene.is_changed and not is_own(e.id) else "count"]
    parts.append(quote(e.name if is_own(e.id) else e.id))
    if scene.is_other or is_own(e.id):
        parts += ["--law", named(scene.law)]
    parts += _options(asked) if asked is not None else []
    for path, value in with_sums(scene).items():
        parts += ["--set", quote(f"{path}={value}")]
    for key, names in scene.decisions.items():
        parts += ["--decide", quote(f"{key}={','.join(names)}")]
    return " ".join(parts)


def _options(asked: Asked) -> list[str]:
    """Return the options that read a file of votes as it was read here."""
    parts = ["--tier", str(asked.tier)]
    parts += ["--sheet", quote(asked.sheet)] if asked.sheet else []
    parts += ["--seats", str(asked.seats)] if asked.seats is not None else []
    parts += ["--keep-good"] if asked.keep else []
    for column, role in asked.roles.items():
        parts += ["--column", f"{column}={role}"]
    return parts


def steps_of(scene: Scene) -> list[tuple[str, Sequence[Control]]]:
    """Return the controls by tier, in the order of the statute."""
    tiers = dict.fromkeys(control.tier for control in scene.controls)
    return [(tier, [c for c in scene.controls if c.tier == tier]) for tier in tiers]
