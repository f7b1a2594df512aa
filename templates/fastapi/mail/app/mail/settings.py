"""What mail needs to be told. In production nothing of it has a default."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationInfo

_ADDRESS = r"[^@<>\s]+@[^@<>\s]+"
_SENDER = re.compile(rf"([^<>\r\n]+ )?<{_ADDRESS}>|{_ADDRESS}")
_PAGES = re.compile(r"https?://[^/?#\s]+(/[^?#\s]*)?")


def _smtp_url(url: str | None) -> str | None:
    if url is not None and not _is_smtp(url):
        raise ValueError("Expected smtp://… or smtps://…")
    return url


def _is_smtp(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _sender(text: str | None) -> str | None:
    if text is not None and not _SENDER.fullmatch(text):
        raise ValueError("Expected an address like Shop <shop@example.com>")
    return text


def _pages_url(url: str | None) -> str | None:
    if url is not None and not _PAGES.fullmatch(url):
        raise ValueError("Expected an address like https://example.com, without a query")
    return url and url.rstrip("/")


def _there_in_production(value: str | None, info: ValidationInfo) -> str | None:
    if value is None and info.data.get("env") == "production":
        raise ValueError("Needed in production")
    return value


_NEEDED = AfterValidator(_there_in_production)

SmtpUrl = Annotated[str | None, Field(repr=False), AfterValidator(_smtp_url), _NEEDED]
MailFrom = Annotated[str | None, AfterValidator(_sender), _NEEDED]
AppUrl = Annotated[str | None, AfterValidator(_pages_url), _NEEDED]
