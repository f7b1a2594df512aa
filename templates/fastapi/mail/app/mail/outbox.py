"""The mails of the table `mails`: stored with a change, and sent after it."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import structlog
from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from app.db.clock import now
from app.db.database import Database
from app.http.times import iso
from app.mail.models import MailModel
from app.mail.post import Post, is_refused, reason_of
from app.mail.texts import Letter

log = structlog.get_logger()

# How often to look for mails that other processes have left, in seconds.
_INTERVAL = 5.0
# How long the end of this process waits for mails that are being sent, in seconds.
_LAST_WAIT = 10.0
# A mail that is being sent is not due again for so long, in case this process is killed.
_LEASE = timedelta(seconds=120)
# The pause after the first failure doubles with each further one, up to an hour (in seconds).
_FIRST_PAUSE = 5.0
_LONGEST_PAUSE = 3600.0
_GIVEN_UP_AFTER = timedelta(days=1)
_MOST_AT_ONCE = 10


class WaitingMail(NamedTuple):
    """A row of the table."""

    id: UUID
    kind: str
    address: str
    data: dict[str, Any]
    attempts: int
    created_at: datetime


class _Withdrawn(Exception):
    """A mail was deleted while it was composed."""


# Decides what is sent for a mail; None if nothing is.
Compose = Callable[[AsyncConnection, WaitingMail], Awaitable[Letter | None]]


async def store_mail(
    connection: AsyncConnection,
    address: str,
    kind: str,
    data: dict[str, Any],
) -> None:
    """Stores a mail, in the transaction of the change that it tells of. Call `nudge` afterwards."""
    time = now()
    row = {"kind": kind, "address": address, "data": data, "attempts": 0}
    times = {"due_at": time, "created_at": time}
    await connection.execute(insert(MailModel).values(id=uuid7(), **row, **times))


class Outbox:
    """Sends the mails of the table, each at least once, also after a crash.

    Several processes can share the table. A failure is retried for a day with growing pauses (a
    transactional outbox).
    """

    def __init__(self, db: Database, post: Post, compose: Compose) -> None:
        self._db = db
        self._post = post
        self._compose = compose
        self._asked = asyncio.Event()
        self._is_stopped = False
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Sends what is due, now and from now on."""
        self._running = asyncio.create_task(self._run())

    def nudge(self) -> None:
        """Sends new mails at once. Does nothing before `start`."""
        self._asked.set()

    async def stop(self) -> None:
        """Waits for the mails that are being sent: what takes too long is sent again later."""
        self._is_stopped = True
        self._asked.set()
        if self._running is not None:
            # What is cancelled has ended too, before its connections are closed.
            with suppress(TimeoutError):
                await asyncio.wait_for(self._running, _LAST_WAIT)

    async def deliver_due(self) -> None:
        """Sends all mails that are due."""
        while claimed := await self._claim():
            # None ends before all have: they use connections.
            ended = await asyncio.gather(*map(self._deliver, claimed), return_exceptions=True)
            for failure in ended:
                if isinstance(failure, BaseException):
                    raise failure
            if self._is_stopped:
                return

    async def _run(self) -> None:
        is_failing = False
        while not self._is_stopped:
            self._asked.clear()
            try:
                await self.deliver_due()
                is_failing = False
            except Exception as error:
                # The database may be away for long: one entry is enough.
                if not is_failing:
                    log.warning("the outbox cannot be read", err=error)
                is_failing = True
            if not self._is_stopped:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._asked.wait(), _INTERVAL)

    async def _claim(self) -> list[WaitingMail]:
        """Takes mails that are due, so that no other process sends them at the same time."""
        time = now()
        due = (
            select(MailModel.id)
            .where(MailModel.due_at <= time)
            .order_by(MailModel.due_at)
            .limit(_MOST_AT_ONCE)
            .with_for_update(skip_locked=True)
            # A subquery could be run several times within a statement, and then take more.
            .cte("due")
        )
        claimed = (
            update(MailModel)
            .where(MailModel.id.in_(select(due.c.id)))
            .values(attempts=MailModel.attempts + 1, due_at=time + _LEASE)
            .returning(
                MailModel.id,
                MailModel.kind,
                MailModel.address,
                MailModel.data,
                MailModel.attempts,
                MailModel.created_at,
            )
        )
        async with self._db.connect() as connection:
            return [WaitingMail(*row) for row in await connection.execute(claimed)]

    async def _deliver(self, mail: WaitingMail) -> None:
        try:
            async with self._db.begin() as connection:
                letter = await self._compose(connection, mail)
                await _require_kept(connection, mail.id)
            if letter is not None:
                await self._post.send(mail.address, mail.id, letter)
            await self._remove(mail.id)
        except _Withdrawn:
            return
        except Exception as error:
            await self._postpone(mail, error)
            return
        if letter is not None:
            log.info("mail sent", security="mail_sent", mailId=str(mail.id), kind=mail.kind)

    async def _postpone(self, mail: WaitingMail, error: Exception) -> None:
        failure = {"mailId": str(mail.id), "kind": mail.kind, "attempts": mail.attempts}
        failure |= reason_of(error)
        due_at = now() + _pause_after(mail.attempts)
        if is_refused(error) or due_at > mail.created_at + _GIVEN_UP_AFTER:
            await self._remove(mail.id)
            log.error("mail given up", security="mail_given_up", **failure)
            return
        later = update(MailModel).where(MailModel.id == mail.id).values(due_at=due_at)
        async with self._db.connect() as connection:
            await connection.execute(later)
        log.warning("mail not sent: trying again later", **failure, dueAt=iso(due_at))

    async def _remove(self, mail_id: UUID) -> None:
        async with self._db.connect() as connection:
            await connection.execute(delete(MailModel).where(MailModel.id == mail_id))


async def _require_kept(connection: AsyncConnection, mail_id: UUID) -> None:
    """Raises `_Withdrawn`, which undoes what was stored for the mail, such as a token.

    Locks after `compose`, and so in the order of those who change a user and then delete mails.
    """
    kept = select(MailModel.id).where(MailModel.id == mail_id)
    if await connection.scalar(kept.with_for_update(read=True, key_share=True)) is None:
        raise _Withdrawn


def _pause_after(attempts: int) -> timedelta:
    """Shortened by up to a half at random, so that mails do not all come back at once."""
    pause = min(_FIRST_PAUSE * 2 ** (attempts - 1), _LONGEST_PAUSE)
    return timedelta(seconds=pause * random.uniform(0.5, 1))  # noqa: S311
