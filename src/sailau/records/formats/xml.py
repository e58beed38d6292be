"""XML from anywhere: no entities, no document types, a limit on depth and size, names without their namespaces."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import say

_MOST_DEPTH, _MOST_PARTS = 60, 5_000_000


def parse(raw: bytes, path: str, error: type[Invalid]) -> Element:
    """Return the root of an XML document, its names without namespaces.

    Raises
    ------
    Invalid
        The class given as `error`: broken, with entities or a document type, nested too deeply, too many parts.
    """
    depth = parts = 0
    root: Element | None = None
    try:
        for event, node in iterparse(io.BytesIO(raw), events=("start", "end"), forbid_dtd=True):
            if event == "end":
                depth -= 1
                continue
            depth, parts = depth + 1, parts + 1
            root = node if root is None else root
            node.tag = local(node.tag)
            if depth > _MOST_DEPTH or parts > _MOST_PARTS:
                raise error(say("is nested too deeply, or holds too many parts, for results"), place=Place(path))
    except DefusedXmlException:
        what = say("is XML with a document type or entities, which are not read")
        raise error(what, place=Place(path), hint=say("save it without them")) from None
    except (ParseError, ValueError, LookupError) as cause:
        line, column = getattr(cause, "position", (None, None))
        raise error(
            say("is broken XML: {cause}", cause=cause), place=Place(path, line, column), hint=say("export it again")
        ) from None
    if root is None:
        raise error(say("is XML without an element"), place=Place(path), hint=say("export it again"))
    return root


def local(tag: str) -> str:
    """Return a name without its namespace."""
    return tag.rpartition("}")[2]


def text_at(node: Element, *path: str) -> str:
    """Return the text of the first part at a path, empty if there is none."""
    found = node.find("/".join(path)) if path else node
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def named(node: Element, *names: str) -> Iterator[Element]:
    """Yield the direct parts with one of the names."""
    for child in node:
        if child.tag in names:
            yield child
