"""What the API takes and gives: the forms of its requests and documents, with examples."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from sailau.web.problems import MEDIA

Name = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Value = Annotated[str, StringConstraints(min_length=1, max_length=300)] | int
Votes = Annotated[int, Field(ge=0, le=10**15)]
Area = dict[Name, dict[Name, Votes]]
Decisions = dict[Name, list[Name]]

EXAMPLE: dict[str, Any] = {"election": "kz/mazhilis/2023-03-19", "changes": {"list.threshold.share": "7%"}}
VOTES: dict[str, Any] = {
    "law": "kz/mazhilis@2023-03-19",
    "votes": {"list": {"nation": {"one": 470_000, "two": 160_000, "three": 158_000, "four": 21_000}}},
    "changes": {"list.seats": 10, "district.seats": 0},
}


class Question(BaseModel):
    """Votes under a law: an election of the archive or an upload, or votes given here with a law."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE, VOTES]})

    election: Name | None = Field(default=None, description="An id of the archive, or of an upload.")
    law: Name | None = Field(default=None, description="An edition; by default the one in force on the day.")
    votes: dict[Name, Area] | None = Field(
        default=None, description="By tier, area, contender; instead of an election."
    )
    totals: dict[Name, Area] | None = Field(default=None, description="By tier and area: registered, voters, valid, …")
    seats: dict[Name, dict[Name, Annotated[int, Field(ge=0, le=10**6)]]] | None = Field(
        default=None, description="By tier and area, where a decree fixes them."
    )
    changes: dict[Name, Value] = Field(default_factory=dict, description="Clauses to change, as --set names them.")
    decisions: Decisions = Field(default_factory=dict, description="Lots and rulings, as --decide names them.")


class ExplainQuestion(Question):
    """What is to be explained."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"election": "kz/mazhilis/2023-03-19", "contender": "nsdp"}]}
    )

    contender: Name | None = Field(default=None, description="The seats of one contender only.")
    district: Name | None = Field(default=None, description="What happened in one district only.")
    every_seat: bool = Field(default=False, description="Every seat with its cause and the standing before it.")


class SweepQuestion(Question):
    """A clause that goes through values."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"election": "kz/mazhilis/2023-03-19", "sweep": "list.threshold.share=0%:10%:1%"}]
        },
    )

    sweep: Name = Field(description="clause=from:to:step")


class SimulateQuestion(Question):
    """A simulation: elections drawn around the votes."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"election": "kz/mazhilis/2023-03-19", "sd": "2%", "runs": 1000, "seed": 7}]},
    )

    model: Literal["logistic_normal", "swing", "dirichlet"] = "logistic_normal"
    sd: Name = Field("2%", description="Standard deviation of a share of one half; of swings.")
    correlation: Name = Field("0", description="Between lists, for logistic_normal.")
    concentration: Name = Field("1000", description="For dirichlet: the larger, the closer to the votes.")
    runs: int = Field(10_000, ge=1, le=10_000_000)
    seed: int = Field(1, ge=0, le=2**63 - 1)
    coalitions: dict[Name, list[Name]] = Field(default_factory=dict)


class Document(BaseModel):
    """A table with what has to be said beside it: the document that the command line prints with --json."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    schema_: str = Field(alias="schema", description="sailau/<kind>/<version>")
    title: str
    rows: list[dict[str, Any]]
    notes: list[str]


class JobDocument(BaseModel):
    """How far a job is."""

    id: str
    kind: str
    state: Literal["waiting", "running", "done", "stopped", "failed"]
    done: int
    total: int
    seconds_left: float | None
    problem: dict[str, Any] | None


class UploadDocument(BaseModel):
    """What was understood of an uploaded file."""

    model_config = ConfigDict(extra="allow")

    id: str | None = Field(description="The id under which it can be counted; null where nothing could be kept.")
    name: str
    problems: list[str]


class ProblemDocument(BaseModel):
    """A problem (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    hint: str | None = None


def failing(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the descriptions of the problems that an address can answer with."""
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    said = {
        400: "The request cannot be read",
        401: "The server asks for its token",
        403: "Another site or another name of the server",
        404: "No such election, law, contender, job or file",
        409: "The law does not lead to one outcome; `decide` and `options` say what to decide",
        413: "Too large",
        422: "Not valid",
        429: "Too many jobs of one client",
        503: "A package that this needs is not installed",
    }
    return {
        n: {"description": said[n], "content": {MEDIA: {"schema": schema}}} for n in sorted({400, 403, 422, *statuses})
    }
