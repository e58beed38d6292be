"""The server as it is started: its address, its end, what it refuses, and two hundred requests at once."""

import json
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.web.browsing import served
from tests.web.shared import KZ, seats_in

CODE = "from sailau.cli.main import main; main()"
DE = "de/bundestag/2025-02-23"


def run(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", CODE, "web", *words], capture_output=True, text=True, cwd=cwd, timeout=120
    )


def read(url: str, **headers: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=120) as answer:
        return str(answer.read().decode())


def test_two_hundred_requests_at_once_make_no_error_and_do_not_mix() -> None:
    addresses = [f"/lab/part?e={KZ}&threshold={n % 9}" for n in range(120)]
    addresses += [f"/lab/part?e={DE}&list.threshold.share={n % 6}&lang=ru" for n in range(40)]
    addresses += ["/archive?country=kz", "/api/formulas", "/about", f"/explain?e={KZ}"] * 10
    with served() as url:
        alone = {address: read(url + address) for address in dict.fromkeys(addresses)}
        with ThreadPoolExecutor(max_workers=200) as crowd:
            answers = list(crowd.map(lambda address: (address, read(url + address)), addresses))
    assert len(answers) == 200
    for address, answer in answers:
        assert answer == alone[address], address


def test_the_address_is_printed_and_ctrl_c_ends_it_cleanly() -> None:
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", CODE, "web", "--no-open"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    assert url.startswith("http://127.0.0.1:")
    body = json.dumps({"election": KZ, "runs": 10_000_000, "seed": 1}).encode()
    request = urllib.request.Request(f"{url}api/jobs", body, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status == 202
    process.send_signal(signal.SIGINT)
    out, talk = process.communicate(timeout=60)
    assert process.returncode == 0, talk
    assert out == ""
    assert "Traceback" not in talk and "leaked" not in talk and "note: ended" in talk, talk


def test_files_of_the_command_line_are_open_at_once(tmp_path: Path) -> None:
    (tmp_path / "votes.csv").write_text("party,votes\nАқ жол,310\nbeta,200\n", encoding="utf-8")
    with served("votes.csv", "--law", "kz/mazhilis@2023-03-19", "--lang", "kk", cwd=tmp_path) as url:
        page = read(url)
    assert "e=own:" in url and url.endswith("&lang=kk")
    assert "Ақ жол" in seats_in(page) and '<html lang="kk">' in page


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nothing.csv", "--law", "kz/mazhilis"], 4, "nothing.csv is no file"),
        (["votes.csv"], 4, "results need a law"),
        (["broken.csv", "--law", "kz/mazhilis@2023-03-19"], 4, "broken.csv"),
        (["votes.csv", "--law", "kz/mazhlis"], 3, "did you mean kz/mazhilis"),
        (["--lang", "de"], 3, "no language 'de'"),
        (["--host", "203.0.113.7"], 4, "cannot listen on 203.0.113.7"),
        (["--get", "api/formulas"], 4, "it begins with /"),
        (["--get", "/api/elections/kz/majilis/2023"], 3, ""),
        (["--get", f"/api/export.csv?e={KZ}&threshold=70"], 5, ""),
    ],
)
def test_what_cannot_be_served_is_said_in_one_sentence(tmp_path: Path, words: list[str], code: int, said: str) -> None:
    (tmp_path / "votes.csv").write_text("party,votes\na,310\nb,200\n", encoding="utf-8")
    (tmp_path / "broken.csv").write_text("party,votes\na,x\nb,200\n", encoding="utf-8")
    done = run(*words, "--no-open", cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert said in done.stderr and "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = run("--no-open", "--port", str(other.getsockname()[1]))
    assert done.returncode == 4 and "--port 0 takes a free port" in done.stderr


def test_get_prints_what_the_server_would_answer() -> None:
    done = run("--get", "/api/elections?country=kz")
    assert done.returncode == 0
    assert json.loads(done.stdout)["schema"] == "sailau/elections/1"


def test_another_host_has_a_token_and_answers_nobody_without() -> None:
    with served("--host", "0.0.0.0") as url:
        base, _, query = url.partition("/lab?")
        port = base.rsplit(":", 1)[1]
        assert query.startswith("token=") and len(query) > 30
        with pytest.raises(urllib.error.HTTPError) as refused:
            read(f"http://127.0.0.1:{port}/lab")
        with refused.value as error:  # holds a socket until it is closed
            assert error.code == 401
        assert "api/formulas" not in read(f"http://127.0.0.1:{port}/api/formulas", Authorization=f"Bearer {query[6:]}")
        with pytest.raises(urllib.error.HTTPError) as stranger:
            read(f"http://127.0.0.1:{port}/lab?{query}", Host="evil.example")
        with stranger.value as error:
            assert error.code == 403
