import { createConnection } from 'mysql2/promise';
import { Refusal } from './refusal.js';

const CONNECT_LIMIT_MS = 10_000;

/** SKIP LOCKED came with MariaDB 10.6, enforced CHECK with MySQL 8.0.16 and TiDB 7.2. */
const OLDEST = {
  MariaDB: [10, 6, 0],
  MySQL: [8, 0, 16],
  TiDB: [7, 2, 0],
} as const;

export interface ServerVersion {
  readonly product: keyof typeof OLDEST;
  readonly version: string;
  readonly isSupported: boolean;
  readonly oldest: string;
}

function numbersIn(text: string): number[] {
  return text.split('.').map((part) => Number.parseInt(part, 10) || 0);
}

function isAtLeast(version: readonly number[], oldest: readonly number[]): boolean {
  for (const [index, wanted] of oldest.entries()) {
    const found = version[index] ?? 0;
    if (found !== wanted) return found > wanted;
  }
  return true;
}

/** Reads the answer of `SELECT VERSION()`: `10.11.19-MariaDB-…`, `8.0.36`, `8.0.11-TiDB-v7.5.1`. */
export function readVersion(answer: string): ServerVersion {
  const tidb = /TiDB-v([\d.]+)/.exec(answer)?.[1];
  const product = tidb !== undefined ? 'TiDB' : /mariadb/i.test(answer) ? 'MariaDB' : 'MySQL';
  // Some proxies put 5.5.5- before MariaDB's own number, for old replicas' sake.
  const version = tidb ?? /^(?:5\.5\.5-)?([\d.]+)/.exec(answer)?.[1] ?? '0';
  const oldest = OLDEST[product];
  return { product, version, isSupported: isAtLeast(numbersIn(version), oldest), oldest: oldest.join('.') };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function refusalFor(error: unknown, url: URL, setting: string): Refusal {
  const where = `${url.hostname}:${url.port || '3306'}`;
  const name = decodeURIComponent(url.pathname.slice(1));
  const user = decodeURIComponent(url.username);
  switch (codeOf(error)) {
    case 'ER_ACCESS_DENIED_ERROR':
    case 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR':
      return new Refusal(
        `${setting}: ${where} refuses the user "${user}" or its password: correct them in ${setting}, or unset it for a private server.`,
      );
    case 'ER_DBACCESS_DENIED_ERROR':
      return new Refusal(
        `${setting}: the user "${user}" may not use the database "${name}" at ${where}: GRANT ALL ON \`${name}\`.* to it, or unset ${setting} for a private server.`,
      );
    case 'ER_BAD_DB_ERROR':
      return new Refusal(
        `${setting}: there is no database "${name}" at ${where}: CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4, or unset ${setting} for a private server.`,
      );
    default:
      return new Refusal(
        `${setting}: no database server answers at ${where} (${error instanceof Error ? error.message : String(error)}): start it, or unset ${setting} for a private server.`,
      );
  }
}

function parse(text: string, setting: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'mysql:' || url.pathname.length < 2) {
    throw new Refusal(`${setting} must read mysql://user:password@host:3306/database.`);
  }
  return url;
}

/** Asks the server itself, before anything is started. Answers its name for the progress line. */
export async function checkGivenDatabase(
  text: string,
  { setting = 'DATABASE_URL', isOwner = true } = {},
): Promise<string> {
  const url = parse(text, setting);
  const server = new URL(url);
  if (!isOwner) server.pathname = '/';
  const connection = await createConnection({
    uri: server.toString(),
    connectTimeout: CONNECT_LIMIT_MS,
  }).catch((error: unknown) => {
    throw refusalFor(error, url, setting);
  });
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    const answer = (rows as { version: string }[])[0]?.version ?? '';
    const found = readVersion(answer);
    if (!found.isSupported) {
      throw new Refusal(
        `${setting}: ${url.host} runs ${found.product} ${found.version} and Taoyuan needs ${found.oldest} or newer: upgrade it, or unset ${setting} for a private server.`,
      );
    }
    return `${found.product} ${found.version}`;
  } finally {
    await connection.end();
  }
}
