"""A service on a port of its own, which answers as a test says."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: str


# Answers a request; the number is 1 for the first one.
Behaviour = Callable[[asyncio.StreamWriter, int, Asked], Awaitable[None]]


@dataclass
class FakeUpstream:
    """`asked` is what it was asked, in order."""

    behaviour: Behaviour
    url: str = ""
    asked: list[Asked] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked = await _read(reader)
            self.asked.append(asked)
            await self.behaviour(writer, len(self.asked), asked)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().rstrip().split("\r\n")
    method, path, _ = head[0].split(" ")
    pairs = (line.partition(":") for line in head[1:])
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Asked(method, path, headers, body.decode())


@asynccontextmanager
async def start_upstream(behaviour: Behaviour) -> AsyncIterator[FakeUpstream]:
    upstream = FakeUpstream(behaviour)
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(upstream.serve(reader, writer))
        tasks.add(task)
        await asyncio.wait([task])

    server = await asyncio.start_server(serve, "127.0.0.1")
    upstream.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield upstream
    finally:
        for task in tasks:
            task.cancel()
        server.close()
        await server.wait_closed()


def answering(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Behaviour:
    return sending(json.dumps(body).encode(), status, headers)


def sending(content: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Behaviour:
    async def answer(writer: asyncio.StreamWriter, _count: int, _asked: Asked) -> None:
        all_headers = {
            "Content-Length": str(len(content)),
            "Connection": "close",
            **(headers or {}),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in all_headers.items())
        writer.write(f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode() + content)

    return answer


async def slow(writer: asyncio.StreamWriter, _count: int, _asked: Asked) -> None:
    """An answer that never ends."""
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)


async def hanging(_writer: asyncio.StreamWriter, _count: int, _asked: Asked) -> None:
    await asyncio.Event().wait()


async def closing(writer: asyncio.StreamWriter, _count: int, _asked: Asked) -> None:
    writer.transport.abort()


# Every way to fail, and what a caller gets.
MISBEHAVIOURS: dict[str, tuple[Behaviour, str, int]] = {
    "slow": (slow, "timeout", 503),
    "hanging": (hanging, "timeout", 503),
    "closed": (closing, "unreachable", 503),
    "broken": (answering({}, 500), "failed", 502),
    "too busy": (answering({}, 503), "limited", 503),
    "refusing": (answering({}, 400), "refused", 502),
    "sending garbage": (sending(b"<html>"), "garbage", 502),
    "sending what was not asked for": (
        sending(b"{}", headers={"Content-Encoding": "gzip"}),
        "garbage",
        502,
    ),
    "sending too much": (answering("x" * 2000), "too large", 502),
    "sending elsewhere": (
        answering({}, 302, {"Location": "http://127.0.0.2:1/"}),
        "redirected",
        502,
    ),
}
