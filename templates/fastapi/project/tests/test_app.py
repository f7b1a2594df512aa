"""What every answer of the service has."""

import re
from collections.abc import AsyncIterator
from typing import Any

import anyio
import pytest
from fastapi import HTTPException, Response
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.about import BASE_PATH
from app.db.database import Database
from tests.api import Api, start_api

pytestmark = pytest.mark.anyio

JSON = {"Content-Type": "application/json"}


async def test_health_and_readiness(api: Api) -> None:
    health, ready = await api.get("/health"), await api.get("/ready")
    assert (health.status_code, health.json()["data"]) == (200, {"status": "ok"})
    assert (ready.status_code, ready.json()["data"]) == (200, {"status": "ready"})


async def test_every_answer_carries_the_id_of_its_request(api: Api) -> None:
    answer = await api.get("/health")
    assert re.fullmatch(r"[0-9a-f-]{36}", answer.headers["x-request-id"])
    meta = answer.json()["meta"]
    assert meta["requestId"] == answer.headers["x-request-id"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", meta["timestamp"])


async def test_a_body_that_does_not_arrive_in_time_is_a_408(
    api: Api,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.http.read_json._PATIENCE", 0.05)

    async def slowly() -> AsyncIterator[bytes]:
        yield b'{"data":'
        await anyio.sleep(60)

    answer = await api.post(f"{BASE_PATH}/nowhere", headers=JSON, content=slowly())
    assert (answer.status_code, answer.json()["error"]["code"]) == (408, "REQUEST_TIMEOUT")
    assert answer.headers["connection"] == "close"


async def test_routes_that_are_added_later_are_found(db: Database) -> None:
    async with start_api(db) as api:

        @api.app.get("/hello/{name}")
        async def hello(name: str) -> Response:
            return Response(f"hello {name}")

        found, wrong = await api.get("/hello/ada"), await api.get("/hallo/ada")
    assert (found.status_code, found.text) == (200, "hello ada")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    ("raised", "status", "code", "message"),
    [
        (402, 402, "PAYMENT_REQUIRED", "why"),
        (413, 413, "PAYLOAD_TOO_LARGE", "why"),
        (501, 501, "NOT_IMPLEMENTED", "why"),
        (500, 500, "INTERNAL_ERROR", "An internal error occurred"),
    ],
)
async def test_an_http_exception_of_fastapi_is_an_error_like_any_other(
    db: Database, raised: int, status: int, code: str, message: str
) -> None:
    async with start_api(db) as api:

        @api.app.get("/refusal")
        async def refuse() -> None:
            raise HTTPException(raised, "why")

        answer = await api.get("/refusal")
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["message"]) == (status, code, message)


async def test_a_body_of_no_bytes_is_no_body(api: Api) -> None:
    headers = {**JSON, "Content-Length": "0"}
    answer = await api.post(f"{BASE_PATH}/nowhere", headers=headers)
    assert answer.status_code == 404


async def test_no_answer_says_what_the_server_is_made_of(api: Api) -> None:
    assert not {"server", "x-powered-by"} & set((await api.get("/health")).headers)


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "code"),
    [
        ("GET", "/nowhere?a=1", {}, 404, "NOT_FOUND"),
        ("GET", f"{BASE_PATH}/nowhere", {}, 404, "NOT_FOUND"),
        ("DELETE", "/health", {}, 405, "METHOD_NOT_ALLOWED"),
        ("POST", "/docs/start.js", {}, 405, "METHOD_NOT_ALLOWED"),
        (
            "GET",
            "/docs/swagger-ui.css",
            {"headers": {"Range": "bytes=99999999-"}},
            416,
            "RANGE_NOT_SATISFIABLE",
        ),
        (
            "GET",
            "/docs/swagger-ui.css",
            {"headers": {"If-Match": '"x"'}},
            412,
            "PRECONDITION_FAILED",
        ),
        (
            "POST",
            f"{BASE_PATH}/nowhere",
            {"headers": JSON, "content": '{"data":'},
            400,
            "BAD_REQUEST",
        ),
        (
            "POST",
            f"{BASE_PATH}/nowhere",
            {"headers": JSON, "content": '{"data":NaN}'},
            400,
            "BAD_REQUEST",
        ),
        ("POST", f"{BASE_PATH}/nowhere", {"content": "a=1"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        (
            "POST",
            f"{BASE_PATH}/x",
            {"headers": JSON, "content": f'"{"x" * 200_000}"'},
            413,
            "PAYLOAD_TOO_LARGE",
        ),
    ],
)
async def test_errors_have_one_form(
    api: Api,
    method: str,
    path: str,
    sent: dict[str, Any],
    status: int,
    code: str,
) -> None:
    answer = await api.request(method, path, **sent)
    assert answer.status_code == status
    body = answer.json()
    assert body["error"] == {"code": code, "message": body["error"]["message"]}
    assert body["meta"] == {
        "timestamp": body["meta"]["timestamp"],
        "requestId": answer.headers["x-request-id"],
        "path": path.split("?", maxsplit=1)[0],
    }


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_no_content_type_is_asked_for_without_a_body(api: Api, method: str) -> None:
    headers = {"Content-Type": "text/plain"}
    answer = await api.request(method, f"{BASE_PATH}/nowhere", headers=headers)
    assert answer.status_code == 404


async def test_the_allowed_methods_are_named(api: Api) -> None:
    assert (await api.post("/ready")).headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/health", "/HEALTH", "/health/", "/docs/swagger-ui.css"])
async def test_head_is_answered_where_get_is(api: Api, path: str) -> None:
    answer = await api.head(path)
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) > 0


async def test_the_document_is_valid_openapi(api: Api) -> None:
    document = (await api.get("/openapi.json")).json()
    assert document["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(document).validate()


async def test_the_page_loads_nothing_from_elsewhere(api: Api) -> None:
    page = await api.get("/docs")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    sources = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert sources
    for path in sources:
        assert path.startswith("docs/")
        assert (path, (await api.get(f"/{path}")).status_code) == (path, 200)


async def test_the_page_has_no_other_files(api: Api) -> None:
    assert (await api.get("/docs/")).headers["location"] == "../docs"
    for name in ["__init__.py", "index.html", "../config.py", "redoc.standalone.js"]:
        assert (name, (await api.get(f"/docs/{name}")).status_code) == (name, 404)


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({}, f".{BASE_PATH}"),
        (
            {"public_url": "https://example.com/shop/"},
            f"https://example.com/shop{BASE_PATH}",
        ),
    ],
)
async def test_the_document_never_believes_the_host(
    db: Database,
    settings: dict[str, str],
    url: str,
) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"}
    async with start_api(db, **settings) as other:
        document = (await other.get("/openapi.json", headers=headers)).json()
    assert document["servers"] == [{"url": url}]


async def test_the_root_leads_to_the_page_in_development_only(api: Api, db: Database) -> None:
    async with start_api(db, APP_ENV="development") as developing:
        answer = await developing.get("/")
    assert (answer.status_code, answer.headers["location"]) == (302, "docs")
    assert (await api.get("/")).status_code == 404
