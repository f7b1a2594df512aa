"""The process: what it does with requests that are no HTTP, with signals, and with bad settings."""

import json
import re
import shlex
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Iterator
from unittest.mock import Mock

import pytest

from app.__main__ import main
from app.about import BASE_PATH
from tests.database import blank_database
from tests.process import Server, get, read_all, read_one, run, start_server


@pytest.fixture(scope="module", autouse=True)
async def own_database(anyio_backend: str, server: str) -> AsyncIterator[None]:
    """The process would migrate and use that of the project."""
    async with blank_database(server) as url:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DATABASE_URL", url)
            yield


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with start_server(KEEP_ALIVE_TIMEOUT="1") as server:
        yield server


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("GARBAGE\r\n\r\n", 400, "BAD_REQUEST"),
        ("GET / HTTP/1.1\r\nA b: c\r\n\r\n", 400, "BAD_REQUEST"),
        (get("/health", f"X: {'x' * 20_000}"), 431, "HEADERS_TOO_LARGE"),
        (
            get("/health", *(f"X-{each}: {'x' * 100}" for each in range(200))),
            431,
            "HEADERS_TOO_LARGE",
        ),
        (get(f"/{'x' * 100_000}"), 431, "HEADERS_TOO_LARGE"),
    ],
)
def test_what_is_no_request_is_answered_like_any_error(
    running: Server,
    text: str,
    status: int,
    code: str,
) -> None:
    answer = running.ask(text)
    head, _, body = answer.partition("\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ")
    assert "Connection: close" in head
    assert json.loads(body)["error"]["code"] == code
    assert json.loads(body)["meta"]["requestId"] in head


def test_headers_that_do_not_arrive_in_time_are_a_408(running: Server) -> None:
    with running.connect() as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\n")
        started = time.monotonic()
        assert read_all(connection).startswith("HTTP/1.1 408 ")
        assert time.monotonic() - started < 10


def test_a_connection_is_kept_and_closed_when_idle(running: Server) -> None:
    with running.connect() as connection:
        for _ in range(2):
            connection.sendall(get("/health").encode())
            assert read_one(connection).startswith("HTTP/1.1 200 ")
        assert connection.recv(65536) == b""


def test_a_request_under_way_is_answered_after_sigterm() -> None:
    body = '{"data":{}}'
    with start_server() as server, server.connect() as connection, server.connect() as idle:
        idle.sendall(get("/health").encode())
        assert read_one(idle).startswith("HTTP/1.1 200 ")
        head = f"POST {BASE_PATH}/nowhere HTTP/1.1\r\nHost: localhost\r\n"
        kind = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall((head + kind + body[:3]).encode())
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        assert idle.recv(65536) == b""
        connection.sendall(body[3:].encode())
        answer = read_all(connection)
        assert answer.startswith("HTTP/1.1 404 ")
        assert re.search(r"\r\nconnection: close\r\n", answer, re.IGNORECASE)
        assert server.process.wait(15) == 0


def test_sigterm_ends_it_even_while_its_log_is_blocked() -> None:
    with start_server() as server, server.connect() as connection:
        connection.settimeout(1)
        connection.sendall(get(f"{BASE_PATH}/nowhere").encode() * 1000)
        with pytest.raises(TimeoutError):
            read_all(connection)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        log, _ = server.process.communicate(timeout=30)
        assert server.process.returncode == 0
        assert "shutting down" in log


def test_the_rest_of_a_refused_body_may_not_trickle_in_for_ever(running: Server) -> None:
    head = "POST /docs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"
    with running.connect() as connection, pytest.raises(ConnectionError):
        connection.sendall(head.encode())
        assert re.match("HTTP/1.1 4", read_one(connection))
        for _ in range(100):
            connection.sendall(b"x")
            time.sleep(0.1)


def test_it_goes_on_for_the_delay_and_is_no_longer_ready() -> None:
    with start_server(SHUTDOWN_DELAY="2") as server:
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        ready = server.ask(get("/ready"))
        assert ready.startswith("HTTP/1.1 503 ")
        assert "Not ready: shutting down" in ready
        assert server.ask(get("/health")).startswith("HTTP/1.1 200 ")
        assert server.process.wait(15) == 0


def test_metrics_have_a_port_of_their_own() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with start_server(METRICS_PORT=str(port)) as server:
        assert server.ask(get("/metrics", "Connection: close")).startswith("HTTP/1.1 404 ")
        told = Server(server.process, port).ask(get("/metrics", "Connection: close"))
        assert 'http_request_duration_seconds_count{method="GET",route="/health"' in told
        assert 'database_connections{state="waiting"} 0.0' in told
        assert server.stop() == 0


def test_it_does_not_start_with_bad_settings_and_names_them_all() -> None:
    done = run("app", PORT="99999", LOG_LEVEL="loud", DATABASE_URL="mysql://localhost")
    assert done.returncode == 1
    for name in ["PORT", "LOG_LEVEL", "DATABASE_URL"]:
        assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_ends_it(running: Server) -> None:
    done = run("app", HOST="127.0.0.1", PORT=str(running.port))
    assert done.returncode == 1
    assert "address already in use" in done.stdout


def test_what_keeps_it_from_starting_is_one_entry_without_a_stack(running: Server) -> None:
    for settings in [
        {"DATABASE_URL": "", "DATA_DIR": "/proc/nowhere"},
        {"PORT": "0", "METRICS_PORT": str(running.port)},
    ]:
        done = run("app", HOST="127.0.0.1", **settings)
        assert done.returncode == 1
        assert '"level":"fatal"' in done.stdout
        assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("argument", ["--relaod", "--rel", "prod"])
def test_it_does_not_start_with_unknown_arguments(argument: str) -> None:
    done = run("app", argument)
    assert done.returncode == 2
    assert f"unrecognized arguments: {argument}" in done.stderr


def test_it_reloads_where_the_path_of_python_has_a_space(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Mock()
    monkeypatch.setattr("watchfiles.run_process", watch)
    monkeypatch.setattr(sys, "executable", "/my projects/python")
    assert main(["--reload"]) == 0
    assert shlex.split(watch.call_args.kwargs["target"]) == ["/my projects/python", "-m", "app"]
