import { inject } from 'vitest';
import type { Name } from './install.ts';

/** The address of a service, or the path of a program, that this run of the tests found or started. */
export async function service(name: Name): Promise<string> {
  const answer = await fetch(`${inject('services')}/${name}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}
