"""Why a call to another service failed, and what clients of this API learn of it."""

from collections.abc import Sequence
from math import ceil
from typing import Literal

from app.http.errors import ApiError

Failure = Literal[
    "unset",
    "open",
    "busy",
    "unreachable",
    "timeout",
    "limited",
    "refused",
    "failed",
    "redirected",
    "garbage",
    "too large",
]

# The service did not answer, or may do so later.
_UNAVAILABLE = {"unset", "open", "busy", "unreachable", "timeout", "limited"}
_TEMPORARY = {"unreachable", "timeout", "limited", "failed"}
# What clients are told to wait where the service does not say it, in seconds.
_USUAL_WAIT = 5


class UpstreamError(ApiError):
    """A call to another service failed. Clients get 503 if it is away, 502 otherwise, and no more.

    `retry_after` is how many seconds to wait, as the service says.
    """

    def __init__(
        self,
        upstream: str,
        kind: Failure,
        *,
        upstream_status: int | None = None,
        retry_after: float | None = None,
        problems: Sequence[str] = (),
    ) -> None:
        is_away = kind in _UNAVAILABLE
        wait = _USUAL_WAIT if retry_after is None else retry_after
        super().__init__(
            503 if is_away else 502,
            "UPSTREAM_UNAVAILABLE",
            "A service that this needs is unavailable",
            headers={"Retry-After": str(ceil(wait))} if is_away else {},
        )
        self.upstream = upstream
        self.kind = kind
        self.upstream_status = upstream_status
        self.retry_after = retry_after
        self.problems = problems

    @property
    def is_temporary(self) -> bool:
        """Whether the same call may work soon."""
        return self.kind in _TEMPORARY
