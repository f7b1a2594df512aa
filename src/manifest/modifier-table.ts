/** What is known of a modifier, the same for every type that takes it. */
export type ModifierRow = {
  /** For the schema of `backend.json` and for the help. */
  says: string;
  /** What other tools call it. */
  aliases?: readonly string[];
  /** An example of what stands behind its `=`, where it takes a value. */
  value?: string;
  /** Whether the help explains it. */
  isExplained?: true;
  /** What to do where a type does not take it. */
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
    misfit: 'It has no size: leave `min` out.',
  },
  max: {
    says: 'Largest value; for text the longest length; for a list the most items.',
    aliases: ['maxlength'],
    value: '200',
    misfit: 'It has no size: leave `max` out.',
  },
  search: {
    says: '?search= looks into it, through an index.',
    misfit: 'Only string, text, email and url are searched: leave `search` out.',
  },
  filter: { says: 'The list can be filtered by it.' },
  sort: { says: 'The list can be sorted by it.' },
  private: { says: 'Never leaves the server.', aliases: ['hidden', 'secret'], isExplained: true },
  readonly: { says: 'Set by the server only: refused in a request.', isExplained: true },
  owner: {
    says: 'The owner of the row: set to the user who creates it.',
    aliases: ['owned'],
    isExplained: true,
    misfit: 'Only a ref to users can be the owner, as in author:ref:users:owner.',
  },
  default: { says: 'What a new row gets when nothing is sent.', value: 'x' },
} as const satisfies Record<string, ModifierRow>;

export type Modifier = keyof typeof modifierTable;

export const isModifier = (name: string): name is Modifier => Object.hasOwn(modifierTable, name);

export const modifiers: readonly Modifier[] = Object.keys(modifierTable).filter(isModifier);

export const modifierRow = (modifier: Modifier): ModifierRow => modifierTable[modifier];
