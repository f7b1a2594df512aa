"""Versions of rows, and changes that are made only to those that the caller has seen."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningUpdate

from app.db.database import Base
from app.db.rows import first_row
from app.http.model import Model


@dataclass(frozen=True, slots=True)
class Only:
    """Restricts a change to rows of an owner, and to row versions that the caller has seen."""

    owner_id: UUID | None = None
    versions: list[str] | None = None


def version_of(row: bytes) -> str:
    """A hash of the JSON of a row, so that it changes whenever the response changes."""
    return base64.urlsafe_b64encode(hashlib.sha256(row).digest()).decode().rstrip("=")


async def is_seen(
    connection: AsyncConnection,
    lock: Select[Any],
    row: type[Model],
    id: UUID,
    versions: list[str] | None,
) -> bool:
    """Whether the row has one of these versions. `lock` locks it, so that it keeps it."""
    if versions is None:
        return True
    found = await first_row(connection, lock, row, {"_id": id})
    return found is not None and version_of(found.model_dump_json().encode()) in versions


def time_of_change(table: type[Base]) -> ColumnElement[Any]:
    """Always later than the previous one, so that every change is visible."""
    earliest = table.__table__.c.updated_at + text("interval '1 millisecond'")
    return func.greatest(func.clock_timestamp(), earliest)


def change_of(table: type[Base], columns: Sequence[Any]) -> ReturningUpdate[Any]:
    """Changes what its parameters name, and returns the columns as they are then."""
    return update(table).values(updated_at=time_of_change(table)).returning(*columns)
