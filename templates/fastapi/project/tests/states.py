"""ETags, with `If-None-Match` and `If-Match`."""

import pytest
from httpx import Response
from sqlalchemy import func, update

from tests.api import Api
from tests.endpoint import EndpointTests, needs


class StateTests(EndpointTests):
    async def stored(self, api: Api) -> tuple[str, str]:
        """The path and the ETag of a new row."""
        path = await self.endpoint.path(api)
        return path, (await api.get(path)).headers["etag"]

    @needs("get")
    async def test_answers_304_to_whoever_has_it_already(self, api: Api) -> None:
        path, etag = await self.stored(api)
        known = await api.get(path, headers={"If-None-Match": etag})
        assert (known.status_code, known.content) == (304, b"")
        assert (await api.get(path, headers={"If-None-Match": '"1"'})).status_code == 200

    @needs("get")
    async def test_has_another_tag_when_a_row_was_changed_by_hand(self, api: Api) -> None:
        path, etag = await self.stored(api)
        changed = update(self.endpoint.model).values(created_at=func.to_timestamp(0))
        async with api.db.connect() as connection:
            await connection.execute(changed)
        assert (await api.get(path, headers={"If-None-Match": etag})).status_code == 200

    @needs("get", "delete")
    async def test_removes_only_the_state_that_was_seen(self, api: Api) -> None:
        path, etag = await self.stored(api)
        for tag, status in [('"never"', 412), (etag, 204)]:
            assert (await api.delete(path, headers={"If-Match": tag})).status_code == status

    async def change(self, api: Api, path: str, tag: str) -> Response:
        return await api.patch(path, json={"data": {}}, headers={"If-Match": tag})

    @needs("get", "update")
    async def test_changes_a_state_once(self, api: Api) -> None:
        path, etag = await self.stored(api)
        first = await self.change(api, path, etag)
        assert first.status_code == 200
        assert first.headers["etag"] != etag
        second = await self.change(api, path, etag)
        assert second.json()["error"]["code"] == "PRECONDITION_FAILED"

    @needs("get", "update")
    @pytest.mark.parametrize("tag", ['"never"', 'W/"1"', "bare"])
    async def test_takes_no_other_tag(self, api: Api, tag: str) -> None:
        path, _ = await self.stored(api)
        assert (await self.change(api, path, tag)).status_code == 412
