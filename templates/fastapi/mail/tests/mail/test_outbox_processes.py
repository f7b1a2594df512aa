"""Outboxes that run, several at once, and that end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from app.mail.models import MailModel
from app.mail.outbox import Outbox, WaitingMail, store_mail
from app.mail.post import Post, open_post
from app.mail.texts import Letter
from tests.api import Api, read
from tests.log import collect_log
from tests.mail.outboxes import (
    ADDRESS,
    LETTER,
    StuckPost,
    attempts,
    compose,
    make_due,
    outbox_to,
    store,
    waiting,
)
from tests.post import CollectingPost
from tests.smtp import start_smtp

pytestmark = pytest.mark.anyio


async def test_that_a_killed_process_was_sending_is_sent_by_another_one_later(api: Api) -> None:
    await store(api)
    stuck = StuckPost()
    killed = asyncio.create_task(Outbox(api.db, stuck, compose).deliver_due())
    await stuck.is_sending.wait()
    async with start_smtp() as smtp:
        outbox = outbox_to(api, smtp.url)
        await outbox.deliver_due()
        assert smtp.received == []
        await make_due(api)
        await outbox.deliver_due()
    killed.cancel()
    await asyncio.wait([killed])
    assert len(smtp.received) == 1


async def test_is_sent_once_by_several_processes_and_more_than_one_batch_at_a_time(
    api: Api,
) -> None:
    addresses = sorted(f"user{number}@example.com" for number in range(25))
    for address in addresses:
        await store(api, to=address)
    async with start_smtp() as smtp:
        outboxes = [outbox_to(api, smtp.url) for _ in range(2)]
        await asyncio.gather(*(outbox.deliver_due() for outbox in outboxes))
    assert sorted(to for mail in smtp.received for to in mail.to) == addresses


@asynccontextmanager
async def running(api: Api, post: Post) -> AsyncIterator[Outbox]:
    outbox = Outbox(api.db, post, compose)
    outbox.start()
    try:
        yield outbox
    finally:
        await outbox.stop()


async def test_is_sent_soon_after_a_nudge_and_what_is_being_sent_is_finished_before_the_end(
    api: Api,
) -> None:
    is_coming = asyncio.Event()

    async def slowly() -> str:
        is_coming.set()
        await asyncio.sleep(0.2)
        return "250 ok"

    async with start_smtp(RCPT=slowly) as smtp:
        async with running(api, open_post(read(smtp_url=smtp.url))) as outbox:
            await asyncio.sleep(0.1)
            await store(api)
            outbox.nudge()
            async with asyncio.timeout(2):
                await is_coming.wait()
            assert smtp.received == []
        assert len(smtp.received) == 1
        await store(api)
        outbox.nudge()
        assert await attempts(api) == [0]


async def test_does_not_keep_the_process_where_it_cannot_be_sent(
    api: Api,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.mail.outbox._LAST_WAIT", 0.1)
    await store(api)
    stuck = StuckPost()
    async with asyncio.timeout(5), running(api, stuck):
        await stuck.is_sending.wait()
    assert stuck.has_ended
    assert await attempts(api) == [1]


async def test_is_looked_for_again_after_the_database_was_away_which_is_told_once(
    api: Api,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.mail.outbox._INTERVAL", 0.05)
    is_away = True
    is_coming = asyncio.Event()

    async def take() -> str:
        is_coming.set()
        return "250 ok"

    async with start_smtp(RCPT=take) as smtp:
        outbox = Outbox(api.db, open_post(read(smtp_url=smtp.url)), compose)
        claim = outbox._claim

        async def claim_or_fail() -> list[WaitingMail]:
            if is_away:
                raise RuntimeError("away")
            return await claim()

        monkeypatch.setattr(outbox, "_claim", claim_or_fail)
        with collect_log() as log:
            outbox.start()
            await store(api)
            await asyncio.sleep(0.3)
            is_away = False
            async with asyncio.timeout(5):
                await is_coming.wait()
            await outbox.stop()
    assert [entry["msg"] for entry in log.entries()] == [
        "the outbox cannot be read",
        "mail sent",
    ]


async def test_that_is_deleted_while_it_is_composed_is_not_sent_and_leaves_nothing(
    api: Api,
) -> None:
    async def compose_what_is_deleted(connection: AsyncConnection, _mail: WaitingMail) -> Letter:
        await store_mail(connection, ADDRESS, "nothing", {})
        async with api.db.connect() as other:
            await other.execute(delete(MailModel))
        return LETTER

    post = CollectingPost()
    await store(api)
    with collect_log() as log:
        await Outbox(api.db, post, compose_what_is_deleted).deliver_due()
    assert (post.sent, await waiting(api), log.entries()) == ([], [], [])
