"""Manages users from the command line, for example to create the first administrator."""

import argparse
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from app.auth.password_strength import weakness_of
from app.auth.passwords import NewPassword, Passwords
from app.auth.roles import DEFAULT_ROLE, ROLES, Role
from app.db.database import Database
from app.http.model import Input
from app.http.problems import details_of
from app.modules.users.repository import UsersRepository
from app.modules.users.schemas import NewProfile, UserEmail

_USAGE = f"""Expected one of these:
  create   --email ada@example.com [--role {"|".join(ROLES)}] [--profile '{{…}}']
  set-role --email ada@example.com --role {"|".join(ROLES)}
  disable  --email ada@example.com
  enable   --email ada@example.com"""


class UserCommandError(Exception):
    """What is wrong with a command, in words for who typed it."""


class _Email(Input):
    email: UserEmail


class _NewUser(_Email):
    role: Role = DEFAULT_ROLE


class _NewRole(_Email):
    role: Role


class _Password(Input):
    password: NewPassword


async def run_user_command(
    args: Sequence[str],
    db: Database,
    passwords: Passwords,
    read_password: Callable[[], str],
) -> str:
    """Does what a command says, and tells what it did. Raises `UserCommandError`, `ApiError`."""
    command, profile, given = _parse(args)
    match command:
        case "create":
            return await _create(db, passwords, read_password, profile, given)
        case "set-role":
            options = _read(_NewRole, given)
            await _change(db, options.email, {"role": options.role})
            return f"{options.email} now has the role {options.role}"
        case "disable":
            email = _read(_Email, given).email
            await _change(db, email, {"disabled": True})
            return f"{email} is disabled, and all their sessions have ended"
        case "enable":
            email = _read(_Email, given).email
            await _change(db, email, {"disabled": False})
            return f"{email} is enabled and can log in"
    raise UserCommandError(_USAGE)


def _parse(args: Sequence[str]) -> tuple[str | None, str, dict[str, str]]:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("command", nargs="*")
    parser.add_argument("--email")
    parser.add_argument("--role")
    parser.add_argument("--profile", default="{}")
    try:
        parsed, unknown = parser.parse_known_intermixed_args(args)
    except argparse.ArgumentError as error:
        raise UserCommandError(str(error)) from None
    if unknown:
        raise UserCommandError(f"Unknown option {unknown[0]}\n{_USAGE}")
    if len(parsed.command) > 1:
        raise UserCommandError(_USAGE)
    command = parsed.command[0] if parsed.command else None
    options = {"email": parsed.email, "role": parsed.role}
    given = {name: value for name, value in options.items() if value is not None}
    return command, parsed.profile, given


async def _create(
    db: Database,
    passwords: Passwords,
    read_password: Callable[[], str],
    profile: str,
    given: dict[str, str],
) -> str:
    options = _read(_NewUser, given)
    email, role = options.email, options.role
    async with db.connect() as connection:
        if await UsersRepository(connection).find_credentials(email=email):
            message = f"There is already a user {email}: use set-role to change the role"
            raise UserCommandError(message)
    fields = _read(NewProfile, _read_json(profile))
    password = _read(_Password, {"password": read_password()}).password
    weakness = await weakness_of(password, email)
    if weakness is not None:
        raise UserCommandError(f"password: {weakness}")
    password_hash = await passwords.hash(password)
    values = {**fields.model_dump(by_alias=False), "email": email, "role": role}
    async with db.connect() as connection:
        await UsersRepository(connection).insert(values, password_hash)
    return f"Created {email} with the role {role}"


async def _change(db: Database, email: str, values: dict[str, Any]) -> None:
    async with db.begin() as connection:
        users = UsersRepository(connection)
        found = await users.find_credentials(email=email)
        if found is None:
            raise UserCommandError(f"There is no user {email}")
        await users.update(found.user.id, values)


def _read_json(text: str) -> Any:
    """The fields of a new user beside the address, as JSON."""
    try:
        return json.loads(text)
    except ValueError:
        raise UserCommandError("--profile: Expected JSON") from None


T = TypeVar("T", bound=Input)


def _read(model: type[T], values: Any) -> T:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        problems = [f"{each['field']}: {each['message']}" for each in details_of(error, model)]
        raise UserCommandError("\n".join(problems)) from None
