from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import Response
from sqlalchemy import select, update
from starlette.requests import Request

from app.about import BASE_PATH
from app.auth.callers import optional_user, require_role
from app.auth.models import AuthSessionModel
from app.auth.ownership import may_read_user, own_rows_unless, owned_by
from app.auth.roles import DEFAULT_ROLE, ROLES, Caller, Role
from app.db.clock import now
from app.http.errors import ApiError
from app.modules.users.models import UserModel
from tests.accounts import authorize, sign_in, sign_out
from tests.api import Api
from tests.log import collect_log
from tests.logins import AUTH, ME
from tests.roles import ADMIN, READER
from tests.samples.users import insert_user
from tests.tokens import bad_tokens, claims_of, forge_token

pytestmark = pytest.mark.anyio

PROTECTED = [
    ("GET", ME),
    ("PATCH", ME),
    ("PATCH", f"{ME}/password"),
    ("GET", f"{ME}/sessions"),
    ("DELETE", f"{ME}/sessions/{uuid4()}"),
    ("POST", f"{AUTH}/logout"),
    ("POST", f"{AUTH}/logout-all"),
]


@pytest.mark.parametrize(("method", "path"), PROTECTED)
async def test_answers_401_to_bad_tokens(nobody: Api, method: str, path: str) -> None:
    for name, header in bad_tokens():
        authorize(nobody, header)
        answer = await nobody.request(method, path)
        assert (name, answer.status_code) == (name, 401)
        assert answer.json()["error"]["code"] == "UNAUTHENTICATED"
        expected = 'Bearer error="invalid_token"' if header else "Bearer"
        assert answer.headers["www-authenticate"] == expected


async def test_refuses_another_scheme_and_more_than_one_token(nobody: Api) -> None:
    token = (await sign_in(nobody)).token
    for header in [token, f"Basic {token}", f"Bearer {token} {token}", "Bearer "]:
        assert (await read_with(nobody, header)).status_code == 401
    assert (await read_with(nobody, f"bearer {token}")).status_code == 200


async def test_refuses_a_session_that_never_was_however_well_signed(nobody: Api) -> None:
    assert (await read_with(nobody, f"Bearer {forge_token()}")).status_code == 401


async def test_refuses_the_token_of_one_user_with_the_session_of_another(nobody: Api) -> None:
    claims = claims_of((await sign_in(nobody)).token)
    other = await insert_user(nobody.db)
    own = forge_token(sub=claims["sub"], sid=claims["sid"])
    assert (await read_with(nobody, f"Bearer {own}")).status_code == 200
    mixed = forge_token(sub=str(other["id"]), sid=claims["sid"])
    assert (await read_with(nobody, f"Bearer {mixed}")).status_code == 401


async def test_believes_the_database_about_the_role(nobody: Api) -> None:
    claims = claims_of((await sign_in(nobody)).token)
    token = forge_token(sub=claims["sub"], sid=claims["sid"], role=ADMIN)
    caller = await optional_user(request_of(nobody, f"Bearer {token}"))
    assert caller is not None
    assert caller.role == DEFAULT_ROLE


async def test_logs_what_is_bad_and_not_what_has_only_expired(nobody: Api) -> None:
    with collect_log() as log:
        await read_with(nobody, "Bearer garbage")
        await read_with(nobody, f"Bearer {forge_token(exp=1)}")
    assert log.events() == ["access_refused"]


async def test_puts_the_user_into_the_line_of_the_request(nobody: Api) -> None:
    caller = await sign_in(nobody)
    with collect_log() as log:
        await nobody.get(ME)
    last = log.entries()[-1]
    assert (last["status"], last["userId"]) == (200, str(caller.id))


async def end(api: Api, user_id: UUID) -> None:
    ended = update(AuthSessionModel).where(AuthSessionModel.user_id == user_id)
    async with api.db.connect() as connection:
        await connection.execute(ended.values(revoked_at=now()))


async def disable(api: Api, user_id: UUID) -> None:
    disabled = update(UserModel).where(UserModel.id == user_id)
    async with api.db.connect() as connection:
        await connection.execute(disabled.values(disabled_at=now()))


Stop = Callable[[Api, UUID], Awaitable[None]]


