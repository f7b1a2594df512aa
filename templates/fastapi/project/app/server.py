"""Listens, answers what is no HTTP in the form of all errors, and stops without cutting off."""

import asyncio
import socket
import time
from types import FrameType
from typing import Any
from uuid import uuid4

import httptools
import orjson
import structlog
import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from app.config import Settings
from app.http.envelope import timestamp
from app.http.errors import ApiError, bad_request, headers_too_large, request_timeout

log = structlog.get_logger()

_MOST_HEADERS = 16 * 1024
# How much longer the headers may take than the next request, in seconds.
_HEAD_START = 5
# While it stops: how long a new connection may take to ask, and open requests to end, in seconds.
_FIRST_REQUEST = 1
_PATIENCE = 10
# The usual backlog is too small for a burst while the database is away.
_BACKLOG = 4096


class _Protocol(HttpToolsProtocol):
    """Refuses headers that are too large or too slow."""

    _size = 0
    _received = 0
    _refusal: ApiError | None = None
    _slow: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        self._received_headers()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._size = 0
        if self._slow is None:
            self._expect_headers()

    def on_url(self, url: bytes) -> None:
        self._add(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._add(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._received_headers()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        # The parser tells of a header when it has ended, however long it grows.
        if self._slow is not None:
            self._received += len(data)
            if self._received > 4 * _MOST_HEADERS and self._is_in_headers():
                self._refusal = headers_too_large()
                self.send_400_response("")

    def send_400_response(self, msg: str) -> None:
        """Called by uvicorn for what it cannot parse."""
        if self.transport.is_closing():
            return
        refusal = self._refusal or bad_request("The request is not valid HTTP")
        if self._is_half_answered():
            return self.transport.close()
        identifier = str(uuid4())
        self.transport.write(_written(refusal, identifier))
        self.transport.close()
        log.info(
            "request refused",
            requestId=identifier,
            ip=self.client[0] if self.client else None,
            status=refusal.status_code,
        )

    def on_response_complete(self) -> None:
        super().on_response_complete()
        # Answered before the body has arrived: the rest of it must not trickle in for ever.
        if self.cycle.more_body and not self.transport.is_closing():
            self.loop.call_later(self.timeout_keep_alive, self._close_unread, self.cycle)

    def _close_unread(self, answered: RequestResponseCycle) -> None:
        if self.cycle is answered and answered.more_body:
            self.transport.close()

    def shutdown(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.loop.call_later(_FIRST_REQUEST, self._close_silent)
        else:
            super().shutdown()

    def _close_silent(self) -> None:
        if self.cycle is None:
            self.transport.close()

    def _is_half_answered(self) -> bool:
        """A second answer must not be written into one that is partly sent."""
        cycle = self.cycle
        return cycle is not None and cycle.response_started and not cycle.response_complete

    def _is_in_headers(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _add(self, size: int) -> None:
        self._size += size
        if self._size > _MOST_HEADERS:
            self._refusal = headers_too_large()
            raise httptools.HttpParserError("headers")

    def _expect_headers(self) -> None:
        patience = self.timeout_keep_alive + _HEAD_START
        self._slow = self.loop.call_later(patience, self._refuse_slow)

    def _received_headers(self) -> None:
        self._received = 0
        if self._slow is not None:
            self._slow.cancel()
            self._slow = None

    def _refuse_slow(self) -> None:
        self._slow = None
        self._refusal = request_timeout()
        self.send_400_response("")


def _written(error: ApiError, identifier: str) -> bytes:
    body = orjson.dumps(
        {
            "error": {"code": error.code, "message": error.detail},
            "meta": {"timestamp": timestamp(), "requestId": identifier, "path": ""},
        }
    )
    head = (
        "Connection: close\r\n"
        "Cache-Control: no-store\r\n"
        "Content-Type: application/json; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\n"
        f"X-Request-Id: {identifier}\r\n\r\n"
    )
    return STATUS_LINE[error.status_code] + head.encode() + body


class _Server(uvicorn.Server):
    """On SIGTERM it goes on for SHUTDOWN_DELAY, finishes open requests, and ends with 0."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, settings: Settings) -> None:
        super().__init__(config)
        self.app = app
        self.settings = settings
        self.signal: int | None = None
        self.stop_at: float | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for server in self.servers:
            for listening in server.sockets:
                host, port = listening.getsockname()[:2]
                family = "IPv6" if listening.family is socket.AF_INET6 else "IPv4"
                address = {"address": host, "family": family, "port": port}
                log.info("listening", address=address)
        url = self.settings.server_url
        if self.settings.env == "development" and url:
            log.info(f"the documentation is at {url}/docs")

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Only remembers the signal: what it interrupts may hold the lock of the log."""
        if self.signal is not None:
            self.should_exit = self.force_exit = True
        self.signal = sig

    async def on_tick(self, counter: int) -> bool:
        if self.signal is not None and self.stop_at is None:
            log.info("shutting down: finishing open requests", signal=self.signal)
            self.app.state.stopping.set()
            self.stop_at = time.monotonic() + self.settings.shutdown_delay
        is_due = self.stop_at is not None and time.monotonic() >= self.stop_at
        return await super().on_tick(counter) or is_due


def serve(app: FastAPI, settings: Settings) -> int:
    """Serves until a signal ends it. The exit code is 1 if it could not start."""
    options: dict[str, Any] = {
        "host": settings.listening_host,
        "port": settings.port,
        "http": _Protocol,
        "ws": "none",
        "loop": "auto",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        # TRUST_PROXY decides which proxies are believed.
        "proxy_headers": False,
        "backlog": _BACKLOG,
        "timeout_keep_alive": settings.keep_alive_timeout,
        "timeout_graceful_shutdown": _PATIENCE,
    }
    server = _Server(uvicorn.Config(app, **options), app, settings)
    try:
        server.run()
    except SystemExit:
        # uvicorn ends so where it cannot start, and has said why.
        return 1
    log.info("stopped")
    return 0
