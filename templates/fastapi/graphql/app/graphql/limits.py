"""What one request may ask for: measured before the document is validated."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
)

from app.graphql.connections import MOST_SIZE, USUAL_SIZE

# Characters of the document, with its comments.
LENGTH = 100_000
VARIABLES = 100
# Names, numbers, braces and so on in the document.
TOKENS = 2000
# Levels of fields. A connection has three.
DEPTH = 12
# Objects in the response, if all pages are full.
OBJECTS = 1000
ALIASES = 30
ROOT_FIELDS = 30
# Descriptions of the schema, and aliases in them: each can be as large as the schema.
INTROSPECTIONS = 3

Variables = Mapping[str, Any]
_Type = GraphQLNamedType | None


def excess_of_text(text: str, variables: Variables) -> GraphQLError | None:
    """Why a request is too large to be read at all."""
    return _refusal(
        ("Too long", len(text), LENGTH, " characters"),
        ("Too many variables", len(variables), VARIABLES, ""),
    )


def excess_of(
    schema: GraphQLSchema, document: DocumentNode, variables: Variables
) -> GraphQLError | None:
    """Why a document asks for too much.

    It measures each fragment once, since documents exist whose fragments expand without bounds.
    """
    for each in document.definitions:
        if not isinstance(each, OperationDefinitionNode):
            continue
        measure = _Measure(schema, document, each, variables)
        size = measure.of_operation()
        refusal = _refusal(
            ("Too deep", size.depth, DEPTH, " levels"),
            ("Too many objects", size.objects, OBJECTS, ""),
            ("Too many aliases", measure.aliases, ALIASES, ""),
            ("Too many root fields", size.fields, ROOT_FIELDS, ""),
            ("Too many introspections", measure.introspections, INTROSPECTIONS, ""),
        )
        if refusal:
            return refusal
    return None


def _refusal(*measured: tuple[str, int, int, str]) -> GraphQLError | None:
    """Names the first that is more than allowed."""
    for problem, count, most, unit in measured:
        if count > most:
            message = f"{problem}: {count}{unit}, at most {most}"
            return GraphQLError(message, extensions={"code": "QUERY_TOO_COMPLEX"})
    return None


@dataclass(frozen=True, slots=True)
class _Size:
    objects: int = 0
    depth: int = 0
    fields: int = 0


_NOTHING = _Size()


class _Measure:
    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Variables,
    ) -> None:
        self.schema = schema
        self.operation = operation
        self.variables = variables
        self.fragments = {
            each.name.value: each
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        self.defaults = {
            each.variable.name.value: each.default_value
            for each in operation.variable_definitions or ()
        }
        self.measured: dict[str, _Size] = {}
        self.aliases = 0
        self.introspections = 0

    def of_operation(self) -> _Size:
        root = self.schema.get_root_type(self.operation.operation)
        return self._of_all(self.operation.selection_set, root)

    def _of_all(self, selection_set: SelectionSetNode, parent: _Type) -> _Size:
        names: set[str] = set()
        sizes: list[_Size] = []
        for each in selection_set.selections:
            if isinstance(each, FieldNode):
                name = (each.alias or each.name).value
                # A repeated field costs validation as much as an alias.
                self.aliases += name in names
                names.add(name)
            sizes.append(self._of_one(each, parent))
        return _Size(
            objects=sum(each.objects for each in sizes),
            depth=max((each.depth for each in sizes), default=0),
            fields=sum(each.fields for each in sizes),
        )

    def _of_one(self, selection: SelectionNode, parent: _Type) -> _Size:
        if isinstance(selection, FieldNode):
            return self._of_field(selection, parent)
        if isinstance(selection, FragmentSpreadNode):
            return self._of_fragment(selection.name.value)
        if not isinstance(selection, InlineFragmentNode):
            return _NOTHING
        condition = selection.type_condition
        type_ = self.schema.get_type(condition.name.value) if condition else parent
        return self._of_all(selection.selection_set, type_)

    def _of_field(self, node: FieldNode, parent: _Type) -> _Size:
        name = node.name.value
        if node.alias and parent is not None and parent.name.startswith("__"):
            self.introspections += 1
        elif node.alias:
            self.aliases += 1
        if node.selection_set is None:
            return _Size(depth=1, fields=1)
        type_ = self._type_of(name, parent)
        inside = self._of_all(node.selection_set, type_)
        if name.startswith("__"):
            # It reads no rows, and its usual query is deeper than others.
            self.introspections += 1
            return _Size(depth=1, fields=1)
        own = 0 if name in ("edges", "pageInfo") else 1
        is_list = type_ is not None and type_.name.endswith("Connection")
        times = self._page_size(node) if is_list else 1
        return _Size(objects=own + inside.objects * times, depth=inside.depth + 1, fields=1)

    def _type_of(self, name: str, parent: _Type) -> _Type:
        if name in ("__schema", "__type"):
            return self.schema.get_type({"__schema": "__Schema", "__type": "__Type"}[name])
        field = parent.fields.get(name) if isinstance(parent, GraphQLObjectType) else None
        return get_named_type(field.type) if field else None

    def _of_fragment(self, name: str) -> _Size:
        known = self.measured.get(name)
        if known is not None:
            return known
        # Validation refuses fragments that are missing, or that contain themselves.
        self.measured[name] = _NOTHING
        fragment = self.fragments.get(name)
        if fragment is not None:
            type_ = self.schema.get_type(fragment.type_condition.name.value)
            self.measured[name] = self._of_all(fragment.selection_set, type_)
        return self.measured[name]

    def _page_size(self, node: FieldNode) -> int:
        """A size that is not valid counts as the largest page; the resolver refuses it."""
        asked = [
            self._value_of(each.value)
            for each in node.arguments or ()
            if each.name.value in ("first", "last", "limit")
        ]
        sizes = [each for each in asked if each is not None] or [USUAL_SIZE]
        is_valid = all(isinstance(each, int) and 1 <= each <= MOST_SIZE for each in sizes)
        return max(sizes) if is_valid else MOST_SIZE

    def _value_of(self, node: ValueNode) -> Any:
        """The size, None where there is none, or anything where it is no size."""
        if isinstance(node, VariableNode):
            name = node.name.value
            given = self.variables.get(name)
            default = self.defaults.get(name)
            return given if given is not None or default is None else self._value_of(default)
        if not isinstance(node, IntValueNode):
            return None
        return int(node.value) if len(node.value) <= len(str(MOST_SIZE)) else node.value
