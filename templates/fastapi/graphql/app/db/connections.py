"""Parts of lists that are read from either end, of one list or of those of many parents at once."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Executable,
    Select,
    Uuid,
    any_,
    bindparam,
    func,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from app.db.cursors import Position, decode_cursor, encode_cursor
from app.db.pagination import Pages, first_rows
from app.db.rows import to_row
from app.http.errors import ApiError, validation_error
from app.http.model import Model
from app.http.query import CursorQuery, Order, PageQuery

Q = TypeVar("Q", bound=CursorQuery | PageQuery)
R = TypeVar("R", bound=Model)
Column = InstrumentedAttribute[Any]

_OPPOSITE: dict[Order, Order] = {"asc": "desc", "desc": "asc"}


@dataclass(frozen=True, slots=True)
class Slice:
    """`argument` is the name of the cursor in the request."""

    size: int
    cursor: str | None
    argument: str
    is_backward: bool


@dataclass(frozen=True, slots=True)
class Asked(Generic[Q]):
    """A part of the list that `query` describes. Its own page counts for nothing."""

    query: Q
    slice: Slice

    @property
    def order(self) -> Order:
        """The order to read in."""
        order = self.query.sort_order
        return _OPPOSITE[order] if self.slice.is_backward else order


@dataclass(frozen=True, slots=True)
class Span(Generic[R]):
    """Some consecutive rows, always in the order of their list. `count` counts the whole list."""

    rows: list[R]
    has_next_page: bool
    has_previous_page: bool
    cursor_of: Callable[[R], str]
    count: Callable[[AsyncConnection], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Parents:
    """The attribute with the id of the parent, and the parents."""

    key: str
    ids: list[UUID]


def is_one_of(column: Column) -> ColumnElement[bool]:
    """Whether the column has one of `_ids`: one statement for all numbers of them."""
    return column == any_(_ids())


async def all_rows(
    connection: AsyncConnection,
    statement: Executable,
    row: type[R],
    parameters: Mapping[str, Any],
) -> list[R]:
    """The rows that a statement finds, in any order."""
    return [to_row(row, found) for found in await connection.execute(statement, parameters)]


async def connect(
    pages: Pages[R],
    connection: AsyncConnection,
    asked: Asked[Any],
    scope: Mapping[str, Any],
) -> Span[R]:
    """One part of a list. `scope` are conditions of the service. Raises 422 for another cursor."""
    given = pages.given(asked.query, scope)
    found = await _read(pages, connection, asked, given, pages.listed(asked.query, {}))

    async def count(connection: AsyncConnection) -> int:
        return await connection.scalar(pages.count(tuple(given)), given) or 0

    return _span(pages, asked, pages.listed(asked.query, {}), found, count)


async def connect_each(
    pages: Pages[R],
    connection: AsyncConnection,
    asked: Asked[Any],
    scope: Mapping[str, Any],
    parents: Parents,
) -> list[Span[R] | ApiError]:
    """The same part of the rows of each parent, all in one statement.

    A cursor belongs to the list of one parent: the others get an error.
    """
    given = pages.given(asked.query, scope)
    counts = _Counts(pages, parents, given)

    def span_of(id: UUID, found: Sequence[Any]) -> Span[R]:
        listed = pages.listed(asked.query, {parents.key: id})
        return _span(pages, asked, listed, found, lambda connection: counts.of(connection, id))

    if asked.slice.cursor is not None:
        spans: list[Span[R] | ApiError] = []
        for id in parents.ids:
            listed = pages.listed(asked.query, {parents.key: id})
            try:
                found = await _read(pages, connection, asked, given, listed, parents.key, id)
            except ApiError as error:
                spans.append(error)
            else:
                spans.append(span_of(id, found))
        return spans

    names, sort_by = tuple(given), asked.query.sort_by
    statement = _of_each(pages, parents.key, names, sort_by, asked.order)
    limit = {"_limit": asked.slice.size + 1, "_ids": parents.ids}
    at = list(pages.row.model_fields).index(parents.key)
    by_parent: dict[UUID, list[Any]] = {id: [] for id in parents.ids}
    for row in await connection.execute(statement, {**given, **limit}):
        by_parent[row[at]].append(row)
    return [span_of(id, by_parent[id]) for id in parents.ids]


async def _read(
    pages: Pages[R],
    connection: AsyncConnection,
    asked: Asked[Any],
    given: dict[str, Any],
    listed: dict[str, Any],
    key: str | None = None,
    parent_id: UUID | None = None,
) -> list[Any]:
    """One row more than the size, if there is one. The error of a cursor names its argument."""
    sort_by, order, piece = asked.query.sort_by, asked.order, asked.slice
    try:
        positions, place = decode_cursor(piece.cursor, listed, pages.sorts[sort_by], order)
    except ApiError as error:
        details = error.details or []
        raise validation_error([{**each, "field": piece.argument} for each in details]) from None
    names = tuple(given)
    parts = [
        pages.statement(names, sort_by, order, position)
        if key is None
        else _of_one(pages, key, names, sort_by, order, position)
        for position in positions
    ]
    parameters = {**given, **place, **({} if key is None else {"_parent_id": parent_id})}
    return await first_rows(connection, parts, parameters, piece.size + 1)


def _span(
    pages: Pages[R],
    asked: Asked[Any],
    listed: dict[str, Any],
    found: Sequence[Any],
    count: Callable[[AsyncConnection], Awaitable[int]],
) -> Span[R]:
    piece = asked.slice
    is_more, is_behind = len(found) > piece.size, piece.cursor is not None
    rows = [to_row(pages.row, each) for each in found[: piece.size]]
    column = pages.sorts[asked.query.sort_by]
    return Span(
        rows=rows[::-1] if piece.is_backward else rows,
        has_next_page=is_behind if piece.is_backward else is_more,
        has_previous_page=is_more if piece.is_backward else is_behind,
        cursor_of=lambda row: encode_cursor(row, listed, column),
        count=count,
    )


class _Counts:
    """How many rows each parent has, all counted at once, and only if somebody asks."""

    def __init__(self, pages: Pages[Any], parents: Parents, given: dict[str, Any]) -> None:
        self.statement = _count_each(pages, parents.key, tuple(given))
        self.parameters = {**given, "_ids": parents.ids}
        self.counted: dict[UUID, int] | None = None
        self.lock = asyncio.Lock()

    async def of(self, connection: AsyncConnection, id: UUID) -> int:
        async with self.lock:
            if self.counted is None:
                found = await connection.execute(self.statement, self.parameters)
                self.counted = {row[0]: row[1] for row in found}
        return self.counted.get(id, 0)


@lru_cache(1000)
def _of_one(
    pages: Pages[Any], key: str, names: tuple[str, ...], sort_by: str, order: Order, at: Position
) -> Select[Any]:
    own = _column(pages, key) == bindparam("_parent_id", type_=Uuid())
    return pages.statement(names, sort_by, order, at).where(own)


@lru_cache(1000)
def _of_each(
    pages: Pages[Any], key: str, names: tuple[str, ...], sort_by: str, order: Order
) -> Select[Any]:
    parent = func.unnest(_ids()).table_valued("id").render_derived(name="parent")
    own = _column(pages, key) == parent.c.id
    page = pages.statement(names, sort_by, order, "start").where(own).lateral("page")
    columns = dict.fromkeys(page.c[each.key] for each in (pages.sorts[sort_by], pages.id))
    in_order = [each.asc() if order == "asc" else each.desc() for each in columns]
    return select(page).select_from(parent.join(page, true())).order_by(*in_order)


@lru_cache(1000)
def _count_each(pages: Pages[Any], key: str, names: tuple[str, ...]) -> Select[Any, int]:
    column = _column(pages, key)
    rows = pages.matching(names).where(column == any_(_ids()))
    return rows.with_only_columns(column, func.count()).group_by(column)


def _column(pages: Pages[Any], key: str) -> Column:
    column: Column = getattr(pages.id.class_, key)
    return column


def _ids() -> Any:
    return bindparam("_ids", type_=ARRAY(Uuid()))
