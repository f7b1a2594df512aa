"""Rate limits of requests that send mails: by address of the mail, and by user."""

import re
from typing import Any

from fastapi import Depends, Request

from app.auth.callers import CurrentUser
from app.auth.limits import digest
from app.http.rate_limit import count


async def count_mail(request: Request, name: str, email: str) -> None:
    """Counts mails to one address, whoever asks for them. Raises 429."""
    rate = mail_rate(request.app.state.settings.auth_rate_limit)
    await count(request, f"{name}-mail", rate, digest(email))


def limited_by_caller(name: str, *, is_mail: bool = False) -> Any:
    """Counts by user, before the body is read; mails to the user themselves as mails."""

    async def check(request: Request, caller: CurrentUser) -> None:
        rate = request.app.state.settings.auth_rate_limit
        await count(request, name, mail_rate(rate) if is_mail else rate, str(caller.id))

    return Depends(check)


def mail_rate(rate: str) -> str:
    """The limit for mails to one address: the same number, per hour or day."""
    return re.sub("second|minute", "hour", rate)
