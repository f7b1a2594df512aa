import type { Commands } from '../stack.ts';

/** What a person types in a project. */
export const commands = (): Commands => ({
  dev: 'uv run python -m app --reload',
  test: 'uv run pytest',
  migrate: 'uv run python -m app.db.migrate',
  install: 'uv sync',
});
