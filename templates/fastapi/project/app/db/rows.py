"""Rows as the API answers them."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute
from uuid_utils.compat import uuid7

from app.db.clock import now
from app.db.database import Base
from app.http.model import Model

R = TypeVar("R", bound=Model)


def columns_of(table: type[Base], row: type[Model]) -> list[InstrumentedAttribute[Any]]:
    """The columns that a row is answered from, in the order of its fields."""
    return [getattr(table, name) for name in row.model_fields]


def new_row() -> dict[str, Any]:
    """What the server sets of every new row. Ids sort by time of creation."""
    time = now()
    return {"id": uuid7(), "created_at": time, "updated_at": time}


def to_row(row: type[R], found: Sequence[Any]) -> R:
    """Not validated: what the database holds was, on its way in."""
    values = dict(zip(row.model_fields, found, strict=True))
    return cast("R", row.model_construct(None, **values))


async def first_row(
    connection: AsyncConnection,
    statement: Executable,
    row: type[R],
    parameters: Mapping[str, Any],
) -> R | None:
    """What a statement finds or returns, if anything."""
    found = (await connection.execute(statement, parameters)).one_or_none()
    return None if found is None else to_row(row, found)


async def only_row(
    connection: AsyncConnection,
    statement: Executable,
    row: type[R],
    parameters: Mapping[str, Any],
) -> R:
    """What a statement surely returns."""
    return to_row(row, (await connection.execute(statement, parameters)).one())
