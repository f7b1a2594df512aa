"""The OpenAPI document: what FastAPI says of the routes, in the form that all stacks give it."""

from collections.abc import Callable
from functools import cache
from typing import Any

import orjson
from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi

from app.about import BASE_PATH, NAME, VERSION

Json = dict[str, Any]

# Wrappers that stand where they are used.
_INLINE = ("Data_", "Answer_", "CursorPage_", "NumberedPage_")


def describe(api: APIRouter, server_url: str | None) -> Callable[[], bytes]:
    """What makes the document of OpenAPI 3.1, once, when it is first asked for.

    Without a URL of the server it has one relative to its own: the `Host` header can be forged.
    """

    @cache
    def document() -> bytes:
        url = f".{BASE_PATH}" if server_url is None else server_url + BASE_PATH
        found = get_openapi(
            title=NAME,
            version=VERSION,
            openapi_version="3.1.0",
            servers=[{"url": url}],
            routes=api.routes,
        )
        return orjson.dumps(_tidy(found))

    return document


def _tidy(found: Json) -> Json:
    return found
