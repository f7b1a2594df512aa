import time
from collections.abc import Callable

from app.auth.roles import Caller
from app.auth.tokens import VerifiedToken


class TokenCache:
    """Verified tokens until they expire, since verification is expensive. The oldest go first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._tokens: dict[str, VerifiedToken] = {}
        self._forgotten = 0

    def now(self) -> int:
        """Ask it before a database query, and pass it to `set`, which ignores outdated results."""
        return self._forgotten

    def get(self, token: str) -> VerifiedToken | None:
        known = self._tokens.get(token)
        if known is None or known.expires_at > time.time():
            return known
        del self._tokens[token]
        return None

    def set(self, token: str, verified: VerifiedToken, since: int) -> None:
        if since != self._forgotten:
            return
        self._tokens.pop(token, None)
        if len(self._tokens) >= self._size:
            del self._tokens[next(iter(self._tokens))]
        self._tokens[token] = verified

    def forget(self, matches: Callable[[Caller], bool]) -> None:
        self._forgotten += 1
        for token in [key for key, known in self._tokens.items() if matches(known.caller)]:
            del self._tokens[token]
