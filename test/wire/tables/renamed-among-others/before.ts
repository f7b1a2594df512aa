import type { CustomersTable } from '../modules/customers/customers.table.ts';

/** Every table of the database, one line each. */
export interface Database {
  customers: CustomersTable;
}

export interface Options {
  url: string;
}
