import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Shared(Generic[T]):
    """A value that is fetched when it is needed: once for all who wait. A failure is not kept."""

    def __init__(self, fetch: Callable[[], Awaitable[T]], lifetime: float) -> None:
        self._fetch = fetch
        self._lifetime = lifetime
        self._fetching: asyncio.Future[tuple[float, T]] | None = None

    async def get(self, *, lifetime: float | None = None) -> T:
        """The value; a new one if it is older than the lifetime, in seconds."""
        fetching = self._fetching
        if fetching is None or _is_over(fetching, self._lifetime if lifetime is None else lifetime):
            fetching = self._fetching = asyncio.ensure_future(self._fetch_now())
        # Who goes away does not end it for the others.
        _, value = await asyncio.shield(fetching)
        return value

    async def _fetch_now(self) -> tuple[float, T]:
        value = await self._fetch()
        return time.monotonic(), value


def _is_over(fetching: asyncio.Future[tuple[float, T]], lifetime: float) -> bool:
    if not fetching.done():
        return False
    if fetching.cancelled() or fetching.exception() is not None:
        return True
    return time.monotonic() - fetching.result()[0] > lifetime
