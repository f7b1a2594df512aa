"""Rows that have expired."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from app.db.clock import now


async def remove_expired(
    connection: AsyncConnection,
    expires_at: InstrumentedAttribute[datetime],
    most: int = 100,
) -> None:
    """Deletes expired rows of the table with this column, the oldest first, without waiting."""
    model = expires_at.class_
    key = model.__mapper__.primary_key[0]
    expired = (
        select(key.label("key"))
        .where(expires_at < now())
        .order_by(expires_at)
        .limit(most)
        .with_for_update(skip_locked=True)
        # A subquery could be run several times within a statement, and then remove more.
        .cte("expired")
    )
    await connection.execute(delete(model).where(key.in_(select(expired.c.key))))
