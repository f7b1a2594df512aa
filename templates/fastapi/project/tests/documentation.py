"""What the documentation says of an endpoint."""

import json
from typing import Any

from app.about import BASE_PATH
from tests.api import Api
from tests.document import read_paths
from tests.endpoint import EndpointTests, Operation

_CHANGE = [200, 400, 404, 409, 412, 413, 415, 422]
# The method and the parameters of each operation, and the answers that do not depend on who calls.
_USUAL: dict[Operation, tuple[str, set[str], list[int]]] = {
    "list": ("get", {"sortBy", "sortOrder"}, [200, 422]),
    "create": ("post", {"Idempotency-Key"}, [201, 400, 409, 413, 415, 422]),
    "get": ("get", {"id", "If-None-Match"}, [200, 304, 404]),
    "replace": ("put", {"id", "If-Match"}, _CHANGE),
    "update": ("patch", {"id", "If-Match"}, _CHANGE),
    "delete": ("delete", {"id", "If-Match"}, [204, 404, 409, 412]),
}


class DocumentationTests(EndpointTests):
    @property
    def path(self) -> str:
        """That of the endpoint in the documentation."""
        return self.endpoint.url.removeprefix(BASE_PATH)

    async def test_documents(self, api: Api, operation: Operation) -> None:
        method, parameters, answers = _USUAL[operation]
        is_collection = operation in ("list", "create")
        path = self.path if is_collection else f"{self.path}/{{id}}"
        documented: dict[str, Any] = read_paths(api)[path][method]
        assert documented["operationId"].isidentifier()
        assert documented["summary"]
        assert len(documented["tags"]) == 1
        assert parameters <= {each["name"] for each in documented.get("parameters", [])}
        told = {int(status) for status in documented["responses"]}
        usual = {*answers, 429, 431, 500, 503}
        assert usual <= told <= usual | {401, 403}
        body = json.dumps(documented.get("requestBody", {}))
        assert ("#/components/schemas/" in body) == (415 in answers)
        if operation == "list":
            is_by_cursor = self.endpoint.pagination == "cursor"
            page = json.dumps(documented["responses"]["200"])
            assert ("nextCursor" if is_by_cursor else "totalPages") in page

    async def test_each_operation_and_each_body_has_a_name_of_its_own(self, api: Api) -> None:
        paths = read_paths(api)
        all_ids = [each["operationId"] for path in paths.values() for each in path.values()]
        assert len(all_ids) == len(set(all_ids))
        members = paths.get(f"{self.path}/{{id}}", {}).values()
        bodies = [json.dumps(each["requestBody"]) for each in members if "requestBody" in each]
        assert len(bodies) == len(set(bodies))
