from datetime import timedelta

import pytest

from app.db.clock import now
from app.mail.outbox import store_mail
from tests.api import Api
from tests.log import collect_log
from tests.mail.outboxes import (
    ADDRESS,
    attempts,
    change,
    make_due,
    outbox_to,
    store,
    waiting,
)
from tests.smtp import Reply, never, replying, replying_late, start_smtp

pytestmark = pytest.mark.anyio

NOWHERE = "smtp://127.0.0.1:1"


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
    taking = {"EHLO": replying("250-hello\r\n250 AUTH PLAIN LOGIN"), "AUTH": replying("235 ok")}
    async with start_smtp(**taking) as smtp:
        url = smtp.url.replace("//", "//shop:a-password@")
        await outbox_to(api, url).deliver_due()
    assert smtp.received == []
    assert await attempts(api) == [1]
