"""What an interrupted simulation keeps, and how it goes on from there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from sailau.files.writing import write_whole
from sailau.runs.summary import Summary
from sailau.terms.errors import Invalid, NotFound


def save(path: Path, job: str, parts: Sequence[Summary]) -> None:
    """Write what is done of the job of that checksum; a file that is there is replaced as a whole or not at all."""
    text = json.dumps({"job": job, "parts": [json.loads(part.to_json()) for part in parts]}, sort_keys=True)
    write_whole(path, text + "\n")


def resumed(job: str, path: Path, n: int) -> tuple[Summary, ...]:
    """Return what is done.

    Raises
    ------
    Invalid
        The file is none of ours, or of another simulation, or holds more runs than are asked for.
    """
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
        parts = tuple(Summary.from_json(json.dumps(part)) for part in saved["parts"])
    except FileNotFoundError:
        raise NotFound("file to go on from", str(path)) from None
    except OSError as cause:
        raise Invalid(f"{path} cannot be read: {cause.strerror}") from None
    except (ValueError, KeyError, TypeError):
        hint = "give the SCENARIO.partial.json that Ctrl-C left; a file that is cut off cannot be mended"
        raise Invalid(f"{path} holds no simulation to go on with", hint=hint) from None
    if saved.get("job") != job:
        raise Invalid(f"{path} was saved by another scenario, law or seed", hint="start again without it")
    runs = sum(part.runs for part in parts)
    if runs > n:
        raise Invalid(f"{path} holds {runs:,} runs already, more than {n:,}")
    return parts
