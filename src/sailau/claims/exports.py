"""Claims for other programs: ClaimReview (JSON-LD), W3C PROV."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sailau.claims.judge import Verdict
from sailau.terms.extras import need

if TYPE_CHECKING:
    from datetime import date

    from sailau.claims.resolve import Resolution

RATING: dict[Verdict, tuple[int | None, str]] = {
    Verdict.supported: (5, "supported"),
    Verdict.contradicted: (1, "contradicted"),
    Verdict.depends: (3, "depends on the indicator or on parameters"),
    Verdict.undetermined: (None, "undetermined"),
    Verdict.untestable: (None, "not testable"),
}
AUTHOR = {"@type": "Organization", "name": "sailau"}


def claim_review(resolutions: Sequence[Resolution], on: date) -> str:
    """Return schema.org ClaimReview as JSON-LD, one item a claim."""
    graph = [_review(seen, on) for seen in resolutions]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=2)


def _review(seen: Resolution, on: date) -> dict[str, Any]:
    claim, book = seen.claim, seen.book
    value, words = RATING[seen.verdict]
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": words, "ratingExplanation": seen.judgement.reason}
    if value is not None:
        rating |= {"ratingValue": value, "bestRating": 5, "worstRating": 1}
    chain = [
        {
            "@type": "Article",
            "headline": r.title,
            "publisher": r.outlet,
            "datePublished": str(r.day),
            **({"url": r.url} if r.url else {}),
        }
        for r in book.chain(claim)
    ]
    return {
        "@type": "ClaimReview",
        "identifier": f"{book.id}/{claim.id}",
        "datePublished": str(on),
        "author": AUTHOR,
        "claimReviewed": claim.says,
        "itemReviewed": {
            "@type": "Claim",
            "author": [{"@type": "Person", "name": book.people[p].name} for p in claim.by],
            "datePublished": str(claim.said_on),
            "appearance": chain,
        },
        "reviewRating": rating,
        "sha256": seen.digest,
    }


def provenance(resolutions: Sequence[Resolution], on: date) -> str:
    """Return W3C PROV as JSON: reports, people, records, calls and verdicts, and what came from what.

    Raises
    ------
    MissingExtra
        The extra ``prov`` is not installed.
    """
    document = need("prov.model", extra="prov", what="the export to PROV").ProvDocument()
    document.add_namespace("s", "urn:sailau:")
    for seen in resolutions:
        _trace(document, seen, on)
    return str(document.serialize(format="json", indent=2))


def _trace(document: Any, seen: Resolution, on: date) -> None:
    claim, book = seen.claim, seen.book
    before = name = f"s:claim/{book.id}/{claim.id}"
    document.entity(name, {"prov:label": claim.says})
    for person in claim.by:
        document.agent(f"s:person/{person}", {"prov:label": book.people[person].name})
        document.wasAttributedTo(name, f"s:person/{person}")
    for report in book.chain(claim):
        here = f"s:report/{report.key}"
        document.entity(here, {"prov:label": report.title, "s:outlet": report.outlet, "s:day": str(report.day)})
        document.wasDerivedFrom(here, before)
        before = here
    verdict = f"s:verdict/{book.id}/{claim.id}"
    document.entity(
        verdict, {"prov:label": str(seen.verdict), "s:reason": seen.judgement.reason, "s:sha256": seen.digest}
    )
    document.activity(f"s:resolve/{book.id}/{claim.id}", None, None, {"s:on": str(on)})
    document.wasGeneratedBy(verdict, f"s:resolve/{book.id}/{claim.id}")
    document.used(f"s:resolve/{book.id}/{claim.id}", name)
    for key, figure in seen.figures.items():
        if figure is None:
            continue
        part = f"s:figure/{book.id}/{claim.id}/{key}"
        document.entity(
            part, {"prov:label": figure.words, "prov:value": figure.spelled(), "s:call": claim.figures[key].call}
        )
        document.wasDerivedFrom(verdict, part)
        for source in figure.sources:
            document.entity(f"s:record/{source}", {"prov:label": source})
            document.wasDerivedFrom(part, f"s:record/{source}")
