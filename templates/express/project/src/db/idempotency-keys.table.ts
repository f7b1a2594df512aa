import type { ColumnType, Generated } from 'kysely';

export interface IdempotencyKeysTable {
  scope: string;
  request: string;
  result: ColumnType<object, string, string>;
  created_at: Generated<string>;
}
