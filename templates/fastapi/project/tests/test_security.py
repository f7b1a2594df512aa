"""The headers of all answers, CORS, and compression."""

import gzip
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.about import BASE_PATH
from app.db.database import Database
from app.http.compress import Compress
from tests.api import Api, start_api

pytestmark = pytest.mark.anyio

PATH = f"{BASE_PATH}/nowhere"
TAG = f'"{"a" * 43}"'


async def test_every_answer_has_the_headers_of_security(api: Api) -> None:
    for path in ["/health", PATH, "/openapi.json"]:
        headers = (await api.get(path)).headers
        assert headers["content-security-policy"] == "default-src 'none';frame-ancestors 'none'"
        assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-site"


@pytest.mark.parametrize(
    ("sent", "policy"),
    [({}, "no-cache"), ({"Authorization": "Bearer x"}, "private, no-store")],
)
async def test_what_is_personal_is_not_cached(
    api: Api,
    sent: dict[str, str],
    policy: str,
) -> None:
    api.headers.pop("Authorization", None)
    assert (await api.get("/health", headers=sent)).headers["cache-control"] == policy


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://app.example.com", "https://app.example.com"),
        ("https://evil.example.com", None),
        ("https://app.example.com.evil.example", None),
        ("null", None),
    ],
)
async def test_pages_of_known_origins_may_call(
    db: Database,
    origin: str,
    allowed: str | None,
) -> None:
    async with start_api(db, cors_origins="https://app.example.com,http://localhost:5173") as api:
        answer = await api.get(PATH, headers={"Origin": origin})
        asked = {"Origin": origin, "Access-Control-Request-Method": "PUT"}
        preflight = await api.options(PATH, headers=asked)
    for each in (answer, preflight):
        assert each.headers.get("access-control-allow-origin") == allowed
        assert each.headers["vary"] == "Origin"
    assert answer.status_code == 404
    assert "ETag" in answer.headers["access-control-expose-headers"]
    assert preflight.status_code == 204
    assert "PUT" in preflight.headers["access-control-allow-methods"]
    assert "Idempotency-Key" in preflight.headers["access-control-allow-headers"]


async def test_others_get_no_headers_of_cors(api: Api) -> None:
    headers = (await api.get(PATH)).headers
    assert headers["vary"] == "Origin"
    assert not [name for name in headers if name.startswith("access-control-")]


async def test_answers_are_compressed_where_it_is_set(db: Database, api: Api) -> None:
    accepting = {"Accept-Encoding": "gzip"}
    path = "/docs/swagger-ui.css"
    plain = await api.get(path, headers=accepting)
    assert "content-encoding" not in plain.headers
    async with start_api(db, compress=True) as other:
        coded = await other.get(path, headers=accepting)
        small = await other.get("/health", headers=accepting)
    assert coded.headers["content-encoding"] == "gzip"
    assert coded.text == plain.text
    assert coded.headers["vary"] == "Origin, Accept-Encoding"
    assert "content-encoding" not in small.headers


@pytest.mark.parametrize(
    ("sent", "headers", "coding", "tag"),
    [
        ({"Accept-Encoding": "gzip"}, {"ETag": TAG}, "gzip", f'"{"a" * 43}-gzip"'),
        ({"Accept-Encoding": "br, gzip;q=0.5"}, {"ETag": TAG}, "gzip", f'"{"a" * 43}-gzip"'),
        ({"Accept-Encoding": "gzip;q=0"}, {"ETag": TAG}, None, TAG),
        ({"Accept-Encoding": "identity"}, {"ETag": TAG}, None, TAG),
        ({"Accept-Encoding": "gzip"}, {"ETag": '"of other bytes"'}, None, '"of other bytes"'),
        ({"Accept-Encoding": "gzip"}, {"Cache-Control": "no-store, no-transform"}, None, None),
    ],
)
async def test_a_compressed_row_has_a_tag_of_its_own(
    sent: dict[str, str],
    headers: dict[str, str],
    coding: str | None,
    tag: str | None,
) -> None:
    text = "x" * 2000

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        response = Response(text, headers=headers, media_type="application/json")
        await response(scope, receive, send)

    transport: Any = ASGITransport(Compress(answer))
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        request = client.build_request("GET", "/", headers=sent)
        streamed = await client.send(request, stream=True)
        raw = b"".join([part async for part in streamed.aiter_raw()])
    assert streamed.headers.get("content-encoding") == coding
    assert streamed.headers.get("etag") == tag
    assert (gzip.decompress(raw) if coding else raw).decode() == text
