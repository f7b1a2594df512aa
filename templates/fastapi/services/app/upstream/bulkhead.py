"""A limit of calls at once, so that a slow service does not take all that this one has."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.upstream.errors import UpstreamError


class Bulkhead:
    """So many calls run at once, and so many wait for a place."""

    def __init__(self, upstream: str, *, concurrent: int, waiting: int) -> None:
        self._upstream = upstream
        self._places = asyncio.Semaphore(concurrent)
        self._most_waiting = waiting
        self._waiting = 0

    @asynccontextmanager
    async def place(self, ends_at: float) -> AsyncIterator[None]:
        """Raises `UpstreamError` if too many wait, or if there is no place until then."""
        if self._places.locked() and self._waiting >= self._most_waiting:
            raise UpstreamError(self._upstream, "busy")
        self._waiting += 1
        try:
            async with asyncio.timeout_at(ends_at):
                await self._places.acquire()
        except TimeoutError:
            raise UpstreamError(self._upstream, "timeout") from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._places.release()
