import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from app.logging import configure_logging


class Log:
    """Keeps what the service logs."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []

    def msg(self, line: bytes) -> None:
        self.lines.append(line)

    trace = debug = info = warning = error = critical = log = msg

    def text(self) -> str:
        return b"\n".join(self.lines).decode()

    def entries(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]

    def security(self) -> list[dict[str, Any]]:
        """What was logged under `security`, in order."""
        return [entry for entry in self.entries() if "security" in entry]

    def events(self) -> list[str]:
        return [entry["security"] for entry in self.security()]


@contextmanager
def collect_log() -> Iterator[Log]:
    """Everything that is logged meanwhile, as it is written."""
    log = Log()
    before = structlog.get_config()
    configure_logging("trace")
    structlog.configure(logger_factory=lambda *_names: log)
    try:
        yield log
    finally:
        structlog.configure(**before)
