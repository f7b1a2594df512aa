"""Documents, read within the limits. The valid ones are kept: clients repeat the same few."""

from collections import OrderedDict
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    Undefined,
    VariableDefinitionNode,
    is_input_type,
    parse,
    specified_rules,
    type_from_ast,
    validate,
    validate_input_value,
)

from app.graphql.limits import TOKENS, Variables, excess_of, excess_of_text

_MOST_KEPT = 200
_LONGEST_KEPT = 4000
_MOST_ERRORS = 10


class Refused(Exception):
    """Why a request is not executed."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(errors)
        self.errors = errors


class Documents:
    """`is_closed` hides the schema: no introspection, and no suggestions of names."""

    def __init__(self, schema: GraphQLSchema, *, is_closed: bool) -> None:
        self.schema = schema
        self.is_closed = is_closed
        self.valid: OrderedDict[str, DocumentNode] = OrderedDict()
        closed = [NoSchemaIntrospectionCustomRule] if is_closed else []
        self.rules = [*specified_rules, *closed]

    def read(self, text: str, variables: Variables) -> DocumentNode:
        """Parses a document, and checks limits and schema in this order. Raises `Refused`."""
        _refuse(excess_of_text(text, variables))
        known = self.valid.get(text)
        document = known or _parse(text)
        # The size of a document without variables does not change.
        if known is None or _has_variables(known):
            _refuse(excess_of(self.schema, document, variables))
        if known is None:
            self._validate(document)
            self._keep(text, document)
        return document

    def _validate(self, document: DocumentNode) -> None:
        errors = validate(
            self.schema,
            document,
            self.rules,
            max_errors=_MOST_ERRORS,
            hide_suggestions=self.is_closed,
        )
        if errors:
            raise Refused(errors)

    def _keep(self, text: str, document: DocumentNode) -> None:
        if len(text) > _LONGEST_KEPT:
            return
        if len(self.valid) >= _MOST_KEPT:
            self.valid.popitem(last=False)
        self.valid[text] = document

    def check_variables(self, operation: OperationDefinitionNode, variables: Variables) -> None:
        """Raises `Refused` with an error for each variable of the wrong type."""
        errors: list[GraphQLError] = []
        for each in operation.variable_definitions or ():
            value = variables.get(each.variable.name.value, Undefined)
            error = self._problem_of(each, value)
            if error is not None:
                errors.append(error)
        if errors:
            raise Refused(errors)

    def _problem_of(self, definition: VariableDefinitionNode, value: Any) -> GraphQLError | None:
        type_ = type_from_ast(self.schema, definition.type)
        is_omitted = value is Undefined and definition.default_value is not None
        if not is_input_type(type_) or is_omitted:
            return None

        def refuse(error: GraphQLError, path: list[str | int]) -> None:
            """The first is enough: each repeats the whole value, which may be wrong all over."""
            place = ".".join(map(str, [f"${definition.variable.name.value}", *path]))
            raise Refused([GraphQLError(f"{place}: {error.message}", definition)])

        try:
            validate_input_value(value, type_, refuse, self.is_closed)
        except Refused as refused:
            return refused.errors[0]
        return None


def _refuse(error: GraphQLError | None) -> None:
    if error is not None:
        raise Refused([error])


def _parse(text: str) -> DocumentNode:
    try:
        return parse(text, max_tokens=TOKENS, allow_empty_selection_sets=False)
    except GraphQLError as error:
        raise Refused([error]) from None


def _has_variables(document: DocumentNode) -> bool:
    return any(
        isinstance(each, OperationDefinitionNode) and each.variable_definitions
        for each in document.definitions
    )
