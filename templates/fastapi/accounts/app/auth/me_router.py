from typing import Annotated
from uuid import UUID

import structlog
from fastapi import APIRouter, Depends, Query, Request, Response

from app.auth.callers import CurrentUser
from app.auth.limits import count_guess
from app.auth.schemas import AuthChangePassword, SessionRow
from app.auth.service import Auth
from app.auth.sessions import Sessions
from app.http.envelope import Answer, CursorPage, Data, send_page
from app.http.errors import not_found
from app.http.json_route import JsonRoute
from app.http.openapi import FOUND_ROW, ROW, errors
from app.http.path_id import path_id
from app.http.query import UnsortedQuery
from app.http.security_docs import secured
from app.http.versions import IfNoneMatch, Versions, send_row
from app.modules.users.schemas import AuthChangeProfile, UserRow
from app.modules.users.service import Users

log = structlog.get_logger()

router = APIRouter(tags=["me"], route_class=JsonRoute)


@router.get(
    "/me",
    operation_id="readMe",
    summary="Get the current user",
    response_model=Answer[UserRow],
    response_description="The current user",
    responses={**FOUND_ROW, **errors(401, 404, 429, 500)},
    openapi_extra=secured(),
)
async def read_me(
    caller: CurrentUser,
    users: Users,
    if_none_match: IfNoneMatch = None,
) -> Response:
    return send_row(await users.get(caller.id, caller), if_none_match)


@router.patch(
    "/me",
    operation_id="changeMe",
    summary="Update fields of the current user",
    response_model=Answer[UserRow],
    response_description="The updated user",
    responses={**ROW, **errors(400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500)},
    openapi_extra=secured(),
)
async def change_me(
    caller: CurrentUser,
    users: Users,
    versions: Versions,
    body: Data[AuthChangeProfile],
) -> Response:
    values = body.data.model_dump(by_alias=False, exclude_unset=True)
    return send_row(await users.update(caller.id, values, versions, caller))


@router.patch(
    "/me/password",
    operation_id="changePassword",
    summary="Change the password and end all other sessions",
    status_code=204,
    response_description="The password has been changed",
    responses=errors(400, 401, 413, 415, 422, 429, 500),
    openapi_extra=secured(),
    dependencies=[Depends(count_guess)],
)
async def change_password(
    caller: CurrentUser,
    auth: Auth,
    body: Data[AuthChangePassword],
) -> Response:
    await auth.change_password(caller, body.data)
    return Response(status_code=204)


@router.get(
    "/me/sessions",
    operation_id="readSessions",
    summary="List the sessions of the current user",
    response_model=CursorPage[SessionRow],
    response_description="A page of sessions",
    responses=errors(401, 422, 429, 500),
    openapi_extra=secured(),
)
async def read_sessions(
    request: Request,
    caller: CurrentUser,
    query: Annotated[UnsortedQuery, Query()],
) -> Response:
    sessions: Sessions = request.app.state.sessions
    page = await sessions.page(caller, query)
    return send_page(page.rows, page.meta)


@router.delete(
    "/me/sessions/{id}",
    operation_id="endSession",
    summary="End one session of the current user",
    status_code=204,
    response_description="The session has ended",
    responses=errors(401, 404, 429, 500),
    openapi_extra=secured(),
)
async def end_session(
    id: Annotated[UUID, path_id("session")],
    request: Request,
    caller: CurrentUser,
) -> Response:
    sessions: Sessions = request.app.state.sessions
    if not await sessions.end(caller.id, id):
        raise not_found("session")
    known = {"userId": str(caller.id), "sessionId": str(id)}
    log.info("session ended", security="session_ended", **known)
    return Response(status_code=204)
