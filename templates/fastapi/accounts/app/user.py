"""`python -m app.user create --email …`: what app/auth/user_commands.py can do."""

import asyncio
import getpass
import sys

from app.auth.passwords import Passwords
from app.auth.user_commands import UserCommandError, run_user_command
from app.http.errors import ApiError


def read_password() -> str:
    """Asks for the password on a terminal without echo; otherwise reads a line of stdin."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass("Password: ")
