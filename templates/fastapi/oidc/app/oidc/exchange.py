"""What is asked of a provider over HTTP, within a deadline."""

import asyncio
from collections.abc import Mapping
from typing import Any, TypeVar

import httpx
import orjson
from pydantic import BaseModel, ValidationError

M = TypeVar("M", bound=BaseModel)

# The deadline of a request in seconds, and the most bytes of an answer.
_PATIENCE = 5
_MOST_BYTES = 1024 * 1024


class ProviderAway(Exception):
    """The provider does not answer in time, or not as its metadata promise."""


class InvalidAnswer(Exception):
    """Something that a provider or a browser sends does not hold. The text is a code."""


async def ask(
    http: httpx.AsyncClient,
    url: str,
    *,
    form: Mapping[str, str] | None = None,
    auth: httpx.Auth | None = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, Any]:
    """The status and the JSON of an answer below 500. With a form it is a POST."""
    try:
        async with (
            asyncio.timeout(_PATIENCE),
            http.stream(
                "GET" if form is None else "POST",
                url,
                data=form,
                auth=auth,
                headers={"Accept": "application/json", **(headers or {})},
            ) as answer,
        ):
            body = b""
            async for chunk in answer.aiter_bytes():
                body += chunk
                if len(body) > _MOST_BYTES:
                    raise ProviderAway("too long")
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise ProviderAway(type(error).__name__) from error
    if answer.status_code >= 500:
        raise ProviderAway(f"status {answer.status_code}")
    try:
        return answer.status_code, orjson.loads(body)
    except ValueError:
        raise ProviderAway("no JSON") from None


async def read(http: httpx.AsyncClient, url: str, model: type[M]) -> M:
    """A document of the provider."""
    status, found = await ask(http, url)
    try:
        if status == 200:
            return model.model_validate(found)
    except ValidationError as error:
        fields = ", ".join(str(each["loc"][0]) for each in error.errors() if each["loc"])
        raise ProviderAway(f"wrong document: {fields}") from None
    raise ProviderAway(f"status {status}")
