from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from app.auth.callers import CurrentUser
from app.http.envelope import Answer, CursorPage, Data, send_model, send_page
from app.http.json_route import JsonRoute
from app.http.openapi import CREATED, errors
from app.http.path_id import path_id
from app.http.query import UnsortedQuery
from app.http.rate_limit import count
from app.http.request import path_for
from app.http.security_docs import secured
from app.oidc.identities_service import Identities
from app.oidc.schemas import AuthAddIdentity, IdentityRow

router = APIRouter(tags=["me"], route_class=JsonRoute)


async def _count(request: Request, caller: CurrentUser) -> None:
    rate = request.app.state.settings.auth_rate_limit
    await count(request, "identities", rate, str(caller.id))


@router.get(
    "/me/identities",
    operation_id="readIdentities",
    summary="List the identities at providers that the current user can sign in with",
    response_model=CursorPage[IdentityRow],
    response_description="A page of identities",
    responses=errors(401, 422, 429, 500),
    openapi_extra=secured(),
)
async def read_identities(
    caller: CurrentUser,
    identities: Identities,
    query: Annotated[UnsortedQuery, Query()],
) -> Response:
    page = await identities.page(caller, query)
    return send_page(page.rows, page.meta)


@router.post(
    "/me/identities",
    operation_id="addIdentity",
    summary="Exchange the code of a link for an identity",
    status_code=201,
    response_model=Answer[IdentityRow],
    response_description="The linked identity",
    responses={**CREATED, **errors(400, 401, 409, 413, 415, 422, 429, 500)},
    dependencies=[Depends(_count)],
    openapi_extra=secured(),
)
async def add_identity(
    request: Request,
    caller: CurrentUser,
    identities: Identities,
    body: Data[AuthAddIdentity],
) -> Response:
    row = await identities.add(caller, body.data)
    headers = {"Location": path_for(request, f"/me/identities/{row.id}")}
    return send_model(row, status=201, headers=headers)


@router.delete(
    "/me/identities/{id}",
    operation_id="removeIdentity",
    summary="Unlink an identity, unless it is the last way to sign in",
    status_code=204,
    response_description="The identity is no longer linked",
    responses=errors(401, 404, 409, 429, 500),
    openapi_extra=secured(),
)
async def remove_identity(
    id: Annotated[UUID, path_id("identity")],
    caller: CurrentUser,
    identities: Identities,
) -> Response:
    await identities.remove(caller, id)
    return Response(status_code=204)
