"""Rows as the API answers them."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import Executable, Row
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from app.db.database import Base
from app.http.model import Model

R = TypeVar("R", bound=Model)


def columns_of(table: type[Base], row: type[Model]) -> list[InstrumentedAttribute[Any]]:
    """The columns that a row is answered from, in the order of its fields."""
    return [getattr(table, name) for name in row.model_fields]


def to_row(row: type[R], found: Row[Any]) -> R:
    """Not validated: what the database holds was, on its way in."""
    return row.model_construct(None, **dict(zip(row.model_fields, found, strict=True)))


async def first_row(
    connection: AsyncConnection,
    statement: Executable,
    row: type[R],
    parameters: Mapping[str, Any],
) -> R | None:
    """What a statement finds or returns, if anything."""
    found = (await connection.execute(statement, parameters)).one_or_none()
    return None if found is None else to_row(row, found)
