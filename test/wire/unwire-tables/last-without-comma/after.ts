import type { CustomersTable } from '../modules/customers/customers.table.ts';

export type Tables = {
  customers: CustomersTable
};
