"""The API under random requests: whatever comes, the answer is one that the description names."""

import warnings
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from sailau.web.app import create_app
from sailau.web.guard import HEADERS
from sailau.web.settings import Settings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its plug-in for pytest asks for names that are going away
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        negative_data_rejection,
        response_schema_conformance,
        status_code_conformance,
    )

pytestmark = pytest.mark.filterwarnings("ignore")
KEPT_OUT = "^/api/(scoreboard|jobs)"
"""The replay of the archive is one long job; jobs are fuzzed by their forms alone."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
HERE = Settings(hosts=Settings().hosts | {"testserver"})
SCHEMA = schemathesis.openapi.from_asgi("/api/openapi.json", create_app(HERE))


@SCHEMA.exclude(path_regex=KEPT_OUT).parametrize()
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_makes_the_server_fail(case: Any) -> None:
    answer = case.call()
    assert answer.status_code < 500 or answer.status_code == 503, (case.as_curl_command(), answer.text)
    case.validate_response(answer, checks=CHECKS)
    for name in HEADERS:
        assert name in answer.headers
