import { describe, expect, it } from 'vitest';
import { serversOf } from '../src/db/servers.ts';

const addresses = (url: string) =>
  serversOf(url).map(({ host, port, ssl }) => `${host}:${port} ${ssl ? 'encrypted' : 'plain'}`);

describe('serversOf', () => {
  it.each([
    ['postgres://db.example.com/app', ['db.example.com:undefined']],
    ['postgresql://a:1,b,[::1]:3/app', ['a:1', 'b:undefined', '::1:3']],
    ['postgres://a,b/app?port=5433', ['a:5433', 'b:5433']],
    ['postgres:///app?host=/run/postgresql', ['/run/postgresql:undefined']],
    ['postgres://%2Frun%2Fpostgresql/app', ['/run/postgresql:undefined']],
    [
      'postgres:///app',
      ['/var/run/postgresql', '/tmp', 'localhost'].map((each) => `${each}:undefined`),
    ],
  ])('finds the servers of %s', (url, expected) => {
    const found = serversOf(url).map(({ host, port }) => `${host}:${port}`);
    expect([...new Set(found)]).toEqual(expected);
  });

  it.each([
    ['', ['plain', 'encrypted']],
    ['?sslmode=disable', ['plain']],
    ['?sslmode=allow', ['plain', 'encrypted']],
    ['?sslmode=prefer', ['encrypted', 'plain']],
    ['?sslmode=require', ['encrypted']],
    ['?sslmode=verify-full', ['encrypted']],
    ['?ssl=true', ['encrypted']],
    ['?host=/tmp&sslmode=require', ['plain']],
  ])('tries the ways of %s in turn', (query, ways) => {
    const found = addresses(`postgres://a:1/app${query}`);
    expect(found.map((each) => each.split(' ')[1])).toEqual(ways);
  });

  it('checks whom it talks to where the URL asks for it', () => {
    const [unchecked] = serversOf('postgres://a/app?sslmode=require');
    const [checked] = serversOf('postgres://a/app?sslmode=verify-full');
    expect(unchecked?.ssl).toEqual({ rejectUnauthorized: false });
    expect(checked?.ssl).toEqual({});
  });

  it('reads names and passwords as they are written in URLs', () => {
    const [server] = serversOf('postgres://us%40er:p%2Fa+b%3A@a/my%20db?application_name=x%20y+z');
    expect(server).toMatchObject({
      user: 'us@er',
      password: 'p/a+b:',
      database: 'my db',
      application_name: 'x y z',
    });
  });

  it.each(['mysql://a/app', 'postgres://a:x/app', 'postgres://a/app?sslmode=maybe'])(
    'refuses %s, and says what it expects',
    (url) => expect(() => serversOf(url)).toThrow(/^Expected /),
  );
});
