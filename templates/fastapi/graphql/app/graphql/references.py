"""Fields with rows of other modules, which may refer back to the one that names them."""

from typing import Annotated, Any

import strawberry


def reference(type: str, module: str, *, name: str | None = None) -> Any:
    """A field with a row or null. The module of its type is imported when the schema is made."""
    lazily: Any = Annotated
    return strawberry.field(
        name=name,
        description="Null if you cannot read it.",
        graphql_type=lazily[type, strawberry.lazy(module)] | None,
    )
