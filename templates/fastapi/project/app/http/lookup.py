"""Finds the route of a request by the first segment of its path, however many routes there are.

Starlette asks one route after another: the last of a hundred resources costs 6 ms.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from app.about import BASE_PATH
from app.http.errors import method_not_allowed, not_found
from app.http.request import path_of

_ORDER = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True, slots=True)
class _Endpoint:
    path: str
    pattern: re.Pattern[str]
    methods: frozenset[str]
    handler: object
    app: ASGIApp


class Lookup(BaseRoute):
    """All routes of the service. A path may have other cases, and a slash at its end.

    Routes that are added to the app later are asked where it finds none.
    """

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self.found: dict[str, list[_Endpoint]] = {}
        endpoints = [
            _Endpoint(
                path=context.path or "",
                pattern=re.compile(context.path_regex.pattern.replace("$", "/?$"), re.I),
                methods=frozenset(context.methods or ()),
                handler=context.endpoint,
                app=context.app,
            )
            for context in iter_route_contexts(routes)
        ]
        keys = [_key(endpoint.path) for endpoint in endpoints]
        for key in {"", *(key for key in keys if "{" not in key)}:
            self.found[key] = [
                endpoint
                for endpoint, own in zip(endpoints, keys, strict=True)
                if own == key or "{" in own
            ]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http":
            return Match.NONE, {}
        path = _matched_path(scope)
        # The server sends no body in answer to HEAD, whoever writes one.
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        allowed: set[str] = set()
        for endpoint in self.found.get(_key(path)) or self.found[""]:
            matched = endpoint.pattern.match(path)
            if not matched:
                continue
            scope["state"]["route"] = endpoint.path
            if method in endpoint.methods:
                return Match.FULL, {
                    "found": endpoint.app,
                    "endpoint": endpoint.handler,
                    "path_params": matched.groupdict(),
                }
            allowed |= endpoint.methods
        return (Match.PARTIAL, {"allowed": allowed}) if allowed else (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        found: ASGIApp | None = scope.get("found")
        if found is not None:
            return await found(scope, receive, send)
        allowed: set[str] = scope["allowed"]
        allowed |= {"HEAD"} if "GET" in allowed else set()
        raise method_not_allowed(scope["method"], [each for each in _ORDER if each in allowed])


async def no_route(scope: Scope, _receive: Receive, _send: Send) -> None:
    raise not_found(f"route: {scope['method']} {path_of(scope)}")


def _matched_path(scope: Scope) -> str:
    """The decoded path. An encoded slash separates nothing: it stays encoded."""
    raw: bytes = scope.get("raw_path") or b""
    if b"%2f" not in raw.lower():
        path: str = scope["path"]
        return path
    kept = re.sub(rb"%2[fF]", b"%252F", raw.partition(b"?")[0])
    return unquote(kept.decode("latin-1"))


def _key(path: str) -> str:
    """`/api/posts` of `/api/posts/{id}`, in lower case."""
    lower = path.lower()
    start = len(BASE_PATH) + 1 if lower.startswith(f"{BASE_PATH.lower()}/") else 1
    end = lower.find("/", start)
    return lower if end < 0 else lower[:end]
