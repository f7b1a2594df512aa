import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.db.clock import now
from app.mail.models import MailModel
from app.mail.outbox import Outbox, WaitingMail, store_mail
from app.mail.post import Post, open_post
from app.mail.texts import Letter
from tests.api import Api, read
from tests.log import collect_log
from tests.smtp import Reply, never, replying, replying_late, start_smtp

pytestmark = pytest.mark.anyio

ADDRESS = "ada@example.com"
NOWHERE = "smtp://127.0.0.1:1"
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


async def test_is_sent_once_as_text_and_html_and_then_forgotten(api: Api) -> None:
    await store(api)
    async with start_smtp() as smtp:
        outbox = outbox_to(api, smtp.url)
        with collect_log() as log:
            await outbox.deliver_due()
            await outbox.deliver_due()
    assert [mail.to for mail in smtp.received] == [[ADDRESS]]
    content = smtp.received[0].content
    lines = [
        "From: Shop <shop@example.com>",
        "Subject: Reset your password",
        "Auto-Submitted: auto-generated",
        "Content-Type: multipart/alternative",
        "Content-Type: text/plain",
        "Content-Type: text/html",
    ]
    assert [line for line in lines if line not in content] == []
    assert await waiting(api) == []
    told = [(entry["security"], entry["kind"]) for entry in log.entries()]
    assert told == [("mail_sent", "password-reset")]


async def test_is_forgotten_where_there_is_nothing_to_send(api: Api) -> None:
    await store(api, "nothing")
    async with start_smtp() as smtp:
        with collect_log() as log:
            await outbox_to(api, smtp.url).deliver_due()
    assert (smtp.received, await waiting(api), log.entries()) == ([], [], [])


async def test_of_a_change_that_did_not_happen_is_not_there(api: Api) -> None:
    with pytest.raises(RuntimeError, match="no"):
        async with api.db.begin() as connection:
            await store_mail(connection, ADDRESS, "password-reset", {})
            raise RuntimeError("no")
    assert await waiting(api) == []


async def test_waits_each_time_longer_while_the_server_is_away(api: Api) -> None:
    await store(api)
    pauses: list[timedelta] = []
    with collect_log() as log:
        for count in range(1, 5):
            await make_due(api)
            await outbox_to(api, NOWHERE).deliver_due()
            assert await attempts(api) == [count]
            pauses.append((await waiting(api))[0].due_at - now())
    assert pauses[0] <= timedelta(seconds=5)
    assert pauses[3] > timedelta(seconds=19)
    assert "SMTPConnectError" in log.text()
    await make_due(api)
    async with start_smtp() as smtp:
        await outbox_to(api, smtp.url).deliver_due()
    assert len(smtp.received) == 1


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        ("RCPT", replying("450 not now")),
        ("CONNECT", replying("554 no")),
        ("MAIL", replying("550 no")),
        ("CONTENT", replying(None)),
        ("CONNECT", never),
        ("RCPT", never),
        ("CONTENT", never),
    ],
    ids=[
        "refuses for now",
        "refuses everybody",
        "refuses the sender",
        "breaks off after the content",
        "hangs at the start",
        "hangs at the address",
        "hangs after the content",
    ],
)
async def test_is_kept_where_the_server(api: Api, command: str, reply: Reply) -> None:
    await store(api)
    async with start_smtp(**{command: reply}) as smtp:
        await outbox_to(api, smtp.url, patience=0.3).deliver_due()
    assert await attempts(api) == [1]


async def test_is_sent_where_the_server_is_slow(api: Api) -> None:
    await store(api)
    slow = {"CONNECT": replying_late("220 ready", 0.2), "RCPT": replying_late("250 ok", 0.2)}
    async with start_smtp(**slow) as smtp:
        await outbox_to(api, smtp.url, patience=1).deliver_due()
    assert len(smtp.received) == 1


@pytest.mark.parametrize("command", ["RCPT", "CONTENT"])
async def test_is_given_up_where_the_server_refuses_it_for_good(api: Api, command: str) -> None:
    await store(api)
    async with start_smtp(**{command: replying(f"550 no {ADDRESS}")}) as smtp:
        with collect_log() as log:
            await outbox_to(api, smtp.url).deliver_due()
    assert await waiting(api) == []
    told = [(entry["level"], entry["security"]) for entry in log.entries()]
    assert told == [("error", "mail_given_up")]
    assert log.entries()[0]["responseCode"] == 550
    assert ADDRESS not in log.text()


async def test_is_given_up_after_a_day(api: Api) -> None:
    await store(api)
    await change(api, created_at=now() - timedelta(days=1))
    with collect_log() as log:
        await outbox_to(api, NOWHERE).deliver_due()
    assert await waiting(api) == []
    assert log.events() == ["mail_given_up"]


async def test_sends_no_password_to_a_server_that_encrypts_nothing(api: Api) -> None:
    await store(api)
    async with start_smtp() as smtp:
        url = smtp.url.replace("//", "//shop:a-password@")
        await outbox_to(api, url).deliver_due()
    assert smtp.received == []
    assert await attempts(api) == [1]


class StuckPost:
    """Is sending for ever, as a process that was killed."""

    def __init__(self) -> None:
        self.is_sending = asyncio.Event()

    async def send(self, to: str, id: UUID, letter: Letter) -> None:
        self.is_sending.set()
        await asyncio.Event().wait()


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
