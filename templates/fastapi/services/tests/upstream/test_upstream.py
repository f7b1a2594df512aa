"""Calls to another service over HTTP, whatever it does."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import Response
from prometheus_client import CollectorRegistry, generate_latest
from pydantic import BaseModel, SecretStr

from app.db.database import Database
from app.logging import configure_logging
from app.upstream.errors import UpstreamError
from app.upstream.exchange import read_retry_after
from app.upstream.metrics import UpstreamMetrics
from app.upstream.upstream import CallLimits, Upstream
from tests.api import start_api
from tests.upstream.fake import (
    Asked,
    Behaviour,
    FakeUpstream,
    answering,
    closing,
    hanging,
    start_upstream,
)

pytestmark = pytest.mark.anyio


class Done(BaseModel):
    ok: bool


DONE = {"ok": True}


@asynccontextmanager
async def opened(
    behaviour: Behaviour,
    registry: CollectorRegistry | None = None,
    **limits: Any,
) -> AsyncIterator[tuple[Upstream, FakeUpstream]]:
    async with (
        start_upstream(behaviour) as fake,
        Upstream(
            "service",
            fake.url,
            SecretStr("the-key"),
            metrics=UpstreamMetrics(registry),
            limits=CallLimits(**{"pause": 0.01, **limits}),
        ) as upstream,
    ):
        yield upstream, fake


async def failure_of(call: Awaitable[object]) -> UpstreamError:
    with pytest.raises(UpstreamError) as failure:
        await call
    return failure.value


def after(failure: Behaviour) -> Behaviour:
    """Fails once, and is right then."""

    async def answer(writer: asyncio.StreamWriter, count: int, asked: Asked) -> None:
        await (failure if count == 1 else answering(DONE))(writer, count, asked)

    return answer


class Empty(BaseModel):
    pass


async def test_what_may_be_repeated_is_sent_again_after_a_failure_that_passes() -> None:
    async with opened(after(closing)) as (upstream, fake):
        assert (await upstream.call("GET", "/", Done)).ok
    assert len(fake.asked) == 2


async def test_a_post_with_a_key_is_repeated_with_the_same_key() -> None:
    async with opened(after(answering({}, 500))) as (upstream, fake):
        assert (await upstream.call("POST", "/", Done, body=Empty(), idempotency_key="one")).ok
    assert [each.headers["idempotency-key"] for each in fake.asked] == ["one", "one"]


@pytest.mark.parametrize(("method", "status"), [("POST", 500), ("PATCH", 500), ("GET", 404)])
async def test_no_other_write_is_repeated_and_nothing_that_is_refused(
    method: Any, status: int
) -> None:
    async with opened(answering({}, status)) as (upstream, fake):
        failure = await failure_of(upstream.call(method, "/", Done, body=Empty()))
    assert (failure.upstream_status, len(fake.asked)) == (status, 1)


@pytest.mark.parametrize("status", [429, 503])
async def test_waits_as_long_as_an_answer_says(status: int) -> None:
    async with opened(after(answering({}, status, {"Retry-After": "1"}))) as (upstream, fake):
        started = time.monotonic()
        assert (await upstream.call("GET", "/", Done)).ok
    assert time.monotonic() - started > 0.9
    assert len(fake.asked) == 2


async def test_does_not_wait_beyond_the_deadline() -> None:
    async with opened(answering({}, 503, {"Retry-After": "60"})) as (upstream, _):
        started = time.monotonic()
        failure = await failure_of(upstream.call("GET", "/", Done))
    assert time.monotonic() - started < 5
    assert (failure.status_code, failure.headers) == (503, {"Retry-After": "60"})


async def test_the_deadline_ends_all_attempts_together() -> None:
    limits: dict[str, Any] = {"attempts": 100, "timeout": 0.2, "deadline": 1, "failures": 1000}
    async with opened(hanging, **limits) as (upstream, fake):
        started = time.monotonic()
        failure = await failure_of(upstream.call("GET", "/", Done))
    assert time.monotonic() - started < 5
    assert failure.kind == "timeout"
    assert len(fake.asked) > 1


async def test_calls_are_refused_at_once_when_too_many_wait() -> None:
    limits: dict[str, Any] = {"concurrent": 1, "waiting": 1, "timeout": 0.3, "deadline": 1}
    async with opened(hanging, **limits) as (upstream, _):
        calls = [upstream.call("GET", "/", Done) for _ in range(3)]
        ended = await asyncio.gather(*calls, return_exceptions=True)
    assert [getattr(each, "kind", "ok") for each in ended].count("busy") == 1


async def test_the_circuit_opens_after_failures_in_a_row_and_later_tries_again(
    capfd: pytest.CaptureFixture[str],
) -> None:
    configure_logging("info")
    is_broken = True

    async def behave(writer: asyncio.StreamWriter, count: int, asked: Asked) -> None:
        await answering(DONE, 500 if is_broken else 200)(writer, count, asked)

    registry = CollectorRegistry()
    limits: dict[str, Any] = {"attempts": 1, "failures": 3, "open_for": 3}
    async with opened(behave, registry, **limits) as (upstream, fake):
        for _ in range(3):
            assert (await failure_of(upstream.call("GET", "/", Done))).kind == "failed"
        assert upstream.is_open
        failure = await failure_of(upstream.call("GET", "/", Done))
        assert (failure.kind, failure.status_code, len(fake.asked)) == ("open", 503, 3)
        assert 'upstream_circuit_open{upstream="service"} 1' in metrics_of(registry)
        is_broken = False
        await asyncio.sleep(3.1)
        assert not upstream.is_open
        assert (await upstream.call("GET", "/", Done)).ok
    text = metrics_of(registry)
    assert 'upstream_circuit_open{upstream="service"} 0' in text
    labels = '{outcome="failed",upstream="service"}'
    assert f"upstream_call_duration_seconds_count{labels} 3" in text
    told = [entry["msg"] for entry in entries(capfd) if "circuit" in entry["msg"]]
    assert told == ["the circuit is open", "the circuit is closed"]


def entries(capfd: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What was logged so far, and not read yet."""
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def metrics_of(registry: CollectorRegistry) -> str:
    return generate_latest(registry).decode()


