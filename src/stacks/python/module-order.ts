import { compareNaturally } from '../natural-order.ts';

/**
 * Which of two modules is imported first, as ruff sorts them: without their case, and numbers inside
 * of names by their size (https://docs.astral.sh/ruff/settings/#lintisort).
 */
export function compareModules(one: string, other: string): number {
  const order = compareNaturally(one.toLowerCase(), other.toLowerCase());
  if (order !== 0) return order;
  return one === other ? 0 : one < other ? -1 : 1;
}
