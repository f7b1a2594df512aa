"""What is told of other services: where each is, and the secrets that both sides have."""

import re
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr, ValidationInfo

T = TypeVar("T")

_LEAST_SECRET = 16


def _url(url: str | None) -> str | None:
    if url is None:
        return None
    if not _is_address(url):
        raise ValueError("Expected an address like https://example.com")
    if re.search(r"[?#]", url):
        raise ValueError("Expected an address without a query")
    return url.rstrip("/")


def _is_address(url: str) -> bool:
    """Names and passwords in it would be logged: a key is a setting of its own."""
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return is_whole and "@" not in parts.netloc and not re.search(r"\s", url)


def _key(key: SecretStr | None) -> SecretStr | None:
    if key is not None and not re.fullmatch(r"[\x21-\x7e]+", key.get_secret_value()):
        raise ValueError("Expected visible ASCII characters")
    return key


def _secret(secret: SecretStr | None) -> SecretStr | None:
    if secret is not None and len(secret.get_secret_value()) < _LEAST_SECRET:
        raise ValueError(f"Expected at least {_LEAST_SECRET} characters")
    return secret


def _there_in_production(value: T | None, info: ValidationInfo) -> T | None:
    if value is None and info.data.get("env") == "production":
        raise ValueError("Needed in production")
    return value


_NEEDED = AfterValidator(_there_in_production)

# None, which only development allows: every call fails.
UpstreamUrl = Annotated[str | None, AfterValidator(_url), _NEEDED]
UpstreamKey = Annotated[SecretStr | None, AfterValidator(_key)]
# None, as above: every delivery is refused.
WebhookSecret = Annotated[SecretStr | None, AfterValidator(_secret), _NEEDED]
