import type { ApiError, Client } from './api.ts';

/** What does not compile: the type check of this repository proves each line. */
export async function mistakes(api: Client, error: ApiError): Promise<void> {
  // @ts-expect-error: no such field
  await api.posts.create({ titel: 'x' });
  // @ts-expect-error: a required field is missing
  await api.products.create({ name: 'x' });
  // @ts-expect-error: only the server sets it
  await api.posts.create({ title: 'x', authorId: 'u1' });
  // @ts-expect-error: no value of the enum
  await api.posts.create({ title: 'x', status: 'deleted' });
  // @ts-expect-error: no such filter
  api.posts.list({ title: 'x' });
  // @ts-expect-error: no field to sort by
  api.products.list({ sortBy: 'name' });
  // @ts-expect-error: its pages have numbers
  api.products.list({ cursor: 'x' });
  // @ts-expect-error: no such operation
  api.probes.list();
  const { rows } = await api.posts.list().page();
  // @ts-expect-error: there may be no row
  const first: string = rows[0].title;
  const [row] = rows;
  // @ts-expect-error: rows of lists have no version
  if (row) await api.posts.update(row, { title: first });
  const product = await api.products.get('p1');
  // @ts-expect-error: a row of another endpoint
  await api.posts.update(product, { title: 'x' });
  const item = await api.news.get('n1');
  // @ts-expect-error: a private field is never answered
  item.pin;
  // @ts-expect-error: a decimal is a text
  product.price.toFixed(2);
  // @ts-expect-error: only some errors have details
  error.details;
  // @ts-expect-error: no such code
  if (error.code === 'TEAPOT') return;
  if (error.code === 'CONFLICT') error.details.at(0)?.field.length;
}
