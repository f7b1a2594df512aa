import type { Action, Level } from './access.ts';
import { wordsOf } from './access.ts';
import type { KnownRoles } from './roles.ts';

/** Who may do something. */
export type Who = {
  /** The rule of access that says so. */
  level: Level;
  /** Anybody, whoever is signed in, or some of them. */
  kind: 'public' | 'user' | 'some';
  /** Whether the owner of a row may, whatever their role. */
  isOwner: boolean;
  /** The roles that may, with rows of anybody. */
  roles: readonly string[];
  /** The roles that may ask at all: for all of them the row may be their own. */
  enters: readonly string[];
};

/** Who may do what. */
export type Access = Readonly<Record<Action, Who>>;

/** Whom a rule of access means. The administering role always may. */
export function whoMay(action: Action, level: Level, roles: KnownRoles): Who {
  const words = wordsOf(level);
  const { names } = roles;
  const all = (kind: 'public' | 'user') => ({
    level,
    kind,
    isOwner: false,
    roles: names,
    enters: names,
  });
  if (words.includes('public')) return all('public');
  if (words.includes('user')) return all('user');
  const isOwner = words.includes('owner');
  const readers = isOwner && action === 'read' ? roles.readers : [];
  const named = new Set([...words, ...readers, roles.admin]);
  const may = names.filter((name) => named.has(name));
  if (may.length === names.length) return all('user');
  return { level, kind: 'some', isOwner, roles: may, enters: isOwner ? names : may };
}

/** Where there are no accounts. */
const anybody: Who = { level: 'public', kind: 'public', isOwner: false, roles: [], enters: [] };

export const open: Access = { read: anybody, create: anybody, update: anybody, delete: anybody };

/** The rule of access behind a set of roles: the administering one is named only where it is alone. */
export function levelOf(roles: readonly string[], admin: string): Level {
  return roles.filter((role) => role !== admin).join('|') || admin;
}
