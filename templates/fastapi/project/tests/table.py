"""The table of an endpoint."""

from typing import ClassVar

from sqlalchemy import text

from tests.api import Api
from tests.endpoint import EndpointTests, needs

_INDEXES = """
    select string_agg(attname, ', ' order by place)
    from pg_index
    cross join unnest(cast(indkey as int2[])) with ordinality as keys (number, place)
    join pg_attribute on attrelid = indrelid and attnum = number
    where indrelid = to_regclass(quote_ident(:name)) group by indexrelid
"""


class TableTests(EndpointTests):
    # The columns of each index, as `price, id`.
    indexes: ClassVar[list[str]] = []

    @needs(table="indexes")
    async def test_has_an_index_for_every_way_to_its_rows(self, api: Api) -> None:
        name = self.endpoint.model.__tablename__
        async with api.db.connect() as connection:
            found = await connection.scalars(text(_INDEXES), {"name": name})
        assert set(self.indexes) <= set(found)
