"""`python -m app.user create --email …`: app/auth/user_commands.py says what it can do."""

import asyncio
import getpass
import sys

from app.auth.passwords import Passwords
from app.auth.user_commands import UserCommandError, run_user_command
from app.config import InvalidSettings, read_database_settings
from app.db.embedded import open_database
from app.db.failures import FAILURES, describe_failure
from app.db.migrate import migrate_at_start
from app.http.errors import ApiError


def main(arguments: list[str]) -> int:
    """Prints what was done. The exit code is 1 if something went wrong."""
    try:
        told = asyncio.run(_run(arguments))
    except (UserCommandError, ApiError, InvalidSettings, *FAILURES) as error:
        message = error.detail if isinstance(error, ApiError) else describe_failure(error)
        print(message, file=sys.stderr)  # noqa: T201
        return 1
    except (KeyboardInterrupt, EOFError):
        print("Cancelled", file=sys.stderr)  # noqa: T201
        return 1
    print(told)  # noqa: T201
    return 0


async def _run(arguments: list[str]) -> str:
    settings = read_database_settings()
    async with open_database(settings) as db:
        if settings.database_url is None:
            await migrate_at_start(settings)
        return await run_user_command(arguments, db, Passwords(), _read_password)


def _read_password() -> str:
    """Asks for the password on a terminal without echo; otherwise reads a line of stdin."""
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\r\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
