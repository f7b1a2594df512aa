"""Who may do what: each operation answers as the one of REST does."""

import json
from typing import Any, ClassVar

from app.auth.roles import ROLES
from tests.access import AccessTests, Case
from tests.accounts import sign_in, sign_out
from tests.api import Api
from tests.endpoint import Operation, Row
from tests.graphql.ask import ask
from tests.graphql.endpoint import GraphqlTests

# The status with which REST answers such an error.
STATUSES = {
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "CONFLICT": 409,
    "VALIDATION_ERROR": 422,
}


class GraphqlAccessTests(AccessTests, GraphqlTests):
    # What a deletion takes beside the id.
    password: ClassVar[str | None] = None

    async def status_of(self, api: Api, operation: Operation, id: object, body: Row) -> int:
        """The status that REST has for the answer: 200 where it succeeds."""
        type, one, many = self.asked.type, self.asked.one, self.asked.many
        more = "" if self.password is None else f", password: {json.dumps(self.password)}"
        documents = {
            "list": f"{{ {many} {{ edges {{ node {{ id }} }} }} }}",
            "get": f"query ($id: ID!) {{ {one}(id: $id) {{ id }} }}",
            "create": f"""mutation ($input: Create{type}Input!) {{
              done: create{type}(input: $input) {{ errors {{ code }} }}
            }}""",
            "update": f"""mutation ($id: ID!) {{
              done: update{type}(id: $id, input: {{}}) {{ errors {{ code }} }}
            }}""",
            "delete": f"""mutation ($id: ID!) {{
              done: delete{type}(id: $id{more}) {{ errors {{ code }} }}
            }}""",
        }
        about: dict[str, Any] = {} if operation == "list" else {"id": str(id)}
        variables = {"input": self.asked.in_graphql(body)} if operation == "create" else about
        answer = (await ask(api, documents[operation], **variables)).json()
        done = (answer.get("data") or {}).get("done") or {}
        errors = [each["extensions"] for each in answer.get("errors", [])]
        codes = [each["code"] for each in [*errors, *done.get("errors", [])]]
        return STATUSES.get(codes[0], 500) if codes else 200


class GraphqlGuardedTests(GraphqlAccessTests):
    guarded_cases: ClassVar[list[Operation]]
    access_cases: ClassVar[list[Case]]

    async def test_needs_a_token(self, api: Api, guarded: Operation) -> None:
        id = (await self.asked.rest.insert(api.db))["id"]
        # The body may need the id of who calls.
        body = await self.body(api) if guarded == "create" else {}
        sign_out(api)
        assert await self.status_of(api, guarded, id, body) == 401

    async def test_answers_each_caller(self, api: Api, access: Case) -> None:
        owner = await sign_in(api)
        owned = {self.owner_attribute: owner.id} if self.owner_attribute else {}
        id = (await self.asked.rest.insert(api.db, **owned))["id"]
        for role in ROLES:
            if access.caller == role:
                await sign_in(api, role)
        body = await self.body(api) if access.operation == "create" else {}
        found = await self.status_of(api, access.operation, id, body)
        assert found == (200 if access.status < 300 else access.status)


class GraphqlOpenTests(GraphqlAccessTests):
    open_cases: ClassVar[list[Operation]]

    async def test_needs_no_token(self, api: Api, open: Operation) -> None:
        id = (await self.asked.rest.insert(api.db))["id"]
        body = await self.body(api) if open == "create" else {}
        sign_out(api)
        assert await self.status_of(api, open, id, body) == 200
