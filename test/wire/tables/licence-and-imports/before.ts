/* Copyright 2026 */

// people
import type { CustomersTable } from '../modules/customers/customers.table.ts';

export interface Tables {
  customers: CustomersTable;
}
