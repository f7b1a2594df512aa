"""What answers of old versions of the API say: RFC 9745 and RFC 8594."""

from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import Any

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.about import BASE_PATH
from app.http.api_versions import OldVersion, old_version_of
from app.http.request import path_for

Json = dict[str, Any]


class TellDeprecation:
    """Tells clients of an old version since when it is deprecated, and where the newest stands."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        version = old_version_of(scope) if scope["type"] == "http" else None
        if version is None:
            return await self.app(scope, receive, send)

        async def send_told(message: Message) -> None:
            if message["type"] == "http.response.start":
                newest = path_for(HTTPConnection(scope), "", base_path=BASE_PATH)
                told = [
                    *deprecation_of(version).items(),
                    ("Link", f'<{newest}>; rel="successor-version"'),
                ]
                raw = [(name.lower().encode(), value.encode()) for name, value in told]
                message = {**message, "headers": [*message["headers"], *raw]}
            await send(message)

        await self.app(scope, receive, send_told)


def deprecation_of(version: OldVersion) -> dict[str, str]:
    """Since when a version is deprecated, and from when on it may be gone."""
    headers = {"Deprecation": f"@{int(_midnight(version.deprecated).timestamp())}"}
    if version.sunset is not None:
        headers["Sunset"] = format_datetime(_midnight(version.sunset), usegmt=True)
    return headers


def deprecated(document: Json, version: OldVersion) -> Json:
    """The documentation of an old version, with these headers in every answer."""
    values = {**deprecation_of(version), "Link": f'<{BASE_PATH}>; rel="successor-version"'}
    headers = {
        name: {"required": True, "schema": {"type": "string", "example": value}}
        for name, value in values.items()
    }
    for operations in document["paths"].values():
        for operation in operations.values():
            for answer in operation["responses"].values():
                answer["headers"] = {**answer.get("headers", {}), **headers}
    return document


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
