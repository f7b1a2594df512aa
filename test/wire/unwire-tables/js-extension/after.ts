import type { CustomersTable } from '../modules/customers/customers.table.js';

/** Every table of the database, one line each. */
export interface Tables {
  customers: CustomersTable;
}
