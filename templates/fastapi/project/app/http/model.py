"""What is read from JSON and written to it."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.alias_generators import to_camel

M = TypeVar("M", bound=BaseModel)


class Model(BaseModel):
    """camelCase in JSON, snake_case in Python. Unknown fields are refused."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        protected_namespaces=(),
        serialize_by_alias=True,
        strict=True,
        validate_by_alias=True,
        validate_by_name=True,
    )


class Input(Model):
    """What a caller sends, with the names of JSON only."""

    model_config = ConfigDict(validate_by_name=False)


def partial(model: type[M]) -> type[M]:
    """The same fields, of which each may be left out: it is not in `model_fields_set` then."""
    return _optional(model, list(model.model_fields))


def lenient(model: type[M]) -> type[M]:
    """The same, where fields that have a default keep it."""
    required = [name for name, info in model.model_fields.items() if info.is_required()]
    return _optional(model, required)


def _optional(model: type[M], names: Sequence[str]) -> type[M]:
    fields: dict[str, Any] = {}
    for name in names:
        parts = model.model_fields[name].asdict()
        annotation, metadata = parts["annotation"], parts["metadata"]
        kept = parts["attributes"].keys() - {"default", "default_factory"}
        attributes = {key: parts["attributes"][key] for key in kept}
        optional = Field(**attributes, default_factory=lambda: None)
        fields[name] = (Annotated[annotation, *metadata, optional], ...)
    return create_model(
        model.__name__,
        __base__=model,
        __module__=model.__module__,
        __doc__=model.__doc__,
        **fields,
    )


def without(*names: str) -> Callable[[type[BaseModel]], type[Input]]:
    """The same fields but for these."""

    def narrow(model: type[BaseModel]) -> type[Input]:
        fields: dict[str, Any] = {
            name: Annotated[info.annotation, info]
            for name, info in model.model_fields.items()
            if name not in names
        }
        return create_model(
            model.__name__,
            __base__=Input,
            __module__=model.__module__,
            __doc__=model.__doc__,
            **fields,
        )

    return narrow


# The value of such a field never leaves the server.
WRITE_ONLY = Field(json_schema_extra={"writeOnly": True})