@pytest.mark.parametrize("stop", [end, disable])
async def test_refuses_the_next_write_though_the_token_was_taken(nobody: Api, stop: Stop) -> None:
    caller = await sign_in(nobody)
    assert (await nobody.get(ME)).status_code == 200
    await stop(nobody, caller.id)
    with collect_log() as log:
        assert (await nobody.post(f"{AUTH}/logout")).status_code == 401
    told = log.security()[0]
    assert (told["security"], told["reason"]) == ("access_refused", "revoked")
    assert told["userId"] == str(caller.id)
    # From then on this process knows.
    assert (await nobody.get(ME)).status_code == 401


@pytest.mark.parametrize("stop", [end, disable])
async def test_reads_go_on_until_the_token_expires(nobody: Api, stop: Stop) -> None:
    caller = await sign_in(nobody)
    await nobody.get(f"{ME}/sessions")
    await stop(nobody, caller.id)
    assert (await nobody.get(f"{ME}/sessions")).status_code == 200


@pytest.mark.parametrize("role", ROLES)
async def test_lets_in_whose_role_is_named(nobody: Api, role: Role) -> None:
    signed_in = await sign_in(nobody, role)
    request = request_of(nobody, f"Bearer {signed_in.token}")
    guard = require_role(ADMIN)
    if role == ADMIN:
        assert (await guard(request)).id == signed_in.id
    else:
        with pytest.raises(ApiError) as refused:
            await guard(request)
        assert (refused.value.status_code, refused.value.code) == (403, "FORBIDDEN")


async def test_an_optional_token_may_be_left_out_but_not_be_invalid(nobody: Api) -> None:
    signed_in = await sign_in(nobody, READER)
    caller = await optional_user(request_of(nobody, f"Bearer {signed_in.token}"))
    assert caller is not None
    assert (caller.id, caller.role) == (signed_in.id, READER)
    sign_out(nobody)
    for _, header in bad_tokens():
        if header is None:
            assert await optional_user(request_of(nobody, None)) is None
        else:
            with pytest.raises(ApiError, match="invalid or has expired"):
                await optional_user(request_of(nobody, header))


async def test_documents_which_operations_need_a_token(nobody: Api) -> None:
    document = (await nobody.get("/openapi.json")).json()
    scheme = document["components"]["securitySchemes"]["bearer"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    for method, path in PROTECTED:
        route = path.removeprefix(BASE_PATH)
        template = f"{ME}/sessions/".removeprefix(BASE_PATH) + "{id}"
        key = template if method == "DELETE" else route
        operation = document["paths"][key][method.lower()]
        assert operation["security"] == [{"bearer": []}]
        assert "401" in operation["responses"]
    assert document["paths"]["/auth/login"]["post"]["security"] == []


CALLER = Caller(uuid4(), DEFAULT_ROLE, uuid4())


def test_own_rows_are_those_of_the_caller_unless_the_role_may_go_beyond() -> None:
    assert own_rows_unless(CALLER) == CALLER.id
    assert own_rows_unless(CALLER, ADMIN) == CALLER.id
    assert own_rows_unless(CALLER, DEFAULT_ROLE, ADMIN) is None


def test_everybody_may_read_themselves() -> None:
    assert may_read_user(CALLER.id, CALLER)
    assert not may_read_user(uuid4(), CALLER, ADMIN)
    assert may_read_user(uuid4(), CALLER, DEFAULT_ROLE)


async def test_owned_by_is_true_for_the_rows_of_the_owner_and_for_all_without_one(
    nobody: Api,
) -> None:
    ids = [(await insert_user(nobody.db))["id"] for _ in range(2)]
    asked = select(UserModel.id).where(owned_by(UserModel.id)).order_by(UserModel.id)
    async with nobody.db.connect() as connection:
        for owner_id, expected in [(ids[0], ids[:1]), (None, ids)]:
            found = await connection.execute(asked, {"_owner_id": owner_id})
            assert list(found.scalars()) == expected


async def read_with(api: Api, authorization: str) -> Response:
    return await api.get(ME, headers={"Authorization": authorization})


def request_of(api: Api, authorization: str | None) -> Request:
    headers = [(b"authorization", authorization.encode())] if authorization else []
    scope: dict[str, Any] = {"type": "http", "method": "GET", "headers": headers, "state": {}}
    return Request({**scope, "app": api.app})
