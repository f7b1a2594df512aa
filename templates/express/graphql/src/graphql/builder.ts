import SchemaBuilder from '@pothos/core';
import type { Context } from './context.ts';

type Text = { Input: string; Output: string };
type SchemaTypes = {
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: Text;
    DateTime: Text;
    Date: Text;
    Time: Text;
    Decimal: Text;
    JSON: { Input: unknown; Output: unknown };
  };
};

/** Collects the types, queries and mutations of all modules. */
export const builder = new SchemaBuilder<SchemaTypes>({ defaultFieldNullability: false });

export type ObjectRef<Row> = ReturnType<typeof builder.objectRef<Row>>;
