const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** The keywords of Python: no name can be one. The soft ones, such as `match` and `type`, can. */
const keywords = words(
  'False None True and as assert async await break class continue def del elif else except finally ' +
    'for from global if import in is lambda nonlocal not or pass raise return try while with yield',
);

/** What a reader expects to be the builtin, where a variable of that name would hide it. */
const builtins = words(
  'abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod ' +
    'compile complex copyright credits delattr dict dir divmod enumerate eval exec exit filter ' +
    'float format frozenset getattr globals hasattr hash help hex id input int isinstance ' +
    'issubclass iter len license list locals map max memoryview min next object oct open ord pow ' +
    'print property quit range repr reversed round set setattr slice sorted staticmethod str sum ' +
    'super tuple type vars zip',
);

/** What annotations and defaults in the body of a class name, which an attribute would hide there. */
const inClassBodies = words(
  'bool bytes date datetime dict float int list mapped_column object set str time tuple unset',
);

/** What every model of Pydantic 2.14 or SQLAlchemy 2.1 has already. */
const ofModels = words(
  'cls construct copy dict from_orm json metadata parse_file parse_obj parse_raw registry schema ' +
    'schema_json self update_forward_refs validate',
);

/** The name of a package or module: `class_` for what would be a keyword. */
export const moduleName = (name: string): string => (keywords.has(name) ? `${name}_` : name);

/** The name of a class: `None_` for what would be a keyword. */
export const className = (name: string): string => (keywords.has(name) ? `${name}_` : name);

/** The name of an argument or variable: what would be a keyword, or hide a builtin, ends in `_`. */
export const variableName = (name: string): string =>
  keywords.has(name) || builtins.has(name) ? `${name}_` : name;

/**
 * The name of a column as an attribute of models and schemas: what those have already, or need in the
 * bodies of their classes, and what would be a keyword, ends in `_`.
 */
export const attributeName = (column: string): string =>
  [keywords, inClassBodies, ofModels].some((taken) => taken.has(column)) ||
  column.startsWith('model_')
    ? `${column}_`
    : column;
