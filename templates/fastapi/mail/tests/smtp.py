"""A mail server on a port of its own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

# What is replied to a command, such as `RCPT`, or to `CONNECT` and `CONTENT`, instead of what is
# usual. None ends the connection without a reply.
Reply = Callable[[], Awaitable[str | None]]


@dataclass
class Received:
    to: list[str]
    content: str


@dataclass
class Smtp:
    url: str = ""
    replies: dict[str, Reply] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)


def replying(text: str | None) -> Reply:
    async def reply() -> str | None:
        return text

    return reply


def replying_late(text: str, seconds: float) -> Reply:
    async def reply() -> str:
        await asyncio.sleep(seconds)
        return text

    return reply


async def never() -> str:
    await asyncio.Event().wait()
    raise AssertionError("unreachable")


@asynccontextmanager
async def start_smtp(**replies: Reply) -> AsyncIterator[Smtp]:
    smtp = Smtp(replies=replies)
    conversations: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(_Conversation(smtp, reader, writer).run())
        conversations.add(task)
        await asyncio.wait([task])

    server = await asyncio.start_server(serve, "127.0.0.1")
    smtp.url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield smtp
    finally:
        for task in conversations:
            task.cancel()
        server.close()
        await server.wait_closed()


class _Conversation:
    def __init__(
        self,
        smtp: Smtp,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._smtp = smtp
        self._reader = reader
        self._writer = writer
        self._to: list[str] = []

    async def run(self) -> None:
        try:
            if await self._reply("CONNECT", "220 ready"):
                while await self._take((await self._reader.readline()).decode()):
                    pass
        except ConnectionError:
            pass
        finally:
            self._writer.close()

    async def _take(self, line: str) -> bool:
        """Whether the conversation goes on after a command."""
        command = line[:4].upper()
        if command == "RCPT":
            self._to.append(line.partition("<")[2].partition(">")[0])
        if command == "DATA":
            return await self._reply("DATA", "354 go on") and await self._take_content()
        if command == "QUIT":
            await self._reply("QUIT", "221 bye")
            return False
        return bool(line) and await self._reply(command, "250 ok")

    async def _take_content(self) -> bool:
        content = (await self._reader.readuntil(b"\r\n.\r\n")).decode()
        goes_on = await self._reply("CONTENT", "250 taken")
        if "CONTENT" not in self._smtp.replies:
            self._smtp.received.append(Received(self._to, content))
        self._to = []
        return goes_on

    async def _reply(self, command: str, usual: str) -> bool:
        given = self._smtp.replies.get(command)
        text = usual if given is None else await given()
        if text is None:
            return False
        self._writer.write(f"{text}\r\n".encode())
        await self._writer.drain()
        return True
