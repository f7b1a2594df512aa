"""Outboxes to mail servers of tests, and the mails that wait in the table."""

import asyncio
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.db.clock import now
from app.mail.models import MailModel
from app.mail.outbox import Outbox, WaitingMail, store_mail
from app.mail.post import open_post
from app.mail.texts import Letter
from tests.api import Api, read

ADDRESS = "ada@example.com"
LETTER = Letter("reset-password", {"link": "https://example.com/#token=t"})


async def compose(_connection: AsyncConnection, mail: WaitingMail) -> Letter | None:
    return None if mail.kind == "nothing" else LETTER


def outbox_to(api: Api, url: str, patience: float = 5) -> Outbox:
    return Outbox(api.db, open_post(read(smtp_url=url), patience), compose)


async def store(api: Api, kind: str = "password-reset", to: str = ADDRESS) -> None:
    async with api.db.connect() as connection:
        await store_mail(connection, to, kind, {})


async def waiting(api: Api) -> list[Row[tuple[int, datetime]]]:
    asked = select(MailModel.attempts, MailModel.due_at)
    async with api.db.connect() as connection:
        return list(await connection.execute(asked))


async def attempts(api: Api) -> list[int]:
    return [row.attempts for row in await waiting(api)]


async def change(api: Api, **values: Any) -> None:
    async with api.db.connect() as connection:
        await connection.execute(update(MailModel).values(values))


async def make_due(api: Api) -> None:
    await change(api, due_at=now())


class StuckPost:
    """Is sending for ever, as a process that was killed."""

    def __init__(self) -> None:
        self.is_sending = asyncio.Event()
        self.has_ended = False

    async def send(self, to: str, id: UUID, letter: Letter) -> None:
        self.is_sending.set()
        try:
            await asyncio.Event().wait()
        finally:
            # As giving back a connection, it takes a while.
            await asyncio.sleep(0.05)
            self.has_ended = True
