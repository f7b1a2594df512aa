import type { JsonColumn } from '../db/columns.ts';

export interface MailsTable {
  id: string;
  kind: string;
  address: string;
  data: JsonColumn;
  attempts: number;
  due_at: string;
  created_at: string;
}
