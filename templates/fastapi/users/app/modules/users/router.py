from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response

from app.auth.callers import CurrentUser, require_role
from app.auth.limits import count_guess
from app.auth.not_stored import not_stored
from app.auth.roles import Caller
from app.db.database import Db
from app.http.envelope import Answer, CursorPage, Data, send_page
from app.http.idempotency import IdempotencyKey
from app.http.json_route import JsonRoute
from app.http.openapi import errors
from app.http.path_id import path_id
from app.http.problems import read_data
from app.http.request import path_for
from app.http.versions import Versions, send_created, send_row
from app.modules.users.schemas import (
    CreateUser,
    DeleteUser,
    ListUsers,
    PatchUser,
    ReplaceUser,
    UserRow,
)
from app.modules.users.service import Users

router = APIRouter(
    tags=["users"],
    route_class=JsonRoute,
    dependencies=[Depends(not_stored)],
)

UserId = Annotated[UUID, path_id("user")]


@router.get(
    "/users",
    operation_id="listUsers",
    summary="List users",
    response_model=CursorPage[UserRow],
    response_description="A page of users",
    responses=errors(401, 403, 422, 429, 500),
    dependencies=[Depends(require_role("moderator", "admin"))],
)
async def list_users(users: Users, query: Annotated[ListUsers, Query()]) -> Response:
    page = await users.page(query)
    return send_page(page.rows, page.meta)


@router.post(
    "/users",
    operation_id="createUser",
    summary="Create a user with a password",
    status_code=201,
    response_model=Answer[UserRow],
    response_description="The new user",
    responses=errors(400, 401, 403, 409, 413, 415, 422, 429, 500),
)
async def create_user(
    request: Request,
    caller: Annotated[Caller, Depends(require_role("admin"))],
    db: Db,
    users: Users,
    once: IdempotencyKey,
    body: Data[CreateUser],
) -> Response:
    text = await once.run(
        db,
        caller.id,
        lambda connection: users.create(body.data, caller, connection),
        content=body.data.model_dump(mode="json", exclude={"password"}),
    )
    row = orjson.loads(text)
    return send_created(text, path_for(request, f"/users/{row['id']}"))


@router.get(
    "/users/{id}",
    operation_id="getUser",
    summary="Get one user",
    response_model=Answer[UserRow],
    response_description="The user",
    responses=errors(401, 404, 429, 500),
)
async def get_user(id: UserId, request: Request, caller: CurrentUser, users: Users) -> Response:
    return send_row(await users.get(id, caller))


@router.put(
    "/users/{id}",
    operation_id="replaceUser",
    summary="Replace the fields of one user; administrators also the role and `disabled`",
    response_model=Answer[UserRow],
    response_description="The updated user",
    responses=errors(400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500),
)
async def replace_user(
    id: UserId,
    request: Request,
    caller: CurrentUser,
    users: Users,
    versions: Versions,
    body: Data[ReplaceUser],
) -> Response:
    left_out = {"role", "disabled"} - body.data.model_fields_set
    values = body.data.model_dump(by_alias=False, exclude=left_out)
    return send_row(await users.update(id, values, versions, caller))


@router.patch(
    "/users/{id}",
    operation_id="updateUser",
    summary="Update fields of one user; administrators also the role and `disabled`",
    response_model=Answer[UserRow],
    response_description="The updated user",
    responses=errors(400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500),
)
async def update_user(
    id: UserId,
    request: Request,
    caller: CurrentUser,
    users: Users,
    versions: Versions,
    body: Data[PatchUser],
) -> Response:
    values = body.data.model_dump(by_alias=False, exclude_unset=True)
    return send_row(await users.update(id, values, versions, caller))


@router.delete(
    "/users/{id}",
    operation_id="deleteUser",
    summary="Delete one user",
    status_code=204,
    response_description="Deleted",
    responses=errors(400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500),
)
async def delete_user(
    id: UserId,
    request: Request,
    caller: CurrentUser,
    users: Users,
    versions: Versions,
) -> None:
    password = None
    if id == caller.id:
        # The counter of PATCH /me/password: a stolen token could be used to guess the password.
        await count_guess(request, caller)
        password = (await read_data(request, DeleteUser)).password
    await users.remove(id, password, versions, caller)
