import { open, type Who } from '../../manifest/who.ts';
import type { Parent } from '../resource.ts';

/** Who may read the rows of a parent. */
export const readOf = ({ access = open }: Parent): Who => access.read;

/** The first of the roles that a rule lets in and that may not read every row of a parent, if any. */
export function strangerTo(parent: Parent, { enters }: Who): string | undefined {
  return enters.find((role) => !readOf(parent).roles.includes(role));
}

/** Who may not read a parent without signing in may not ask for what is below it either. */
export function atLeastReader(who: Who, parent: Parent): Who {
  const isHidden = who.kind === 'public' && readOf(parent).kind !== 'public';
  return isHidden ? { ...who, level: 'user', kind: 'user' } : who;
}
