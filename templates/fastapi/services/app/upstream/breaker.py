"""A circuit that opens after failures in a row, so that calls then fail at once."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from app.upstream.errors import UpstreamError

log = structlog.get_logger()


class Breaker:
    """After `open_for` seconds one call tries whether the service is back: it decides for all."""

    def __init__(self, upstream: str, *, failures: int, open_for: float) -> None:
        self._upstream = upstream
        self._most_failures = failures
        self._open_for = open_for
        self._failures = 0
        self._open_until: float | None = None
        self._is_trying = False

    @property
    def is_open(self) -> bool:
        """Whether calls are refused. It ends by itself, also without new calls."""
        return self._open_until is not None and time.monotonic() < self._open_until

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Counts how a call ends; one that its caller cancels says nothing of the service.

        Raises `UpstreamError` while the circuit is open.
        """
        is_trial = self._open_until is not None
        if self.is_open or (is_trial and self._is_trying):
            raise UpstreamError(self._upstream, "open")
        if is_trial:
            self._is_trying = True
        try:
            yield
        except UpstreamError as failure:
            if failure.kind == "refused":
                self._succeeded(is_trial=is_trial)
            else:
                self._failed(is_trial=is_trial)
            raise
        else:
            self._succeeded(is_trial=is_trial)
        finally:
            if is_trial:
                self._is_trying = False

    def _succeeded(self, *, is_trial: bool) -> None:
        self._failures = 0
        if is_trial:
            self._open_until = None
            log.info("the circuit is closed", upstream=self._upstream)

    def _failed(self, *, is_trial: bool) -> None:
        self._failures += 1
        # A call that began before the circuit opened does not keep it open for longer.
        is_closed = self._open_until is None
        if is_trial or (is_closed and self._failures >= self._most_failures):
            self._open_until = time.monotonic() + self._open_for
            log.error("the circuit is open", upstream=self._upstream)
