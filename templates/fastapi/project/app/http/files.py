"""Files of pages, with the conditions and ranges of RFC 9110."""

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path

from fastapi import Request, Response
from fastapi.responses import FileResponse

from app.http.errors import precondition_failed, range_not_satisfiable

_RANGE = re.compile(r"bytes=(\d+)-")


def answer_file(request: Request, path: Path, headers: Mapping[str, str]) -> Response:
    """The file, a part of it, or 304. Raises 412 and 416."""
    stat = path.stat()
    if request.headers.get("if-match", "*") != "*":
        raise precondition_failed()
    if _is_unchanged(request, int(stat.st_mtime)):
        return Response(status_code=304, headers=headers)
    wanted = _RANGE.match(request.headers.get("range", ""))
    if wanted and int(wanted[1]) >= stat.st_size:
        refusal = range_not_satisfiable()
        refusal.headers = {**headers, "Content-Range": f"bytes */{stat.st_size}"}
        raise refusal
    answer = FileResponse(path, headers=headers, stat_result=stat)
    # The time of the change is enough, and this tag would be that of other bytes once compressed.
    del answer.headers["etag"]
    return answer


def _is_unchanged(request: Request, changed_at: int) -> bool:
    since = request.headers.get("if-modified-since")
    if since is None or "if-none-match" in request.headers:
        return False
    try:
        return changed_at <= parsedate_to_datetime(since).timestamp()
    except ValueError:
        return False
