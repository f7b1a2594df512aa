"""What is true of all requests that send a mail."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, text

from app.auth.email_models import EmailTokenModel
from app.db.clock import now
from tests.accounts import sign_in
from tests.api import Api, start_api
from tests.emails import EMAIL, request_account, traces_of
from tests.log import collect_log
from tests.logins import AUTH, PASSWORD
from tests.mails import mail_to, token_for
from tests.roles import ADMIN
from tests.samples.users import SAMPLE_PASSWORD, insert_user, new_profile_body

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("name", ["register", "forgot-password", "invite"])
async def test_do_log_and_answer_the_same_whether_there_is_a_user_or_not(
    nobody: Api,
    name: str,
) -> None:
    await sign_in(nobody, ADMIN)
    data = {**new_profile_body(), "password": PASSWORD} if name == "register" else {}
    known = (await insert_user(nobody.db))["email"]
    traces: list[tuple[Any, list[str], list[Any]]] = []
    for email in (known, "nobody@example.com"):
        answer, events, rows = await traces_of(nobody, name, **data, email=email)
        assert answer == (202, {"email": email})
        [(kind, stored, attempts)] = rows
        stored.pop("registrationId", None)
        traces.append((kind, events, [stored, attempts]))
    assert traces[0] == traces[1]


async def test_hold_no_token_in_the_outbox_and_none_is_stored_as_it_is(nobody: Api) -> None:
    with collect_log() as log:
        await request_account(nobody)
        async with nobody.db.connect() as connection:
            stored = str((await connection.execute(text("select * from mails"))).all())
        token = await token_for(nobody, EMAIL)
    async with nobody.db.connect() as connection:
        stored += str((await connection.execute(text("select * from email_tokens"))).all())
    assert len(token) == 43
    assert token not in stored
    assert token not in log.text()


async def test_are_limited_by_address_to_a_few_mails_per_hour(nobody: Api) -> None:
    statuses: list[int] = []
    settings = {"auth_rate_limit": "3/minute", "trust_proxy": "1"}
    async with start_api(nobody.db, **settings) as limited:
        for count in range(1, 5):
            headers = {"X-Forwarded-For": f"203.0.113.{count}"}
            body = {"data": {"email": EMAIL}}
            path = f"{AUTH}/forgot-password"
            answer = await limited.post(path, json=body, headers=headers)
            statuses.append(answer.status_code)
    assert statuses == [202, 202, 202, 429]
    assert answer.headers["ratelimit-policy"] == "3;w=3600"


async def test_remove_up_to_a_hundred_expired_tokens(nobody: Api) -> None:
    past = now() - timedelta(seconds=1)
    row = {"purpose": "reset", "address": EMAIL, "created_at": past, "expires_at": past}
    rows = [{**row, "token_hash": uuid4().hex} for _ in range(150)]
    async with nobody.db.connect() as connection:
        await connection.execute(insert(EmailTokenModel), rows)
    await request_account(nobody)
    await token_for(nobody, EMAIL)
    async with nobody.db.connect() as connection:
        left = (await connection.execute(select(EmailTokenModel.token_hash))).all()
    assert len(left) == 51


async def test_a_login_with_a_program_that_is_new_is_told_where_that_is_set(nobody: Api) -> None:
    email = (await insert_user(nobody.db))["email"]
    body = {"data": {"email": email, "password": SAMPLE_PASSWORD}}
    async with start_api(nobody.db, notify_new_sign_in=True) as noticing:

        async def told_after(program: str) -> str | None:
            headers = {"User-Agent": program}
            await noticing.post(f"{AUTH}/login", json=body, headers=headers)
            letter = await mail_to(noticing, email)
            return letter and letter.values["device"]

        told = [await told_after(program) for program in ("Phone", "Laptop", "Phone")]
    assert told == ["Phone", "Laptop", "Laptop"]
