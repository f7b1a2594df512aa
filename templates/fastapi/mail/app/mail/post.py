"""Sends mails to the SMTP server, or keeps them as files where there is none."""

import asyncio
import os
import re
import socket
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib
import structlog
from anyio import to_thread

from app.about import NAME
from app.config import Settings
from app.db.clock import now
from app.http.times import iso
from app.mail.texts import Letter, Texts, read_texts, render_mail

log = structlog.get_logger()

# How long the server may take for one reply, and for a whole mail, in seconds. A mail that is being
# sent is not due again for two minutes.
_PATIENCE = 30.0
_MOST = 100.0

_DOMAIN = re.compile(r"@([^@>]+)>?$")


class Post(Protocol):
    """Sends mails. `id` identifies one, so that mail programs recognize a repetition."""

    async def send(self, to: str, id: UUID, letter: Letter) -> None: ...


def open_post(settings: Settings, patience: float = _PATIENCE) -> Post:
    """The server that the settings name; without one, as in development, mails become files.

    Raises `InvalidTexts`.
    """
    sender = settings.mail_from or f"{NAME} <{NAME}@localhost>"
    texts = read_texts()
    if settings.smtp_url is None:
        return _FilePost(Path(settings.data_dir) / "mail", sender, texts)
    return _SmtpPost(settings.smtp_url, sender, texts, patience)


class _SmtpPost:
    def __init__(self, url: str, sender: str, texts: Texts, patience: float) -> None:
        self._sender = sender
        self._texts = texts
        parts = urlsplit(url)
        is_encrypted = parts.scheme == "smtps"
        self._server: dict[str, Any] = {
            "hostname": parts.hostname,
            "port": parts.port or (465 if is_encrypted else 587),
            "username": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "use_tls": is_encrypted,
            # A password is not sent without encryption. Else that is used where the server offers it.
            "start_tls": not is_encrypted if parts.password else None,
            "local_hostname": socket.gethostname(),
            "timeout": patience,
        }

    async def send(self, to: str, id: UUID, letter: Letter) -> None:
        message = _message(self._texts, letter, self._sender, to, id)
        async with asyncio.timeout(_MOST):
            await aiosmtplib.send(message, **self._server)


class _FilePost:
    """Writes each mail into a file, and logs its link."""

    def __init__(self, folder: Path, sender: str, texts: Texts) -> None:
        self._folder = folder
        self._sender = sender
        self._texts = texts

    async def send(self, to: str, id: UUID, letter: Letter) -> None:
        content = _message(self._texts, letter, self._sender, to, id).as_bytes()
        time = iso(now()).replace(":", "-")
        file = self._folder / f"{time}-{id}.eml"
        await to_thread.run_sync(_write, file, content)
        link = letter.values.get("link")
        log.info(f"mail: {letter.name}{f': {link}' if link else ''}", file=str(file))


def _write(file: Path, content: bytes) -> None:
    """Only its owner may read it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)


def _message(texts: Texts, letter: Letter, sender: str, to: str, id: UUID) -> EmailMessage:
    subject, text, html = render_mail(texts, letter)
    domain = _DOMAIN.search(sender)
    message = EmailMessage(SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = f"<{id}@{domain[1] if domain else NAME}>"
    message["Date"] = now()
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    return message


def reason_of(error: Exception) -> dict[str, Any]:
    """Only codes: the message of a server may have the address in it."""
    if not isinstance(error, aiosmtplib.SMTPException):
        return {"err": error}
    reply = _reply_of(error)
    code = {} if reply is None else {"responseCode": reply}
    return {"code": type(error).__name__, **code}


def is_refused(error: Exception) -> bool:
    """Whether the server refuses this mail for good: a reply 5xx to the recipient or the content."""
    is_about_it = isinstance(error, aiosmtplib.SMTPRecipientsRefused | aiosmtplib.SMTPDataError)
    return is_about_it and (_reply_of(error) or 0) >= 500


def _reply_of(error: Exception) -> int | None:
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return error.recipients[0].code if error.recipients else None
    return error.code if isinstance(error, aiosmtplib.SMTPResponseException) else None
