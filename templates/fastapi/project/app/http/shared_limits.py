"""Counters that all processes of the project share: in Redis."""

from typing import Any

from limits.aio.storage import RedisStorage, Storage
from redis.asyncio import ConnectionPool


def open_pool(url: str) -> ConnectionPool:
    return ConnectionPool.from_url(url, socket_timeout=0.5, socket_connect_timeout=2)


def storage_on(pool: ConnectionPool) -> Storage:
    # Its options are typed as if all of them stood in a URL.
    options: dict[str, Any] = {"connection_pool": pool}
    return RedisStorage("async+redis://", implementation="redispy", **options)
