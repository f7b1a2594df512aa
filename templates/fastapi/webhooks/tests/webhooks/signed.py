"""Deliveries, as the services that send them sign them."""

import hmac
import time


def seconds_from_now(seconds: float) -> int:
    return int(time.time()) + round(seconds)


def signed(body: str, secret: str, at: int | None = None) -> str:
    """The signature of a delivery, of now by default."""
    seconds = seconds_from_now(0) if at is None else at
    digest = hmac.digest(secret.encode(), f"{seconds}.{body}".encode(), "sha256")
    return f"t={seconds},v1={digest.hex()}"
