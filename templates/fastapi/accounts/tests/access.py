"""Who may do what with an endpoint."""

from typing import ClassVar, NamedTuple

from httpx import Response

from app.auth.roles import ROLES, Role
from tests.accounts import authorize, sign_in, sign_out
from tests.api import Api
from tests.endpoint import EndpointTests, Operation, Row, bare, needs, send
from tests.rows import ids_of, listed
from tests.tokens import bad_tokens


class Case(NamedTuple):
    operation: Operation
    caller: Role | str
    status: int

    def __str__(self) -> str:
        return f"{self.operation} answers {self.status} to {self.caller}"


def cases(*rows: tuple[Operation, *tuple[int, ...]], owner: bool = False) -> list[Case]:
    """Rows of an operation and what it answers to each role, to the owner first where one is."""
    callers = [*(["owner"] if owner else []), *ROLES]
    return [
        Case(operation, caller, status)
        for operation, *statuses in rows
        for caller, status in zip(callers, statuses, strict=True)
    ]


class AccessTests(EndpointTests):
    owner_attribute: ClassVar[str | None] = None

    async def body(self, api: Api) -> Row:
        """One that the caller may send."""
        return await self.endpoint.body(api.db)

    async def ask(self, api: Api, operation: Operation, id: object) -> Response:
        method, path = bare(operation, self.endpoint.url, id)
        if operation in ("create", "replace"):
            return await send(api, method, path, await self.body(api))
        if operation == "update":
            return await send(api, method, path, {})
        return await api.request(method, path)


class GuardedTests(AccessTests):
    guarded_cases: ClassVar[list[Operation]] = []
    access_cases: ClassVar[list[Case]] = []

    async def test_needs_a_valid_token(self, api: Api, guarded: Operation) -> None:
        id = (await self.endpoint.insert(api.db))["id"]
        for name, header in bad_tokens():
            # The body may need the id of who calls.
            authorize(api, header)
            answer = await api.request(*bare(guarded, self.endpoint.url, id))
            assert (name, answer.status_code) == (name, 401)
            assert answer.json()["error"]["code"] == "UNAUTHENTICATED"
            assert "Bearer" in answer.headers["www-authenticate"]

    async def test_answers_each_caller(self, api: Api, access: Case) -> None:
        owner = await sign_in(api)
        owned = {self.owner_attribute: owner.id} if self.owner_attribute else {}
        id = (await self.endpoint.insert(api.db, **owned))["id"]
        for role in ROLES:
            if access.caller == role:
                await sign_in(api, role)
        answer = await self.ask(api, access.operation, id)
        assert answer.status_code == access.status, answer.text


class OpenTests(AccessTests):
    open_cases: ClassVar[list[Operation]] = []

    async def test_needs_no_token(self, api: Api, open: Operation) -> None:
        id = (await self.endpoint.insert(api.db))["id"]
        sign_out(api)
        assert (await self.ask(api, open, id)).status_code < 300


class OwnListTests(AccessTests):
    # A role that lists only its own rows; the readers list all.
    lister: ClassVar[Role]
    reader_cases: ClassVar[list[Role]] = []

    async def test_lists_the_rows_of_their_owner(self, api: Api, reader: Role) -> None:
        assert self.owner_attribute
        owner = await sign_in(api, self.lister)
        own = await self.endpoint.insert(api.db, **{self.owner_attribute: owner.id})
        other = await self.endpoint.insert(api.db)
        assert listed(await api.get(self.endpoint.url)) == ids_of([own])
        await sign_in(api, reader)
        assert listed(await api.get(self.endpoint.url)) == ids_of([other, own])


class OwnerTests(AccessTests):
    owner_field: ClassVar[str] = ""
    creator: ClassVar[Role]

    @needs("create", table="owner_field")
    async def test_makes_whoever_creates_a_row_its_owner(self, api: Api) -> None:
        caller = await sign_in(api, self.creator)
        answer = await self.ask(api, "create", None)
        assert answer.json()["data"][self.owner_field] == str(caller.id)
