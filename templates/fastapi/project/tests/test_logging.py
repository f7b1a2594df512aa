"""The log: one line of JSON for each entry, without secrets and without values of rows."""

import json
import logging
from typing import Any

import pytest
import structlog
from sqlalchemy import text

from app.db.database import Database
from app.logging import configure_logging, describe_error, redact
from tests.api import Api, start_api

pytestmark = pytest.mark.anyio


def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


async def test_a_request_is_one_line(db: Database, capfd: pytest.CaptureFixture[str]) -> None:
    async with start_api(db, log_level="info", trust_proxy="loopback") as api:
        headers = {"X-Request-Id": "id-of-proxy", "X-Forwarded-For": "203.0.113.1"}
        await api.get("/health?token=hidden", headers=headers)
    [line] = lines(capfd.readouterr().out)
    assert line == {
        "level": "info",
        "time": line["time"],
        "pid": line["pid"],
        "hostname": line["hostname"],
        "requestId": "id-of-proxy",
        "ip": "203.0.113.1",
        "method": "GET",
        "path": "/health",
        "route": "/health",
        "status": 200,
        "durationMs": line["durationMs"],
        "msg": "request",
    }


@pytest.mark.parametrize(
    ("level", "name"),
    [(30, "warn"), (35, "warn"), (40, "error"), (50, "fatal")],
)
def test_entries_of_libraries_keep_their_level(
    capfd: pytest.CaptureFixture[str],
    level: int,
    name: str,
) -> None:
    configure_logging("warn")
    logging.getLogger("library").log(level, "told")
    [line] = lines(capfd.readouterr().out)
    assert (line["level"], line["msg"], line["logger"]) == (name, "told", "library")


async def test_ids_of_strangers_are_not_taken(api: Api) -> None:
    answer = await api.get("/health", headers={"X-Request-Id": "id-of-stranger"})
    assert answer.headers["x-request-id"] != "id-of-stranger"


async def test_long_segments_of_paths_are_hidden(
    db: Database,
    capfd: pytest.CaptureFixture[str],
) -> None:
    async with start_api(db, log_level="info") as api:
        answer = await api.get(f"/reset/{'s' * 43}")
    assert lines(capfd.readouterr().out)[0]["path"] == "/reset/[redacted]"
    assert answer.json()["meta"]["path"] == "/reset/[redacted]"


async def test_a_proxy_that_is_not_trusted_is_told_of_once(
    db: Database,
    capfd: pytest.CaptureFixture[str],
) -> None:
    async with start_api(db, log_level="warn") as api:
        for _ in range(2):
            await api.get("/health", headers={"X-Forwarded-For": "203.0.113.1"})
    [line] = lines(capfd.readouterr().out)
    assert "TRUST_PROXY" in line["msg"]


async def test_what_nobody_expected_is_logged_and_told_to_nobody(
    db: Database,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> bytes:
        raise ValueError("with something hidden in it")

    async with start_api(db, log_level="error") as api:
        monkeypatch.setattr(api.app.state, "openapi", broken, raising=False)
        answer = await api.get("/openapi.json")
    assert answer.status_code == 500
    assert answer.json()["error"] == {
        "code": "INTERNAL_ERROR",
        "message": "An internal error occurred",
    }
    error, request = lines(capfd.readouterr().out)
    assert error["err"]["type"] == "ValueError"
    assert "something hidden" in error["err"]["message"]
    assert "in broken" in error["err"]["stack"]
    assert error["requestId"] == request["requestId"] == answer.headers["x-request-id"]
    assert request["msg"] == "request failed"


def test_secrets_are_redacted_at_any_depth() -> None:
    entry = {
        "password": "1",
        "user": {"accessToken": "2", "name": "Ada", "list": [{"cookie": "3"}]},
        "Authorization": "4",
    }
    assert redact(entry) == {
        "password": "[redacted]",
        "user": {"accessToken": "[redacted]", "name": "Ada", "list": [{"cookie": "[redacted]"}]},
        "Authorization": "[redacted]",
    }


async def test_errors_of_the_database_keep_values_to_themselves(db: Database) -> None:
    insert = text("insert into idempotency_keys values (:scope, 'r', '{}', now())")
    values = {"scope": "hidden" + "-value"}
    with pytest.raises(Exception, match="idempotency_keys") as found:
        async with db.begin() as connection:
            for _ in range(2):
                await connection.execute(insert, values)
    told = describe_error(found.value)
    assert (told["code"], told["table"]) == ("23505", "idempotency_keys")
    assert "hidden-value" not in json.dumps(told)


@pytest.mark.parametrize(
    ("level", "told"),
    [("trace", 3), ("info", 2), ("warn", 1), ("error", 0), ("silent", 0)],
)
def test_levels(capfd: pytest.CaptureFixture[str], level: str, told: int) -> None:
    configure_logging(level)
    log = structlog.get_logger()
    log.debug("a")
    log.info("b")
    log.warning("c")
    assert len(lines(capfd.readouterr().out)) == told


def test_lines_are_readable_on_a_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    configure_logging("info", is_readable=True)
    log = structlog.get_logger()
    log.info("listening", port=3000)
    log.info("request", method="GET", path="/x", status=200, durationMs=3, ip="::1", route=None)
    first, second = capfd.readouterr().out.splitlines()
    assert first.endswith('] INFO: listening {"port":3000}')
    assert second.endswith("] INFO: GET /x 200, request of 3 ms")
