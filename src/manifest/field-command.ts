import { shellWord } from './shell.ts';

/** The arguments of `gen field`; the endpoint in any spelling. */
export type FieldRequest =
  | { kind: 'add' | 'change'; endpoint: string; fields: readonly string[] }
  | { kind: 'rename'; endpoint: string; from: string; to: string }
  | { kind: 'remove'; endpoint: string; names: readonly string[] };

/** The request as a command. */
export function fieldCommand(request: FieldRequest): string {
  const all = ['gen', 'field', request.kind, request.endpoint, ...wordsOf(request)];
  return all.map(shellWord).join(' ');
}

function wordsOf(request: FieldRequest): readonly string[] {
  switch (request.kind) {
    case 'rename':
      return [request.from, request.to];
    case 'remove':
      return request.names;
    default:
      return request.fields;
  }
}
