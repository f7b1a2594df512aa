import { describe, expect, it } from 'vitest';
import { clashesOf } from '../../src/plan/migration-clashes.ts';

type Case = [what: string, migrations: string[][], clash?: string];

const cases: Case[] = [
  [
    'one after another',
    [['create table posts ( id uuid )'], ['alter table posts add column a text']],
  ],
  [
    'the same column twice',
    [['alter table posts add column a text'], ['alter table posts add column a integer']],
    '2: posts.a is there since 1',
  ],
  [
    'a column that went in between',
    [
      ['alter table posts add column a text'],
      ['alter table posts drop column a'],
      ['alter table posts add column a text'],
    ],
  ],
  [
    'the same table twice',
    [['create table tags ( id uuid )'], ['create table tags ( id uuid )']],
    '2: tags is there since 1',
  ],
  [
    'a column that another branch renamed',
    [['alter table posts rename column a to b'], ['alter table posts alter column a set not null']],
    '2: posts.a is gone since 1',
  ],
  [
    'a column of the name that another one got',
    [['alter table posts rename column a to b'], ['alter table posts add column b text']],
    '2: posts.b is there since 1',
  ],
  [
    'a column that goes twice',
    [['alter table posts drop column a'], ['alter table posts drop column a']],
    '2: posts.a is gone since 1',
  ],
  [
    'a table that another branch dropped',
    [['drop table posts'], ['alter table posts add column a text']],
    '2: posts is gone since 1',
  ],
  [
    'a reference to it',
    [
      ['drop table posts'],
      ['create table notes ( post_id uuid, foreign key (post_id) references posts (id) )'],
    ],
    '2: posts is gone since 1',
  ],
  [
    'a table that was made anew, with the same columns',
    [
      ['create table posts ( id uuid )', 'alter table posts add column a text'],
      ['drop table posts'],
      ['create table posts ( id uuid )'],
      ['alter table posts add column a text'],
    ],
  ],
  [
    'a table that has another name now',
    [['alter table posts rename to entries'], ['alter table entries add column a text']],
  ],
  [
    'a column that is taken away and made anew at once',
    [
      ['alter table posts add column a text'],
      ['alter table posts drop column a', 'alter table posts add column a integer'],
    ],
  ],
  ['what was written in another way', [['insert into posts values (1)'], ['vacuum posts']]],
];

describe('migrations, one after another', () => {
  it.each(cases)('%s', (_, migrations, clash) => {
    const named = migrations.map((statements, at) => ({ name: `${at + 1}`, statements }));
    const found = clashesOf(named).map(
      ({ name, kind, what, other }) => `${name}: ${what} is ${kind} since ${other}`,
    );
    expect(found).toEqual(clash === undefined ? [] : [clash]);
  });
});
