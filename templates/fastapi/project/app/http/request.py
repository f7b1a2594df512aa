"""What is known of a request: its id, where it comes from, how its path is told."""

import re

from starlette.requests import HTTPConnection
from starlette.types import Scope

from app.about import BASE_PATH
from app.http.proxies import header_of

_LONG = re.compile(r"[^/]{40,}")
_PREFIX = re.compile(r"(/[\w.~-]+)+", re.A)


def path_of(scope: Scope) -> str:
    """The path for logs and answers, without the query. Long segments may be tokens."""
    raw = scope.get("raw_path")
    path = str(raw, "latin-1").partition("?")[0] if raw else str(scope["path"])
    return _LONG.sub("[redacted]", path) if len(path) > 40 else path


def route_of(scope: Scope) -> str | None:
    """The pattern of the route that answered."""
    route: str | None = scope["state"].get("route")
    return route


async def address_of(request: HTTPConnection) -> str:
    """The address of the client, behind the trusted proxies."""
    address: str = request.scope["state"]["ip"]
    return address


def path_for(request: HTTPConnection, path: str) -> str:
    """The path under which the client reaches a resource of the API.

    A proxy that serves the API below a prefix removes it and sends it as `X-Forwarded-Prefix`.
    """
    prefix = header_of(request.scope, b"x-forwarded-prefix")
    is_prefix = prefix and _PREFIX.fullmatch(prefix) and request.scope["state"]["is_from_proxy"]
    return f"{prefix if is_prefix else ''}{BASE_PATH}{path}"
