import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';

/** One address of a connection URL, with one mode of encryption. */
export type Server = {
  host: string;
  port: number | undefined;
  user: string | undefined;
  password: string | undefined;
  database: string | undefined;
  ssl: ConnectionOptions | false;
  application_name: string | undefined;
  options: string | undefined;
  /** Whether to skip the server while it is a standby. */
  mustWrite: boolean;
};

const form =
  /^postgres(?:ql)?:\/\/(?:(?<user>[^:@/?]*)(?::(?<password>[^/?]*))?@)?(?<hosts>[^@/?]*)(?:\/(?<database>[^?]*))?(?:\?(?<query>.*))?$/;

/** The default hosts, as in psql: Unix sockets first, then TCP. */
const localHosts = ['/var/run/postgresql', '/tmp', 'localhost'];

/**
 * The servers of a connection URL, in the order in which they are tried. The URL may have
 * everything that psql accepts: several hosts, folders of Unix sockets, and `sslmode`. Throws an
 * error that says what is wrong with the URL and does not contain the password.
 */
export function serversOf(url: string): Server[] {
  const { groups } = form.exec(url) ?? {};
  if (!groups) throw new Error('Expected postgres://user:password@host:5432/database');
  const query = new URLSearchParams(groups.query);
  const given = (name: string, inUrl?: string) =>
    query.get(name) || (inUrl ? decoded(inUrl) : undefined);
  if (query.has('service')) throw new Error('Expected a host, not the name of a service');

  const shared = {
    user: given('user', groups.user),
    password: given('password', groups.password),
    database: given('dbname', groups.database),
    application_name: given('application_name'),
    options: given('options'),
    mustWrite: mustWrite(given('target_session_attrs') ?? 'any'),
  };
  return addressesOf(groups.hosts ?? '', query).flatMap(({ host, port }) =>
    waysOf(host, query).map((ssl) => ({ host, port, ssl, ...shared })),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error('Expected two hexadecimal digits after %; write a literal % as %25');
  }
}

function addressesOf(inUrl: string, query: URLSearchParams): Pick<Server, 'host' | 'port'>[] {
  const listed = query.get('hostaddr') || query.get('host');
  const hosts = listed ? listed.split(',') : inUrl.split(',').map((each) => decoded(hostIn(each)));
  const ports = (query.get('port') || inUrl.split(',').map(portIn).join(',')).split(',');
  const isPort = (text: string) => text === '' || (/^\d+$/.test(text) && Number(text) < 65_536);
  if (!ports.every(isPort) || ![1, hosts.length].includes(ports.length)) {
    throw new Error('Expected ports up to 65535, one for all hosts or one for each');
  }
  return hosts.flatMap((name, index) => {
    const port = Number(ports[ports.length === 1 ? 0 : index]) || undefined;
    const given = name || process.env.PGHOST;
    return (given ? [given] : localHosts).map((host) => ({ host, port }));
  });
}

const address = /^(?:\[(?<ip>.*)\]|(?<name>[^:]*))(?::(?<port>.*))?$/;
const hostIn = (text: string) => address.exec(text)?.groups?.ip ?? text.replace(/:[^:]*$/, '');
const portIn = (text: string) => address.exec(text)?.groups?.port ?? '';

/** The modes of encryption to try, in order. */
function waysOf(host: string, query: URLSearchParams): Server['ssl'][] {
  if (host.startsWith('/')) return [false];
  const usual = /^(true|1|no-verify)$/.test(query.get('ssl') ?? '') ? 'require' : 'allow';
  const mode = query.get('sslmode') || process.env.PGSSLMODE || usual;
  const [rootcert, cert, key] = ['sslrootcert', 'sslcert', 'sslkey'].map((name) => query.get(name));
  const ca = rootcert && rootcert !== 'system' ? rootcert : undefined;
  const own = {
    ...(ca && { ca: readFileSync(ca) }),
    ...(cert && { cert: readFileSync(cert) }),
    ...(key && { key: readFileSync(key) }),
  };
  const unchecked = { ...own, rejectUnauthorized: false };
  const byAuthority = { ...own, checkServerIdentity: () => undefined };
  switch (rootcert === 'system' ? 'verify-full' : mode) {
    case 'disable':
      return [false];
    case 'allow':
      return [false, unchecked];
    case 'prefer':
      return [unchecked, false];
    case 'no-verify':
      return [unchecked];
    case 'require':
      return [ca ? byAuthority : unchecked];
    case 'verify-ca':
      if (!ca) throw new Error('Expected sslrootcert together with sslmode=verify-ca');
      return [byAuthority];
    case 'verify-full':
      return [own];
    default:
      throw new Error(
        'Expected sslmode to be disable, allow, prefer, require, verify-ca or verify-full',
      );
  }
}

function mustWrite(attributes: string): boolean {
  if (attributes === 'any') return false;
  if (attributes === 'primary' || attributes === 'read-write') return true;
  throw new Error('Expected target_session_attrs to be any, primary or read-write, since the API writes');
}
