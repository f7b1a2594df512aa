import pytest

from app.auth.roles import DEFAULT_ROLE
from tests.accounts import sign_in
from tests.api import Api, start_api
from tests.emails import BAD_TOKEN, EMAIL, details_of, post
from tests.logins import ME, PASSWORD, data_of
from tests.mails import mail_to, token_for
from tests.roles import ADMIN
from tests.samples.users import insert_user, new_profile_body

pytestmark = pytest.mark.anyio


async def test_makes_a_user_with_its_role_and_only_administrators_send_one(nobody: Api) -> None:
    await sign_in(nobody, DEFAULT_ROLE)
    assert (await post(nobody, "invite", email=EMAIL)).status_code == 403
    await sign_in(nobody, ADMIN)
    answer = await post(nobody, "invite", email=EMAIL, role=ADMIN)
    assert (answer.status_code, data_of(answer)) == (202, {"email": EMAIL})
    accepted = {**new_profile_body(), "token": await token_for(nobody, EMAIL), "password": PASSWORD}
    weak = await post(nobody, "accept-invitation", **{**accepted, "password": "Password1234"})
    assert [each["field"] for each in details_of(weak)] == ["password"]
    answer = await post(nobody, "accept-invitation", **accepted)
    assert (answer.status_code, answer.headers["location"]) == (201, ME)
    data = data_of(answer)
    assert sorted(data) == ["accessToken", "expiresIn", "refreshToken", "user"]
    user = data["user"]
    assert (user["email"], user["role"], user["emailVerified"]) == (EMAIL, ADMIN, True)
    assert details_of(await post(nobody, "accept-invitation", **accepted)) == BAD_TOKEN


async def test_voids_those_before_it_with_another_role(nobody: Api) -> None:
    await sign_in(nobody, ADMIN)
    profile = {**new_profile_body(), "password": PASSWORD}
    await post(nobody, "invite", email=EMAIL, role=ADMIN)
    mistaken = {**profile, "token": await token_for(nobody, EMAIL)}
    await post(nobody, "invite", email=EMAIL)
    accepted = {**profile, "token": await token_for(nobody, EMAIL)}
    assert details_of(await post(nobody, "accept-invitation", **mistaken)) == BAD_TOKEN
    answer = await post(nobody, "accept-invitation", **accepted)
    assert data_of(answer)["user"]["role"] == DEFAULT_ROLE


async def test_is_refused_where_nobody_can_register(nobody: Api) -> None:
    async with start_api(nobody.db, registration="closed") as closed:
        await sign_in(closed, ADMIN)
        assert (await post(closed, "invite", email=EMAIL)).status_code == 403


async def test_is_sent_where_registration_is_by_invitation(nobody: Api) -> None:
    async with start_api(nobody.db, registration="invite") as invited:
        await sign_in(invited, ADMIN)
        assert (await post(invited, "invite", email=EMAIL)).status_code == 202
        assert await mail_to(invited, EMAIL) is not None


async def test_is_not_sent_to_a_user(nobody: Api) -> None:
    known = (await insert_user(nobody.db))["email"]
    await sign_in(nobody, ADMIN)
    await post(nobody, "invite", email=known)
    assert await mail_to(nobody, known) is None
