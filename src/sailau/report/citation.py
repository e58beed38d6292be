"""Citations: BibTeX for statutes, sources of figures, and sailau itself."""

from __future__ import annotations

import re

from sailau.law.edition import Law
from sailau.records.election import Election, Source


def cite(*things: Law | Election) -> str:
    """Return BibTeX entries for the statutes of laws and the sources of elections.

    Examples
    --------
    >>> from sailau import load_law
    >>> print(cite(load_law("kz/mazhilis", on="2023-03-19")).splitlines()[0])
    @misc{kz-mazhilis-2022-11-05-el,
    """
    entries: list[str] = []
    for thing in things:
        if isinstance(thing, Law):
            entries += [_statute(thing, key, text) for key, text in thing.texts.items()]
        else:
            entries += [_source(thing, source) for source in thing.sources.values()]
    entries.append(
        entry("software", "sailau", {"title": "sailau: electoral law as data", "author": "{The sailau founders}"})
    )
    return "\n\n".join(dict.fromkeys(entries))


def _statute(law: Law, key: str, text: str) -> str:
    note = f"edition {law.edition}, in force from {law.since}"
    note += f"; compared on {law.checked.on}" if law.checked else "; not compared with the statute"
    return entry("misc", f"{law.id}-{law.edition}-{key}", {"title": text, "note": note})


def _source(election: Election, source: Source) -> str:
    note = f"figures of {election.id}"
    note += f"; by way of {source.through}" if source.through else "" if source.read else "; read by nobody here"
    fields = {
        "title": source.title,
        "author": source.publisher and f"{{{source.publisher}}}",
        "url": source.url,
        "urldate": str(source.read_on or ""),
        "note": note,
    }
    return entry("misc", f"{election.id}-{source.key}", {key: value for key, value in fields.items() if value})


def entry(kind: str, key: str, fields: dict[str, str]) -> str:
    """Return one BibTeX entry."""
    clean = re.sub(r"[^A-Za-z0-9-]+", "-", key).strip("-")
    lines = [f"  {name} = {{{_escape(value)}}}" for name, value in fields.items()]
    return f"@{kind}{{{clean},\n" + ",\n".join(lines) + "\n}"


def _escape(text: str) -> str:
    return re.sub(r"([&%$#_])", r"\\\1", text)
