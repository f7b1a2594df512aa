"""The time as columns hold it."""

from datetime import UTC, datetime


def now() -> datetime:
    """In UTC, cut to milliseconds."""
    time = datetime.now(UTC)
    return time.replace(microsecond=time.microsecond // 1000 * 1000)
