"""The requests about addresses that tests send."""

from typing import Any

from httpx import Response
from sqlalchemy import delete, select, update

from app.auth.email_models import EmailTokenModel
from app.db.clock import now
from app.mail.models import MailModel
from tests.accounts import authorize
from tests.api import Api
from tests.log import collect_log
from tests.logins import AUTH, PASSWORD, data_of, log_in
from tests.samples.users import insert_user, new_profile_body

EMAIL = "ada@example.com"
BAD_TOKEN = [{"field": "token", "message": "The token is invalid or has expired"}]


async def post(api: Api, name: str, **data: Any) -> Response:
    return await api.post(f"{AUTH}/{name}", json={"data": data})


async def request_account(api: Api, email: str = EMAIL, password: str = PASSWORD) -> Response:
    """A registration that is not confirmed."""
    return await post(api, "register", **new_profile_body(), email=email, password=password)


async def log_in_new(api: Api) -> dict[str, Any]:
    """A new user sends every request from now on, after a login."""
    user = await insert_user(api.db)
    token = data_of(await log_in(api, user["email"]))["accessToken"]
    authorize(api, f"Bearer {token}")
    return user


def details_of(answer: Response) -> Any:
    assert answer.status_code == 422, answer.text
    return answer.json()["error"]["details"]


async def expire_tokens(api: Api) -> None:
    async with api.db.connect() as connection:
        await connection.execute(update(EmailTokenModel).values(expires_at=now()))


async def traces_of(api: Api, name: str, **data: Any) -> tuple[Any, list[str], list[Any]]:
    """What a request answers, logs under `security`, and stores in the outbox."""
    with collect_log() as log:
        answer = await post(api, name, **data)
    stored = select(MailModel.kind, MailModel.data, MailModel.attempts)
    async with api.db.connect() as connection:
        rows = [tuple(row) for row in await connection.execute(stored)]
        await connection.execute(delete(MailModel))
    return (answer.status_code, data_of(answer)), log.events(), rows
