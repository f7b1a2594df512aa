"""Lists as Relay connections: their types, and what their arguments ask for."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, Generic, TypeVar

import strawberry
from strawberry import UNSET, Parent

from app.db.connections import Asked, Slice, Span
from app.graphql.context import Info
from app.graphql.inputs import given_in, parse_input, value_of
from app.http.errors import ErrorDetail, validation_error
from app.http.fields import characters
from app.http.model import Input
from app.http.numbers import Integer
from app.http.query import CursorQuery, PageQuery

USUAL_SIZE = 20
MOST_SIZE = 100

T = TypeVar("T")


@strawberry.enum
class SortOrder(Enum):
    ASC = "asc"
    DESC = "desc"


@strawberry.type
class PageInfo:
    has_next_page: bool
    has_previous_page: bool

    @strawberry.field
    def start_cursor(self, span: Parent[Span[Any]]) -> str | None:
        return span.cursor_of(span.rows[0]) if span.rows else None

    @strawberry.field
    def end_cursor(self, span: Parent[Span[Any]]) -> str | None:
        return span.cursor_of(span.rows[-1]) if span.rows else None


@dataclass(frozen=True, slots=True)
class _RowOf:
    node: Any
    span: Span[Any]


@strawberry.type
class Edge(Generic[T]):
    node: T

    @strawberry.field
    def cursor(self, edge: Parent[_RowOf]) -> str:
        return edge.span.cursor_of(edge.node)


@strawberry.type
class Connection(Generic[T]):
    @strawberry.field(graphql_type=list[Edge[T]])
    def edges(self, span: Parent[Span[Any]]) -> Any:
        return [_RowOf(row, span) for row in span.rows]

    @strawberry.field(graphql_type=PageInfo)
    def page_info(self, span: Parent[Span[Any]]) -> Any:
        return span


@strawberry.type(name="Connection")
class CountedConnection(Connection[T]):
    @strawberry.field
    async def total_count(self, span: Parent[Span[Any]], info: Info) -> int:
        async with info.context.db.connect() as connection:
            return await span.count(connection)


_Size = Annotated[int, Integer(min=1, max=MOST_SIZE)] | None
_Cursor = Annotated[str, characters(min=1, max=10_000)] | None


class _Place(Input):
    first: _Size = None
    limit: _Size = None
    last: _Size = None
    after: _Cursor = None
    cursor: _Cursor = None
    before: _Cursor = None


def _described(type: Any, description: str) -> Any:
    return Annotated[type | None, strawberry.argument(description=description)]


_EXCLUSIVE = [
    ("first", "limit"),
    ("after", "cursor"),
    ("first", "last"),
    ("limit", "last"),
    ("first", "before"),
    ("limit", "before"),
    ("after", "last"),
    ("cursor", "last"),
    ("after", "before"),
    ("cursor", "before"),
]

_ARGUMENTS: dict[str, Any] = {
    "first": _described(int, "1 to 100, and 20 if there is no size."),
    "after": str | None,
    "last": int | None,
    "before": str | None,
    "limit": _described(int, "Another name of `first`."),
    "cursor": _described(str, "Another name of `after`."),
}

Resolve = Callable[..., Awaitable[Span[Any]]]


def listed(
    query: type[CursorQuery | PageQuery], *, sort: type[Enum], filter: type | None = None
) -> Callable[[Resolve], Resolve]:
    """Gives a resolver the arguments of a list, in place of `asked`: what they ask for.

    `query` is the schema of the same list in REST.
    """
    arguments = [
        *(_argument(name, annotation) for name, annotation in _ARGUMENTS.items()),
        *([] if filter is None else [_argument("filter", filter | None)]),
        _argument("sort_by", sort, default="createdAt"),
        _argument("sort_order", SortOrder, default="desc"),
    ]
    names = [each.name for each in arguments]

    def decorate(resolve: Resolve) -> Resolve:
        @wraps(resolve)
        async def resolve_list(*args: Any, **given: Any) -> Span[Any]:
            own = {name: given.pop(name) for name in names if name in given}
            return await resolve(*args, **given, asked=parse_asked(query, own))

        kept = [each for each in signature(resolve).parameters.values() if each.name != "asked"]
        made = Signature([*kept, *arguments], return_annotation=Any)
        resolve_list.__signature__ = made  # type: ignore[attr-defined]
        return resolve_list

    return decorate


def _argument(name: str, annotation: Any, default: Any = UNSET) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def parse_asked(
    model: type[CursorQuery | PageQuery], arguments: dict[str, Any]
) -> Asked[CursorQuery | PageQuery]:
    """Reads the arguments with the schema of the same list in REST. Raises 422."""
    given = {name: value for name, value in arguments.items() if value is not None}
    place = parse_input(_Place, {name: given[name] for name in _ARGUMENTS if name in given})
    problems: list[ErrorDetail] = [
        {"field": other, "message": f"Cannot be combined with {one}"}
        for one, other in _EXCLUSIVE
        if {one, other} <= place.model_fields_set
    ]
    if problems:
        raise validation_error(problems)
    filters = given_in(given["filter"]) if "filter" in given else {}
    order = {"sortBy": value_of(given["sort_by"]), "sortOrder": value_of(given["sort_order"])}
    wanted = {name: value for name, value in filters.items() if value is not None}
    query = parse_input(model, {**order, **wanted})
    argument = next((name for name in ("before", "cursor") if name in given), "after")
    return Asked(
        query,
        Slice(
            size=place.first or place.limit or place.last or USUAL_SIZE,
            cursor=place.before or place.cursor or place.after,
            argument=argument,
            is_backward=place.last is not None or place.before is not None,
        ),
    )
