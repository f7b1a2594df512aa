"""Calls to another service: within deadlines, repeated where that is safe, and checked."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Literal, Self, TypeVar

import httpx
import structlog
from pydantic import BaseModel, SecretStr, ValidationError

from app.http.context import request_id
from app.upstream.breaker import Breaker
from app.upstream.bulkhead import Bulkhead
from app.upstream.errors import UpstreamError
from app.upstream.exchange import Asked, exchange
from app.upstream.metrics import UpstreamMetrics
from app.upstream.trace import traceparent

log = structlog.get_logger()

M = TypeVar("M", bound=BaseModel)

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True, slots=True)
class CallLimits:
    """The limits of calls to a service, times in seconds."""

    # How long one attempt may take, and all of them with their pauses.
    timeout: float = 3
    deadline: float = 10
    attempts: int = 3
    # The longest pause before the second attempt; it doubles from one to the next.
    pause: float = 0.2
    # How many calls run at once, and how many wait.
    concurrent: int = 20
    waiting: int = 20
    # How many failures in a row open the circuit, and how long it stays open.
    failures: int = 5
    open_for: float = 10
    # The largest answer, in bytes.
    largest: int = 1_000_000


class Upstream:
    """A client of another service.

    A call ends within its deadline: with a checked answer, or with an `UpstreamError`, which
    clients of this API get as 502 or 503 `UPSTREAM_UNAVAILABLE`.
    """

    def __init__(
        self,
        name: str,
        url: str | None,
        key: SecretStr | None = None,
        *,
        metrics: UpstreamMetrics | None = None,
        limits: CallLimits | None = None,
    ) -> None:
        self.name = name
        self._url = url
        self._key = key
        self._limits = limits = limits or CallLimits()
        self._breaker = Breaker(name, failures=limits.failures, open_for=limits.open_for)
        self._bulkhead = Bulkhead(name, concurrent=limits.concurrent, waiting=limits.waiting)
        self._metrics = metrics or UpstreamMetrics()
        self._metrics.add(name, lambda: self.is_open)
        # One caller must not get the cookies of another.
        no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        self._http = httpx.AsyncClient(timeout=limits.timeout, cookies=no_cookies)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._http.aclose()

    @property
    def is_open(self) -> bool:
        """Whether calls are refused at once, since too many have failed."""
        return self._breaker.is_open

    async def call(
        self,
        method: Method,
        path: str,
        schema: type[M],
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: BaseModel | None = None,
        idempotency_key: str | None = None,
        is_repeatable: bool | None = None,
        fallback: Callable[[UpstreamError], Awaitable[M]] | None = None,
    ) -> M:
        """The answer to a request for a path below the address of the service.

        Encode what comes from outside in the path. The key makes a POST or PATCH safe to repeat,
        where the service knows `Idempotency-Key`; without one they are sent once, unless
        `is_repeatable` says otherwise. What `fallback` returns takes the place of an answer where
        the service fails, but not where it refuses the request.
        """
        ends_at = asyncio.get_running_loop().time() + self._limits.deadline
        if is_repeatable is None:
            is_repeatable = method not in ("POST", "PATCH") or idempotency_key is not None
        asked = Asked(
            method,
            path,
            query or {},
            self._headers(body, idempotency_key) | dict(headers or {}),
            None if body is None else body.model_dump_json(by_alias=True).encode(),
        )
        try:
            async with self._bulkhead.place(ends_at):
                return await self._attempts(asked, schema, ends_at, is_repeatable=is_repeatable)
        except UpstreamError as failure:
            if fallback is None or failure.kind == "refused":
                raise
            return await fallback(failure)

    async def _attempts(
        self,
        asked: Asked,
        schema: type[M],
        ends_at: float,
        *,
        is_repeatable: bool,
    ) -> M:
        longest = self._limits.pause
        attempts = self._limits.attempts if is_repeatable else 1
        while True:
            attempts -= 1
            try:
                with self._breaker.watch():
                    return await self._attempt(asked, schema, ends_at)
            except UpstreamError as failure:
                pause = failure.retry_after
                if pause is None:
                    pause = random.uniform(0, longest)  # noqa: S311
                has_time = asyncio.get_running_loop().time() + pause < ends_at
                if not failure.is_temporary or attempts == 0 or not has_time:
                    raise
            longest *= 2
            await asyncio.sleep(pause)

    async def _attempt(self, asked: Asked, schema: type[M], ends_at: float) -> M:
        if self._url is None:
            raise UpstreamError(self.name, "unset")
        started = time.perf_counter()
        outcome = "cancelled"
        try:
            answer = await self._exchange(self._url, asked, schema, ends_at)
            outcome = "ok"
        except UpstreamError as failure:
            outcome = failure.kind
            log.warning(
                "a call failed",
                upstream=self.name,
                outcome=outcome,
                durationMs=round((time.perf_counter() - started) * 1000),
            )
            raise
        finally:
            self._metrics.observe(self.name, outcome, time.perf_counter() - started)
        return answer

    async def _exchange(self, url: str, asked: Asked, schema: type[M], ends_at: float) -> M:
        """Raises `UpstreamError`, whatever the reason is."""
        now = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout_at(min(now + self._limits.timeout, ends_at)):
                found = await exchange(
                    self._http, self.name, url, asked, most_bytes=self._limits.largest
                )
            return schema.model_validate(found)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise UpstreamError(self.name, "timeout") from error
        except httpx.HTTPError as error:
            raise UpstreamError(self.name, "unreachable") from error
        except ValidationError as error:
            # Their inputs may be secret.
            problems = [
                f"{'.'.join(map(str, each['loc']))}: {each['type']}" for each in error.errors()
            ]
            raise UpstreamError(self.name, "garbage", problems=problems) from None

    def _headers(self, body: BaseModel | None, idempotency_key: str | None) -> dict[str, str]:
        """What every request has, with the id and the trace of the request under way."""
        key = self._key and f"Bearer {self._key.get_secret_value()}"
        named: dict[str, Any] = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json" if body is not None else None,
            "Idempotency-Key": idempotency_key,
            "Authorization": key,
            "X-Request-Id": request_id.get() or None,
            "traceparent": traceparent.get(),
        }
        return {name: value for name, value in named.items() if value is not None}
