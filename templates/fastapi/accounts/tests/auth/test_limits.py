from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from httpx import Response

from app.auth.limits import account_rate
from tests.accounts import sign_in
from tests.api import Api, start_api
from tests.log import collect_log
from tests.logins import AUTH, ME, NEW_PASSWORD, PASSWORD, data_of, log_in, register
from tests.samples.users import new_profile_body

pytestmark = pytest.mark.anyio

Attempt = Callable[[Api, str, str], Awaitable[Response]]


@pytest.fixture
async def limited(nobody: Api) -> AsyncIterator[Api]:
    async with start_api(nobody.db, auth_rate_limit="2/hour", trust_proxy="1") as api:
        yield api


async def post_from(api: Api, address: str, path: str, data: object) -> Response:
    headers = {"X-Forwarded-For": address}
    return await api.post(f"{AUTH}{path}", json={"data": data}, headers=headers)


async def log_in_from(api: Api, address: str, name: str) -> Response:
    data = {"email": f"{name}@example.com", "password": PASSWORD}
    return await post_from(api, address, "/login", data)


async def register_from(api: Api, address: str, name: str) -> Response:
    data = {**new_profile_body(), "email": f"{name}@example.com", "password": PASSWORD}
    return await post_from(api, address, "/register", data)


async def refresh_from(api: Api, address: str, token: str) -> Response:
    return await post_from(api, address, "/refresh", {"refreshToken": token})


@pytest.mark.parametrize("attempt", [log_in_from, register_from, refresh_from])
async def test_counts_by_address(limited: Api, attempt: Attempt) -> None:
    assert (await attempt(limited, "203.0.113.1", "one")).status_code != 429
    assert (await attempt(limited, "203.0.113.1", "two")).status_code != 429
    with collect_log() as log:
        refused = await attempt(limited, "203.0.113.1", "three")
    assert refused.status_code == 429
    assert refused.json()["error"]["code"] == "RATE_LIMITED"
    assert int(refused.headers["retry-after"]) > 0
    assert refused.headers["cache-control"] == "private, no-store, no-transform"
    assert log.events() == ["rate_limited"]
    assert (await attempt(limited, "203.0.113.2", "four")).status_code != 429


async def test_counts_what_is_not_valid_too(limited: Api) -> None:
    statuses = [(await log_in_from(limited, "203.0.113.1", "a b")).status_code for _ in range(3)]
    assert statuses == [422, 422, 429]


async def test_leaves_the_owner_of_an_account_in_whatever_one_address_does(limited: Api) -> None:
    for _ in range(30):
        await log_in_from(limited, "203.0.113.1", "same")
    assert (await log_in_from(limited, "203.0.113.2", "same")).status_code == 401


async def test_counts_logins_by_account_too_wherever_they_come_from(limited: Api) -> None:
    for count in range(1, 21):
        name = "same" if count % 2 else "SAME"
        assert (await log_in_from(limited, f"203.0.113.{count}", name)).status_code == 401
    assert (await log_in_from(limited, "203.0.113.21", "same")).status_code == 429
    assert (await log_in_from(limited, "203.0.113.21", "other")).status_code == 401


async def test_counts_refreshes_by_account_too_whichever_session_asks(
    nobody: Api,
    limited: Api,
) -> None:
    first = data_of(await register(nobody))["refreshToken"]
    second = data_of(await log_in(nobody, "ada@example.com", PASSWORD))["refreshToken"]
    for count in range(1, 21):
        answer = await refresh_from(limited, f"203.0.113.{count}", first)
        assert answer.status_code == 200
        first, second = second, data_of(answer)["refreshToken"]
    assert (await refresh_from(limited, "203.0.113.21", first)).status_code == 429
    other = data_of(await register(nobody, "other@example.com"))["refreshToken"]
    assert (await refresh_from(limited, "203.0.113.21", other)).status_code == 200


async def test_does_not_let_the_password_be_guessed_without_end(nobody: Api) -> None:
    guess = {"currentPassword": "a guess", "newPassword": NEW_PASSWORD}
    async with start_api(nobody.db, auth_rate_limit="1/hour") as limited:
        await sign_in(limited)
        statuses = [
            (await limited.patch(f"{ME}/password", json={"data": guess})).status_code
            for _ in range(2)
        ]
    assert statuses == [422, 429]


def test_gives_an_account_ten_times_as_much() -> None:
    assert account_rate("25/minute") == "250/minute"
