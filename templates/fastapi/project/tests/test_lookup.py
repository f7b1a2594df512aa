"""The lookup of routes by the first segment of their paths."""

import time
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI, Response
from httpx import ASGITransport, AsyncClient

from app.about import BASE_PATH
from app.http.lookup import Lookup, no_route

pytestmark = pytest.mark.anyio


def resource(name: str) -> APIRouter:
    router = APIRouter(prefix=f"/{name}")

    @router.get("")
    async def read_all() -> Response:
        return Response(f"{name} all")

    @router.get("/{id}")
    async def read(id: str) -> Response:
        return Response(f"{name} {id}")

    @router.delete("/{id}")
    async def remove(id: str) -> Response:
        return Response(status_code=204)

    return router


def client_of(*routers: APIRouter) -> AsyncClient:
    """Of an app whose API is these routers."""
    app = FastAPI(openapi_url=None)
    api = APIRouter(prefix=BASE_PATH)
    for router in routers:
        api.include_router(router)
    app.router.routes = [Lookup([*wrapped(api)])]
    app.router.default = no_route

    async def track(scope: Any, receive: Any, send: Any) -> None:
        scope.setdefault("state", {})
        await app(scope, receive, send)

    return AsyncClient(transport=ASGITransport(track), base_url="http://test")


def wrapped(api: APIRouter) -> list[Any]:
    root = APIRouter()
    root.include_router(api)
    return list(root.routes)


@pytest.mark.parametrize(
    ("method", "path", "status", "text"),
    [
        ("GET", "/posts", 200, "posts all"),
        ("GET", "/posts/", 200, "posts all"),
        ("GET", "/POSTS/Ab", 200, "posts Ab"),
        ("GET", "/posts/a%20b", 200, "posts a b"),
        ("GET", "/users/1/posts", 200, "posts of 1"),
        ("GET", "/anything", 200, "slug anything"),
        ("DELETE", "/posts/1", 204, ""),
        ("HEAD", "/posts/1", 200, ""),
    ],
)
async def test_finds(method: str, path: str, status: int, text: str) -> None:
    nested, slugs = APIRouter(), APIRouter()

    @nested.get("/users/{id}/posts")
    async def read_nested(id: str) -> Response:
        return Response(f"posts of {id}")

    @slugs.get("/{slug}")
    async def read_slug(slug: str) -> Response:
        return Response(f"slug {slug}")

    async with client_of(resource("posts"), resource("users"), nested, slugs) as client:
        answer = await client.request(method, f"{BASE_PATH}{path}")
    assert (answer.status_code, answer.text) == (status, text)


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("POST", "/posts", 405, "GET, HEAD"),
        ("PUT", "/posts/1", 405, "GET, HEAD, DELETE"),
        ("OPTIONS", "/posts/1", 405, "GET, HEAD, DELETE"),
        ("GET", "/posts/1/more", 404, None),
        ("GET", "/post", 404, None),
        ("GET", "/posts%2F1", 404, None),
        ("GET", "%2fposts", 404, None),
        ("GET", "", 404, None),
    ],
)
async def test_refuses(method: str, path: str, status: int, allow: str | None) -> None:
    async with client_of(resource("posts")) as client:
        answer = await client.request(method, f"{BASE_PATH}{path}")
    assert (answer.status_code, answer.headers.get("allow")) == (status, allow)


async def test_the_last_of_many_resources_costs_no_more_than_the_only_one() -> None:
    many = [resource(f"things{number}") for number in range(200)]

    async def cost(*routers: APIRouter) -> float:
        async with client_of(*routers) as client:
            path = f"{BASE_PATH}{routers[-1].prefix}/1"
            await client.get(path)
            started = time.process_time()
            for _ in range(200):
                await client.get(path)
            return time.process_time() - started

    one = min([await cost(many[-1]) for _ in range(3)])
    all_of_them = min([await cost(*many) for _ in range(3)])
    assert all_of_them < 1.5 * one