async def test_one_call_tries_whether_the_service_is_back() -> None:
    answers: list[Callable[[], None]] = []

    async def behave(writer: asyncio.StreamWriter, count: int, asked: Asked) -> None:
        if count > 1:
            released = asyncio.Event()
            answers.append(released.set)
            await released.wait()
        await answering(DONE, 500 if count == 1 else 200)(writer, count, asked)

    limits: dict[str, Any] = {"attempts": 1, "failures": 1, "open_for": 0.1, "timeout": 30}
    async with opened(behave, **limits) as (upstream, fake):
        await failure_of(upstream.call("GET", "/", Done))
        await asyncio.sleep(0.2)
        trial = asyncio.ensure_future(upstream.call("GET", "/", Done))
        await until(lambda: len(fake.asked) == 2)
        assert (await failure_of(upstream.call("GET", "/", Done))).kind == "open"
        trial.cancel()
        await asyncio.wait([trial])
        # A trial that its caller gives up leaves the next one to another call.
        trial = asyncio.ensure_future(upstream.call("GET", "/", Done))
        await until(lambda: len(fake.asked) == 3)
        answers[-1]()
        assert (await trial).ok
        assert len(fake.asked) == 3


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_call_that_its_caller_gives_up_counts_for_nothing_and_frees_its_place() -> None:
    limits: dict[str, Any] = {
        "concurrent": 1,
        "waiting": 1,
        "failures": 1,
        "timeout": 30,
        "deadline": 30,
    }
    registry = CollectorRegistry()
    async with opened(after(hanging), registry, **limits) as (upstream, fake):
        running = asyncio.ensure_future(upstream.call("GET", "/", Done))
        await until(lambda: len(fake.asked) == 1)
        waiting = asyncio.ensure_future(upstream.call("GET", "/", Done))
        await asyncio.sleep(0.05)
        waiting.cancel()
        running.cancel()
        await asyncio.wait([running, waiting])
        assert not upstream.is_open
        assert (await upstream.call("GET", "/", Done)).ok
    labels = '{outcome="cancelled",upstream="service"}'
    assert f"upstream_call_duration_seconds_count{labels} 1" in metrics_of(registry)


