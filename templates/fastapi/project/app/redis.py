"""Work that Redis does while it answers: during an outage callers do something else."""

import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

log = structlog.get_logger()

T = TypeVar("T")

# How long Redis is not used after a failure, in seconds.
_PAUSE = 5.0


class MayFail:
    """Asks a service while it answers; each outage is logged once, and so is its end."""

    def __init__(self) -> None:
        self.is_away = False
        self.ask_again_at = 0.0

    async def attempt(
        self,
        ask: Callable[[], Awaitable[T]],
        fallback: Callable[[], Awaitable[T]],
    ) -> T:
        if not self._may_ask():
            return await fallback()
        try:
            answer = await ask()
        except Exception as error:
            if not self.is_away:
                log.warning("Redis is away: counting rate limits locally", err=error)
            self.is_away = True
            self.ask_again_at = time.monotonic() + _PAUSE
            return await fallback()
        if self.is_away:
            log.info("Redis is back: sharing rate limits again")
        self.is_away = False
        return answer

    def _may_ask(self) -> bool:
        """During an outage, one caller after each pause looks whether it is over."""
        if not self.is_away:
            return True
        if time.monotonic() < self.ask_again_at:
            return False
        self.ask_again_at = time.monotonic() + _PAUSE
        return True
