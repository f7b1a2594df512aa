import type { Change, Conflict, Notice, Plan } from '../manifest/change.ts';
import { moveFile } from './plan-file.ts';

export type { Conflict } from '../manifest/change.ts';

/** What becomes of a file in which both sides changed the same lines. */
export type Settlement =
  | { kind: 'yours' }
  | { kind: 'generated' }
  /** Both, between git's markers. */
  | { kind: 'markers' }
  | { kind: 'edited'; text: string };

/** The conflicts of a plan, which keep it from being written. */
export function conflictsOf({ notices }: Plan): Conflict[] {
  return notices.filter((notice) => notice.kind === 'conflict');
}

/** The files that are written with both versions in them, and still have to be settled by hand. */
export function markedFiles({ notices }: Plan): string[] {
  return notices.flatMap(({ kind, path }) => (kind === 'markers' ? [path] : []));
}

/** The plan with its conflicts settled; those that nobody decided stay. */
export function settle(plan: Plan, decide: (conflict: Conflict) => Settlement | undefined): Plan {
  const changes: Change[] = [...plan.changes];
  const notices = plan.notices.map((notice): Notice | undefined => {
    const settlement = notice.kind === 'conflict' ? decide(notice) : undefined;
    if (notice.kind !== 'conflict' || settlement === undefined) return notice;
    const { path, yours: before, move } = notice;
    const content = contentOf(notice, settlement);
    if (move !== undefined) changes.push(...moveFile(path, content, move));
    else if (content === before) {
      return settlement.kind === 'markers'
        ? marked(path)
        : { kind: 'kept', path, message: 'as you decided' };
    } else changes.push({ kind: 'update', path, before, content });
    return settlement.kind === 'markers' ? marked(path) : undefined;
  });
  return { ...plan, changes, notices: notices.filter((notice) => notice !== undefined) };
}

const marked = (path: string): Notice => ({
  kind: 'markers',
  path,
  message: "both versions are in it, between git's markers",
});

function contentOf({ yours, generated, snippet }: Conflict, settlement: Settlement): string {
  switch (settlement.kind) {
    case 'yours':
      return yours;
    case 'generated':
      return generated;
    case 'markers':
      return snippet;
    case 'edited':
      return settlement.text;
  }
}
