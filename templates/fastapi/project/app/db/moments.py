"""Moments as PostgreSQL holds them."""

from datetime import UTC, datetime, timedelta

import asyncpg

# What PostgreSQL counts from, in microseconds.
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_UNIT = timedelta(microseconds=1)


async def keep_moments(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Has moments sent as they are: asyncpg takes the first one of year 1 for minus infinity."""
    await connection.set_type_codec(
        "timestamptz",
        schema="pg_catalog",
        encoder=lambda moment: ((moment - _EPOCH) // _UNIT,),
        decoder=lambda counted: _EPOCH + timedelta(microseconds=counted[0]),
        format="tuple",
    )
