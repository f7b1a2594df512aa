/** What is known of a modifier, the same for every type. */
export type ModifierRow = {
  /** For the schema of `backend.json` and for the help. */
  says: string;
  /** Its names in other tools. */
  aliases?: readonly string[];
  /** An example of its value, if it takes one. */
  value?: string;
  /** Whether the help explains it. */
  isExplained?: true;
  /** What to do if a type does not take it. */
  misfit?: string;
};

/** The modifiers of the grammar, in the order in which they are written. */
export const modifierTable = {
  list: { says: 'Holds several values.', aliases: ['array', 'many'] },
  optional: {
    says: 'May be left out and may be null. Without it the field is required.',
    aliases: ['nullable'],
  },
  unique: { says: 'No two rows may have the same value.' },
  index: { says: 'Has an index in the database.' },
  min: {
    says: 'Smallest value; for text the shortest length; for a list the fewest items.',
    aliases: ['minlength'],
    value: '1',
    misfit: 'The type has no size: leave `min` out.',
  },
  max: {
    says: 'Largest value; for text the longest length; for a list the most items.',
    aliases: ['maxlength'],
    value: '200',
    misfit: 'The type has no size: leave `max` out.',
  },
  search: {
    says: 'Searched by ?search=, with an index.',
    misfit: 'Only string, text, email and url can be searched: leave `search` out.',
  },
  filter: { says: 'The list can be filtered by it.' },
  sort: { says: 'The list can be sorted by it.' },
  private: { says: 'Never sent to clients.', aliases: ['hidden', 'secret'], isExplained: true },
  self: {
    says: 'Of users: for themselves and for who administers.',
    aliases: ['own', 'personal'],
    isExplained: true,
  },
  readonly: { says: 'Set only by the server: refused in requests.', isExplained: true },
  owner: {
    says: 'The owner of the row: set to the user who creates it.',
    aliases: ['owned'],
    isExplained: true,
    misfit: 'Only a ref to users can be the owner, as in author:ref:users:owner.',
  },
  default: { says: 'The value of a new row if a request has none.', value: 'x' },
} as const satisfies Record<string, ModifierRow>;

export type Modifier = keyof typeof modifierTable;

export const isModifier = (name: string): name is Modifier => Object.hasOwn(modifierTable, name);

export const modifiers: readonly Modifier[] = Object.keys(modifierTable).filter(isModifier);

export const modifierRow = (modifier: Modifier): ModifierRow => modifierTable[modifier];
