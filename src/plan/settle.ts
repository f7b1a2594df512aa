import type { Change, Conflict, Notice, Plan } from '../manifest/change.ts';
import { moveFile } from './plan-file.ts';

export type { Conflict } from '../manifest/change.ts';

/** How a merge conflict is resolved. */
export type Settlement =
  | { kind: 'yours' }
  | { kind: 'generated' }
  /** Both, between conflict markers. */
  | { kind: 'markers' }
  | { kind: 'edited'; text: string };

/** The conflicts of a plan, which is not written before they are resolved. */
export function conflictsOf({ notices }: Plan): Conflict[] {
  return notices.filter((notice) => notice.kind === 'conflict');
}

/** The files that are written with conflict markers, to be resolved by hand. */
export function markedFiles({ notices }: Plan): string[] {
  return notices.flatMap(({ kind, path }) => (kind === 'markers' ? [path] : []));
}

/** The plan with its conflicts resolved; those without a decision stay. */
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
        : { kind: 'kept', path, message: 'you chose your version' };
    } else changes.push({ kind: 'update', path, before, content });
    return settlement.kind === 'markers' ? marked(path) : undefined;
  });
  return { ...plan, changes, notices: notices.filter((notice) => notice !== undefined) };
}

const marked = (path: string): Notice => ({
  kind: 'markers',
  path,
  message: 'it has both versions between conflict markers',
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
