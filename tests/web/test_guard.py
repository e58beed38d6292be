"""Who may ask, from where, how much; and what a browser may do with the answer."""

import pytest
from tests.web.shared import KZ, Site

from sailau.web.guard import POLICY
from sailau.web.settings import LOOPBACK

SITE = Site()


def test_pages_may_load_nothing_from_elsewhere() -> None:
    for address in ("/lab", "/api/formulas", "/static/app.css", "/nothing", "/api/nothing"):
        headers = SITE.get(address).headers
        assert headers["content-security-policy"] == POLICY, address
        assert headers["x-content-type-options"] == "nosniff"
    assert "unsafe" not in POLICY and "http" not in POLICY


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil:80", "[::1]x"])
def test_another_name_of_the_server_is_refused(host: str) -> None:
    answer = SITE.get("/lab", ("host", host))
    assert answer.status == 403
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000", "[::1]"])
def test_the_names_of_this_machine_are_answered(host: str) -> None:
    assert SITE.get("/api/formulas", ("host", host)).status == 200


def test_pages_of_other_origins_can_neither_read_nor_post() -> None:
    for headers in (
        [("origin", "http://evil.example")],
        [("origin", "null")],
        [("origin", "http://127.0.0.1:9999")],
        [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "cors")],
        [("sec-fetch-site", "same-site"), ("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "image")],
    ):
        assert SITE.post("/api/count", {"election": KZ}, *headers).status == 403, headers
        assert SITE.get("/api/formulas", *headers).status == 403, headers
    own = [("origin", "http://127.0.0.1"), ("sec-fetch-site", "same-origin")]
    assert SITE.post("/api/count", {"election": KZ}, *own).status == 200


def test_a_link_from_elsewhere_may_be_followed() -> None:
    followed = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")]
    assert SITE.get("/about", *followed).status == 200
    framed = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")]
    assert SITE.get("/about", *framed).status == 403


def test_a_server_for_others_asks_for_its_token() -> None:
    site = Site(token="s3cret-s3cret", hosts=LOOPBACK | {"10.0.0.7"})
    host = ("host", "10.0.0.7:8000")
    assert site.get("/lab", host).status == 401
    assert site.get("/static/app.css", host).status == 401
    assert site.get("/lab?token=wrong", host).status == 401
    let_in = site.get("/lab?token=s3cret-s3cret&lang=kk", host)
    assert let_in.status == 303 and let_in.headers["location"] == "/lab?lang=kk"
    cookie = let_in.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite" in cookie
    assert site.get("/lab", host, ("cookie", cookie.split(";")[0])).status == 200
    assert site.get("/api/formulas", host, ("authorization", "Bearer s3cret-s3cret")).status == 200
    assert site.get("/lab", host, ("cookie", "sailau_token=wrong")).status == 401


def test_large_bodies_are_refused_before_they_are_read_and_while_they_come() -> None:
    site = Site(upload_limit=1000, body_limit=500)
    assert site.post("/api/count", {"election": "x" * 600}).status == 413
    assert site.post("/api/count", {"election": "x" * 600}, ("content-length", "10")).status == 413
    big = site.upload("/api/upload/results", b"a,1\n" * 300, law="kz/mazhilis")
    assert big.status == 413 and "1,000 bytes" in big.json()["detail"]
    assert site.upload("/upload", b"a,1\n" * 300, law="kz/mazhilis").status == 413


def test_what_looks_like_a_path_is_no_path() -> None:
    for name in ("../../../../etc/passwd", "/etc/passwd", "..%2f..%2fetc/passwd", "kz/mazhilis/../../../x"):
        assert SITE.get(f"/api/elections/{name}").status == 404, name
        assert SITE.get(f"/lab?e={name}").status == 404, name
        assert SITE.get(f"/static/{name}").status == 404, name
        assert SITE.post("/api/count", {"election": name}).status == 404, name
        assert SITE.post("/api/count", {"election": KZ, "law": name}).status == 404, name
