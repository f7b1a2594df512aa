"""Rows, and what answers say of them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from httpx import Response

from app.http.model import Model
from tests.api import Api

Match = Callable[[Any, Any], bool]


def ids_of(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [str(row["id"]) for row in rows]


def listed(answer: Response) -> list[str]:
    """The ids of the rows of a page."""
    assert answer.status_code == 200, answer.text
    return ids_of(answer.json()["data"])


def fields_of(answer: Response) -> list[str]:
    """The fields that an error names, in alphabetical order, nested ones by their first part."""
    details = answer.json()["error"]["details"]
    return sorted({each["field"].partition(".")[0] for each in details})


def without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def in_json(model: type[Model], row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a row that a body has, as JSON."""
    values = {name: row[name] for name in model.model_fields}
    return model.model_construct(None, **values).model_dump(mode="json")


def as_text(value: object) -> str:
    """A value as it stands in a query."""
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case UUID():
            return str(value)
    return str(value)


def second(at: int) -> time:
    """The time of a day after so many seconds."""
    return (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=at)).time()


async def walk(api: Api, path: str, **query: str) -> list[str]:
    """The ids of a list, read to its end in pages of two."""
    found: list[str] = []
    cursor: dict[str, str] = {}
    for _ in range(100):
        answer = await api.get(path, params={**query, "limit": "2", **cursor})
        found += listed(answer)
        following = answer.json()["meta"]["nextCursor"]
        if following is None:
            return found
        cursor = {"cursor": following}
    raise AssertionError(f"{path} does not end")


async def walk_pages(api: Api, path: str, **query: str) -> list[str]:
    """The same for a list with numbered pages."""
    found: list[str] = []
    for page in range(1, 100):
        answer = await api.get(path, params={**query, "perPage": "2", "page": str(page)})
        found += listed(answer)
        if page >= answer.json()["meta"]["totalPages"]:
            return found
    raise AssertionError(f"{path} does not end")


def equals(value: Any, wanted: Any) -> bool:
    return bool(value == wanted)


def includes(value: Any, wanted: Any) -> bool:
    return wanted in value


def at_least(value: Any, wanted: Any) -> bool:
    return value is not None and bool(value >= wanted)


def at_most(value: Any, wanted: Any) -> bool:
    return value is not None and bool(value <= wanted)
