"""Versions of rows, and changes that are made only to those that the caller has seen."""

import base64
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.db.database import Base, Database
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


@asynccontextmanager
async def changing(db: Database, versions: list[str] | None) -> AsyncIterator[AsyncConnection]:
    """A transaction where a version is compared before the change."""
    async with db.connect() if versions is None else db.begin() as connection:
        yield connection


async def is_seen(
    connection: AsyncConnection,
    find: Select[Any],
    row: type[Model],
    *,
    id: UUID,
    versions: list[str] | None,
) -> bool:
    """Whether the row has one of these versions. It is locked, so that it keeps it."""
    if versions is None:
        return True
    found = await first_row(connection, find.with_for_update(), row, {"_id": id})
    return found is not None and version_of(found.model_dump_json().encode()) in versions


def time_of_change(table: type[Base]) -> ColumnElement[Any]:
    """Always later than the previous one, so that every change is visible."""
    earliest = table.__table__.c.updated_at + text("interval '1 millisecond'")
    return func.greatest(func.clock_timestamp(), earliest)
