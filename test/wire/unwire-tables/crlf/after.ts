import type { CustomersTable } from '../modules/customers/customers.table.ts';

/** Every table of the database, one line each. */
export interface Tables {
  customers: CustomersTable;
}
