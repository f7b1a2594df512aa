"""The form of a value in JSON: how it is read, and what OpenAPI says of it."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a value in JSON. `read` raises what is wrong with it, `write` is its way back."""

    read: Callable[[Any], Any]
    schema: Mapping[str, Any] = field(hash=False)
    write: Callable[[Any], str] | None = None

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        written = self.write and core_schema.plain_serializer_function_ser_schema(
            self.write,
            return_schema=core_schema.str_schema(),
            when_used="json",
        )
        return core_schema.no_info_before_validator_function(
            self.read,
            handler(source),
            serialization=written,
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """An answer needs no pattern beside its format. The size of a list goes with its items."""
        if "maxItems" in self.schema:
            return {**handler(schema), **self.schema}
        is_answered = handler.mode == "serialization" and "format" in self.schema
        left_out = {"pattern", "allOf"} if is_answered else set()
        return {key: value for key, value in self.schema.items() if key not in left_out}


def invalid(message: str, **context: Any) -> PydanticCustomError:
    """A problem with a value. `value` is how the answer shows it, where not as it was sent."""
    return PydanticCustomError("invalid", "{message}", {"message": message, **context})


_KINDS = {str: "string", bool: "boolean", list: "array", dict: "object", type(None): "null"}


def expected(what: str, value: object) -> PydanticCustomError:
    received = _KINDS.get(type(value), "number")
    return invalid(f"Invalid input: expected {what}, received {received}")


def option(values: Sequence[str]) -> str:
    """What is wrong with a text that is none of these."""
    quoted = [json.dumps(each, ensure_ascii=False) for each in values]
    if len(quoted) == 1:
        return f"Invalid input: expected {quoted[0]}"
    return f"Invalid option: expected one of {'|'.join(quoted)}"


def as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise expected("string", value)


def pattern_of(pattern: str) -> re.Pattern[str]:
    """A pattern of JSON Schema, where `$` stands for the very end."""
    return re.compile(re.sub(r"(?<!\\)\$(?=[)|]|$)", r"\\Z", pattern), re.ASCII)


def schema_of(*patterns: str, **more: Any) -> dict[str, Any]:
    if len(patterns) == 1:
        return {"type": "string", "pattern": patterns[0], **more}
    return {"type": "string", "allOf": [{"pattern": each} for each in patterns], **more}
