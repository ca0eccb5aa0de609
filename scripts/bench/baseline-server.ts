import { createVerifier } from 'fast-jwt';
import fastify, { type FastifyRequest } from 'fastify';
import { type Pool, type PoolConnection, createPool } from 'mysql2';
import { monotonicFactory } from 'ulid';

/**
 * What the services are measured against: the same work by hand, without any of ours. The same statements on as many
 * connections, the same JSON, the same token check and the same refusal of what is malformed; no GraphQL, no layers.
 */

export type Value = string | number | bigint | Date | Buffer | null | readonly unknown[];
export type Rows<Row> = Row[];

export const env = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};

export const pool: Pool = createPool({
  uri: env('DATABASE_URL'),
  connectionLimit: Number(env('DATABASE_POOL_SIZE')),
  supportBigNumbers: true,
  bigNumberStrings: true,
  timezone: 'Z',
  dateStrings: ['DATE'],
  charset: 'utf8mb4_unicode_ci',
  enableKeepAlive: true,
  trace: false,
});
pool.on('connection', (connection) => {
  connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
});

export function run<Result>(
  on: Pool | PoolConnection,
  sql: string,
  values: readonly Value[] = [],
): Promise<Result> {
  return new Promise((resolve, reject) => {
    on.query(sql, [...values], (error, result) => (error ? reject(error) : resolve(result as Result)));
  });
}

export const ulid = monotonicFactory();
const verify = createVerifier({ key: env('AUTH_SECRET'), algorithms: ['HS256'], cache: 5_000 });
export const app = fastify({ bodyLimit: 200_000 });

export const text = { type: 'string' } as const;
export const whole = { type: 'integer' } as const;
export const flag = { type: 'boolean' } as const;
export const object = (properties: object) => ({ type: 'object', properties }) as const;
export const list = (items: object) => ({ type: 'array', items }) as const;

export function today(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
}

export function buyerOf(request: FastifyRequest): string {
  const { authorization } = request.headers;
  if (!authorization?.startsWith('Bearer ')) throw new Error('Sign in first.');
  return (verify(authorization.slice('Bearer '.length)) as { sub: string }).sub;
}
