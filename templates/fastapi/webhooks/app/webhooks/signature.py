"""How deliveries are signed: `t=<seconds>,v1=<HMAC-SHA256 of "t.body" in hex>`."""

import hmac
import re
import time
from datetime import timedelta

from pydantic import SecretStr

SIGNATURE_HEADER = "Webhook-Signature"
# How far the time of a delivery may be from now.
TOLERANCE = timedelta(minutes=5)

_SECONDS = re.compile(r"[0-9]{1,12}")


def verify(secret: SecretStr | None, signature: str, body: bytes) -> str | None:
    """The time that was signed, in seconds; None where it is not signed, or not of now.

    There may be several `v1`, while the secret changes.
    """
    parts = [part.strip().partition("=") for part in signature.split(",")]
    times = [value for key, _, value in parts if key == "t"]
    if secret is None or not times or not _SECONDS.fullmatch(times[0]):
        return None
    if abs(time.time() - int(times[0])) > TOLERANCE.total_seconds():
        return None
    signed = times[0].encode() + b"." + body
    expected = hmac.digest(secret.get_secret_value().encode(), signed, "sha256").hex().encode()
    given = [value.lower().encode() for key, _, value in parts if key == "v1"]
    # All of them are compared: which one is right is not to be measured either.
    is_right = [hmac.compare_digest(each, expected) for each in given]
    return times[0] if any(is_right) else None
