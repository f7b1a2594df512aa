"""One request to another service, and the JSON of its answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import orjson

from app.upstream.errors import Failure, UpstreamError

_MOST_REDIRECTS = 3
# Clients resolve these, also encoded, and so leave the path that was meant.
_DOTS = re.compile(r"(^|[/\\])(\.|%2e){1,2}([/\\]|$)", re.I)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a service. `path` is below its address."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes | None


async def exchange(
    http: httpx.AsyncClient,
    upstream: str,
    base: str,
    asked: Asked,
    *,
    most_bytes: int,
) -> Any:
    """The JSON of an answer, None for an empty one. Raises `UpstreamError` for any other."""
    url = _url_of(upstream, base, asked)
    redirects = 0
    while True:
        async with http.stream(
            asked.method,
            url,
            content=asked.body,
            headers=asked.headers,
        ) as answer:
            location = answer.headers.get("location")
            if not 300 <= answer.status_code <= 399 or location is None:
                return await _read(upstream, answer, most_bytes)
        redirects += 1
        target = _followed(url, location)
        if target is None or asked.method != "GET" or redirects > _MOST_REDIRECTS:
            raise UpstreamError(upstream, "redirected", upstream_status=answer.status_code)
        url = target


def _url_of(upstream: str, base: str, asked: Asked) -> httpx.URL:
    try:
        if asked.path.startswith("/") and not _DOTS.search(asked.path):
            return httpx.URL(base + asked.path, params=asked.query or None)
    except httpx.InvalidURL:
        pass
    raise UpstreamError(upstream, "refused")


def _followed(url: httpx.URL, location: str) -> httpx.URL | None:
    """Where a redirect leads on the same host: another one would get the key."""
    try:
        target = url.join(location)
    except httpx.InvalidURL:
        return None
    is_same = (target.scheme, target.host, target.port) == (url.scheme, url.host, url.port)
    return target if is_same else None


async def _read(upstream: str, answer: httpx.Response, most_bytes: int) -> Any:
    status = answer.status_code
    if not answer.is_success:
        wait = read_retry_after(answer.headers.get("retry-after"))
        raise UpstreamError(upstream, _kind_of(status), upstream_status=status, retry_after=wait)
    # Nothing was asked for in a coding: a few bytes of it may be gigabytes.
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        raise UpstreamError(upstream, "garbage", upstream_status=status)
    body = bytearray()
    async for chunk in answer.aiter_raw():
        body += chunk
        if len(body) > most_bytes:
            raise UpstreamError(upstream, "too large", upstream_status=status)
    try:
        return orjson.loads(body) if body else None
    except ValueError:
        raise UpstreamError(upstream, "garbage", upstream_status=status) from None


def _kind_of(status: int) -> Failure:
    if status in (429, 503):
        return "limited"
    if status >= 500:
        return "failed"
    return "refused" if status >= 400 else "redirected"


def read_retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Seconds, or a date (RFC 9110, 10.2.3), as seconds from now."""
    if value is None:
        return None
    if re.fullmatch(r"[0-9]{1,9}", value.strip()):
        return float(value)
    try:
        date = parsedate_to_datetime(value).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (date - (now or datetime.now(UTC))).total_seconds())
