import { setTimeout as sleep } from 'node:timers/promises';
import type { Request } from 'autocannon';
import type { Database } from '#platform/database';
import { printAlone, printDuel } from './report.js';
import { type Pace, type Side, alone, duel } from './rounds.js';
import type { Scenario } from './scenarios.js';
import type { Server } from './servers.js';

export const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
export const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5);
/** Longer than any question under way takes. */
const QUIET_MS = 3_000;

/** One of our services and the hand-written server, over one database. */
export interface Contest {
  readonly database: Database;
  readonly ours: Server;
  readonly baseline: Server;
}

export async function statements(database: Database): Promise<number> {
  const [row] = await database.query<{ Value: string }>("SHOW GLOBAL STATUS LIKE 'Questions'");
  return Number(row?.Value);
}

function sideOf(
  database: Database,
  { mark, next }: Scenario,
  { url, cpuMs }: Server,
  path: string | null,
): Side {
  return {
    name: path ?? 'ours',
    url,
    cpuMs,
    statements: () => statements(database),
    request: {
      setupRequest: (request) => ({ ...request, ...next(), ...(path === null ? {} : { path }) }),
    },
    isRight: mark === null ? null : (body) => body.includes(mark),
  };
}

async function textOf(url: string, { method = 'GET', path = '', headers, body }: Request): Promise<string> {
  const init = {
    method,
    headers: headers as Record<string, string>,
    body: body === undefined ? null : String(body),
  };
  return (await fetch(`${url}${path}`, init)).text();
}

/** A comparison of different work would be none: the answers agree but for what is new every time. */
async function assertSameAnswer(
  { next }: Scenario,
  ours: string,
  theirs: string,
  path: string,
): Promise<void> {
  const request = next();
  // An idempotency key of its own for each, so that both really place an order.
  const own = (name: string) => ({
    ...request,
    body: String(request.body).replace(/req_\w+/, (key) => `${key}-${name}`),
  });
  const answers = [await textOf(ours, own('ours')), await textOf(theirs, { ...own('theirs'), path })].map(
    (text) => text.replace(/ord_\w+|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '*'),
  );
  if (new Set(answers).size !== 1) throw new Error(`The answers differ:\n${answers.join('\n')}`);
}

/** Alone, or in turns with the hand-written server where it does the same. */
export async function run({ database, ours, baseline }: Contest, scenario: Scenario): Promise<void> {
  const { title, aim, connections, baselinePath } = scenario;
  const pace: Pace = { connections, seconds: SECONDS, rounds: ROUNDS };
  const side = sideOf(database, scenario, ours, null);
  if (baselinePath === null) {
    printAlone(title, aim, pace, await alone(side, pace));
  } else {
    await assertSameAnswer(scenario, ours.url, baseline.url, baselinePath);
    const theirs = sideOf(database, scenario, baseline, baselinePath);
    printDuel(title, aim, pace, await duel(side, theirs, pace));
  }
}

/** The same number of statements whatever the size of a page, or something is read row by row. */
export async function assertConstant(database: Database, url: string, request: Request): Promise<void> {
  const counts: number[] = [];
  // The load generator leaves without waiting for its last answers.
  await sleep(QUIET_MS);
  for (const first of [1, 24, 96]) {
    const { query, variables } = JSON.parse(String(request.body)) as { query: string; variables: object };
    const body = JSON.stringify({ query, variables: { ...variables, first } });
    const before = await statements(database);
    await textOf(url, { ...request, body });
    counts.push((await statements(database)) - before - 1);
  }
  if (new Set(counts).size !== 1)
    throw new Error(`Pages of 1, 24 and 96 take ${counts.join(', ')} statements`);
  console.log(`  ${counts[0]} statements for a page of 1, of 24 and of 96`);
}
