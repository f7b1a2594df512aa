"""One page of a list: behind a cursor, or by number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from app.db.cursors import Position, decode_cursor, encode_cursor, is_behind
from app.db.rows import to_row
from app.db.search import containing
from app.http.model import Model
from app.http.query import CursorQuery, Order, PageQuery

R = TypeVar("R", bound=Model)
Column = InstrumentedAttribute[Any]

# What is asked of a list beside its rows and their order.
_PLACE = {"limit", "cursor", "page", "per_page"}


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Rows, and what the answer says of them."""

    rows: list[R]
    meta: dict[str, Any]


class Pages(Generic[R]):
    """The statements of a list, kept once they are made, which costs as much as to run them.

    `sorts` are the columns of `sortBy`; rows with equal values are sorted by id, so that the order
    is total. `filters` are conditions by the names of their parameters.
    """

    def __init__(
        self,
        stored: Select[Any],
        row: type[R],
        *,
        sorts: Mapping[str, Column],
        filters: Mapping[str, ColumnElement[bool]],
    ) -> None:
        self.stored = stored
        self.row = row
        self.sorts = sorts
        self.filters = filters
        self.id = sorts["createdAt"]
        self.statement = lru_cache(1000)(self._statement)
        self.count = lru_cache(1000)(self._count)

    def given(self, query: CursorQuery | PageQuery, scope: Mapping[str, Any]) -> dict[str, Any]:
        """The filters that a list is asked for, with their values."""
        wanted = query.model_dump(include=set(self.filters), exclude_none=True, by_alias=False)
        given = {**wanted, **{name: value for name, value in scope.items() if value is not None}}
        if "search" in given:
            given["search"] = containing(given["search"])
        return given

    def listed(self, query: CursorQuery | PageQuery, parents: Mapping[str, Any]) -> dict[str, Any]:
        """The list that a cursor belongs to, in JSON: its filters, its order, and whose it is."""
        asked = query.model_dump(mode="json", exclude={*_PLACE, *parents})
        return {**asked, **{name: str(value) for name, value in parents.items()}}

    def matching(self, names: tuple[str, ...]) -> Select[Any]:
        """All rows that the filters of these names let through."""
        return self.stored.where(*(self.filters[name] for name in names))

    def _count(self, names: tuple[str, ...]) -> Select[Any]:
        return select(func.count()).select_from(self.matching(names).subquery())

    def _statement(
        self, names: tuple[str, ...], sort_by: str, order: Order, position: Position
    ) -> Select[Any]:
        """Keeps PostgreSQL's own order of nulls, so that one index serves both directions."""
        column = self.sorts[sort_by]
        rows = self.matching(names)
        if position != "start":
            rows = rows.where(is_behind(column, self.id, order, position))
        columns = [column] if column is self.id else [column, self.id]
        ordered = rows.order_by(
            *(each.asc() if order == "asc" else each.desc() for each in columns)
        )
        limited = ordered.limit(bindparam("_limit", type_=Integer))
        return limited.offset(bindparam("_offset", 0, type_=BigInteger))


class CursorPages(Pages[R]):
    """Keyset pagination: the cost does not grow with the number of rows before the cursor."""

    async def read(
        self, connection: AsyncConnection, query: CursorQuery, scope: Mapping[str, Any]
    ) -> Page[R]:
        """`scope` are filters that the service adds; what begins with `_` is no part of the list.

        Raises 422 for the cursor of another list.
        """
        given = self.given(query, scope)
        column = self.sorts[query.sort_by]
        listed = self.listed(query, {name: scope[name] for name in scope if name[0] != "_"})
        positions, cursor = decode_cursor(query.cursor, listed, column, query.sort_order)
        parts = [
            self.statement(tuple(given), query.sort_by, query.sort_order, position)
            for position in positions
        ]
        found = await first_rows(connection, parts, {**given, **cursor}, query.limit + 1)
        rows = [to_row(self.row, each) for each in found[: query.limit]]
        has_more = len(found) > query.limit
        following = encode_cursor(rows[-1], listed, column) if has_more else None
        return Page(rows, {"nextCursor": following, "limit": query.limit})


class NumberedPages(Pages[R]):
    """Pages by number, with the total number of rows and pages."""

    async def read(
        self, connection: AsyncConnection, query: PageQuery, scope: Mapping[str, Any]
    ) -> Page[R]:
        """`scope` are filters that the service adds."""
        given = self.given(query, scope)
        total = await connection.scalar(self.count(tuple(given)), given) or 0
        statement = self.statement(tuple(given), query.sort_by, query.sort_order, "start")
        place = {"_limit": query.per_page, "_offset": (query.page - 1) * query.per_page}
        found = await connection.execute(statement, {**given, **place})
        rows = [to_row(self.row, each) for each in found]
        meta = {
            "page": query.page,
            "perPage": query.per_page,
            "totalPages": -(-total // query.per_page),
            "total": total,
        }
        return Page(rows, meta)


async def first_rows(
    connection: AsyncConnection,
    parts: Sequence[Select[Any]],
    parameters: Mapping[str, Any],
    wanted: int,
) -> list[Any]:
    """So many rows of the parts of a list, one part after another."""
    found: list[Any] = []
    for part in parts:
        left = wanted - len(found)
        if left <= 0:
            break
        result = await connection.execute(part, {**parameters, "_limit": left})
        found.extend(result.all())
    return found
