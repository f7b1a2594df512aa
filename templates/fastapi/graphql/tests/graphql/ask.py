"""Requests of GraphQL, and what their answers say."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from httpx import Response
from sqlalchemy import Engine, event

from app.about import BASE_PATH
from tests.api import Api

URL = f"{BASE_PATH}/graphql"


async def ask(api: Api, query: str, **variables: Any) -> Response:
    return await api.post(URL, json={"query": query, "variables": variables})


async def data_of(api: Api, query: str, **variables: Any) -> Any:
    """The data of an answer without errors."""
    body = (await ask(api, query, **variables)).json()
    assert body.get("errors") is None, body
    return body["data"]


def codes_of(answer: Response) -> list[str]:
    """Those of the errors beside the data."""
    return [each["extensions"]["code"] for each in answer.json().get("errors", [])]


@asynccontextmanager
async def counted_statements() -> AsyncIterator[list[str]]:
    """The statements that are sent meanwhile, without those that find the caller."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "auth_sessions" not in statement:
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