async def test_what_the_service_refuses_counts_for_nothing() -> None:
    async with opened(answering({}, 404), failures=1) as (upstream, _):
        assert (await failure_of(upstream.call("GET", "/", Done))).kind == "refused"
        assert not upstream.is_open


async def test_answers_what_the_fallback_says_but_not_for_what_is_refused() -> None:
    async def fallback(_failure: UpstreamError) -> Done:
        return Done(ok=False)

    async with opened(answering({}, 500), attempts=1) as (upstream, _):
        assert not (await upstream.call("GET", "/", Done, fallback=fallback)).ok
    async with opened(answering({}, 404)) as (upstream, _):
        failure = await failure_of(upstream.call("GET", "/", Done, fallback=fallback))
    assert failure.kind == "refused"


async def test_follows_redirects_on_the_same_host_and_sends_its_key_to_no_other() -> None:
    async with start_upstream(answering(DONE)) as other:

        async def behave(writer: asyncio.StreamWriter, count: int, asked: Asked) -> None:
            places = {"/": "/there", "/away": other.url, "/nowhere": "http://[", "/ring": "/ring"}
            place = places.get(asked.path)
            moved = answering({}, 302, {"Location": place or ""})
            await (moved if place else answering(DONE))(writer, count, asked)

        async with opened(behave) as (upstream, fake):
            assert (await upstream.call("GET", "/", Done)).ok
            assert [each.path for each in fake.asked] == ["/", "/there"]
            for path in ("/away", "/nowhere", "/ring"):
                failure = await failure_of(upstream.call("GET", path, Done))
                assert (failure.kind, failure.status_code) == ("redirected", 502)
    assert other.asked == []


@pytest.mark.parametrize("path", ["/a/..", "/a/%2E%2e/b", "/.", "/a\\..\\b", "@other.example/"])
async def test_asks_for_nothing_that_is_not_below_the_address(path: str) -> None:
    async with opened(answering(DONE)) as (upstream, fake):
        assert (await failure_of(upstream.call("GET", path, Done))).kind == "refused"
    assert fake.asked == []


async def test_keeps_no_cookies_for_the_next_caller() -> None:
    async with opened(answering(DONE, headers={"Set-Cookie": "a=1"})) as (upstream, fake):
        await upstream.call("GET", "/", Done)
        await upstream.call("GET", "/", Done)
    assert all("cookie" not in each.headers for each in fake.asked)


async def test_passes_on_the_id_and_the_trace_of_the_request_and_logs_no_secret(
    db: Database,
    capfd: pytest.CaptureFixture[str],
) -> None:
    trace = f"00-{'a' * 32}-{'b' * 16}-01"
    async with (
        opened(answering({"secret": "x"}, 500), attempts=1) as (upstream, fake),
        start_api(db, log_level="info", trust_proxy="loopback") as api,
    ):

        @api.app.get("/calls")
        async def call() -> Response:
            await failure_of(upstream.call("GET", "/", Done, query={"card": "4111"}))
            return Response()

        for given in (trace, "x"):
            await api.get("/calls", headers={"traceparent": given, "X-Request-Id": "request-1"})
    first, second = fake.asked
    assert first.path == "/?card=4111"
    assert (first.headers["x-request-id"], first.headers["traceparent"]) == ("request-1", trace)
    assert "traceparent" not in second.headers
    logged = entries(capfd)
    told = next(entry for entry in logged if entry["msg"] == "a call failed")
    named = ("request-1", "service", "failed")
    assert (told["requestId"], told["upstream"], told["outcome"]) == named
    assert not any(each in json.dumps(logged) for each in ("the-key", "4111", "secret"))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("2", 2),
        ("Thu, 01 Jan 1970 00:00:05 GMT", 5),
        ("Thu, 01 Jan 1970 00:00:05 -0000", 5),
        ("Thu, 01 Jan 1960 00:00:05 GMT", 0),
        ("soon", None),
        (None, None),
    ],
)
def test_reads_retry_after(value: str | None, seconds: float | None) -> None:
    assert read_retry_after(value, datetime.fromtimestamp(0, UTC)) == seconds
