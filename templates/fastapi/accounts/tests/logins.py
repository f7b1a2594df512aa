"""The requests of accounts that tests send."""

from typing import Any
from uuid import UUID

from httpx import Response
from sqlalchemy import select

from app.about import BASE_PATH
from app.auth.models import AuthSessionModel
from app.modules.users.models import UserModel
from tests.accounts import bearer
from tests.api import Api
from tests.samples.users import SAMPLE_PASSWORD, new_profile_body

PASSWORD = "open the red door"
NEW_PASSWORD = "close the blue door"
ME = f"{BASE_PATH}/me"
AUTH = f"{BASE_PATH}/auth"


async def register(api: Api, email: str = "ada@example.com") -> Response:
    data = {**new_profile_body(), "email": email, "password": PASSWORD}
    return await api.post(f"{AUTH}/register", json={"data": data})


async def log_in(api: Api, email: str, password: str = SAMPLE_PASSWORD) -> Response:
    data = {"email": email, "password": password}
    return await api.post(f"{AUTH}/login", json={"data": data})


async def refresh(api: Api, refresh_token: object) -> Response:
    return await api.post(f"{AUTH}/refresh", json={"data": {"refreshToken": refresh_token}})


async def read_me(api: Api, token: str) -> Response:
    return await api.get(ME, headers=bearer(token))


def data_of(answer: Response) -> dict[str, Any]:
    data: dict[str, Any] = answer.json()["data"]
    return data


async def stored_hash(api: Api, user_id: UUID | str) -> str:
    asked = select(UserModel.password_hash).where(UserModel.id == user_id)
    async with api.db.connect() as connection:
        found = (await connection.execute(asked)).scalar_one()
    assert found is not None
    return found


async def living_sessions(api: Api) -> int:
    asked = select(AuthSessionModel.id).where(AuthSessionModel.revoked_at.is_(None))
    async with api.db.connect() as connection:
        return len((await connection.execute(asked)).all())
