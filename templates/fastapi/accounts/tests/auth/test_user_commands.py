import json

import pytest

from app.auth.roles import DEFAULT_ROLE
from app.auth.user_commands import run_user_command
from tests.accounts import sign_in
from tests.api import Api
from tests.logins import PASSWORD, data_of, log_in, refresh
from tests.passwords import QUICK_PASSWORDS
from tests.process import run as run_module
from tests.roles import ADMIN, READER
from tests.samples.users import insert_user, new_profile_body

pytestmark = pytest.mark.anyio


async def run(api: Api, line: str, password: str = PASSWORD) -> str:
    """A new user comes with the fields that users of this project have."""
    args = line.split()
    if args[:1] == ["create"] and "--profile" not in args:
        args += ["--profile", json.dumps(new_profile_body())]
    return await run_user_command(args, api.db, QUICK_PASSWORDS, lambda: password)


async def test_create_makes_an_administrator_who_can_log_in(nobody: Api) -> None:
    told = await run(nobody, f"create --role {ADMIN} --email Ada@Example.com")
    assert told == f"Created ada@example.com with the role {ADMIN}"
    answer = await log_in(nobody, "ada@example.com", PASSWORD)
    assert answer.status_code == 200
    assert data_of(answer)["user"]["role"] == ADMIN


async def test_set_role_disable_and_enable_change_a_user(nobody: Api) -> None:
    await sign_in(nobody, ADMIN)
    email = "ada@example.com"
    await run(nobody, f"create --email {email}")
    await run(nobody, f"set-role --email {email} --role {READER}")
    data = data_of(await log_in(nobody, email, PASSWORD))
    assert data["user"]["role"] == READER
    await run(nobody, f"disable --email {email}")
    assert (await log_in(nobody, email, PASSWORD)).status_code == 401
    await run(nobody, f"enable --email {email}")
    assert (await log_in(nobody, email, PASSWORD)).status_code == 200
    assert (await refresh(nobody, data["refreshToken"])).status_code == 401


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "Expected one of these"),
        ("remove --email a@example.com", "Expected one of these"),
        ("create ada", "Expected one of these"),
        ("create --name ada", "--name"),
        ("create --email", "--email"),
        (f"create --role {ADMIN}", "email: "),
        ("create --role Root --email a@example.com", "role: "),
        ("create --email a@example.com --profile {", "--profile: "),
        ('create --email a@example.com --profile {"hash":1}', "hash: "),
        ("disable --email a@example.com", "There is no user a@example.com"),
    ],
)
async def test_refuses(nobody: Api, line: str, message: str) -> None:
    with pytest.raises(Exception, match=message):
        await run(nobody, line)


async def test_does_not_leave_a_service_without_an_administrator(nobody: Api) -> None:
    await run(nobody, f"create --role {ADMIN} --email ada@example.com")
    for line in [f"set-role --role {DEFAULT_ROLE}", "disable"]:
        with pytest.raises(Exception, match="The last administrator"):
            await run(nobody, f"{line} --email ada@example.com")


async def test_refuses_a_bad_password_without_repeating_it(nobody: Api) -> None:
    with pytest.raises(Exception, match=r"^password: ") as refused:
        await run(nobody, "create --email a@example.com", "password1234")
    assert "password1234" not in str(refused.value)


async def test_refuses_an_address_that_is_taken(nobody: Api) -> None:
    email = (await insert_user(nobody.db))["email"]
    with pytest.raises(Exception, match="set-role"):
        await run(nobody, f"create --email {email}")


def test_says_in_a_line_that_the_database_is_away() -> None:
    arguments = ["disable", "--email", "a@example.com"]
    done = run_module("app.user", *arguments, DATABASE_URL="postgres://localhost:1/x")
    assert done.returncode == 1
    assert done.stderr.startswith("The database does not respond: ")
    assert len(done.stderr.splitlines()) == 1
