import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Door } from './services.js';

const RULE = '─'.repeat(78);

interface DemoLogin {
  readonly who: string;
  readonly phone: string;
  readonly service: string;
  readonly note: string;
}

function demoLogins(root: string): DemoLogin[] {
  const file = join(root, 'data', 'zhuzhou', 'demo-logins.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoLogin[]) : [];
}

/** What to open, as whom, and how to stop. No right border: Chinese is twice as wide in most terminals, but not in all. */
export function summary(
  root: string,
  doors: readonly Door[],
  dashboard: string | undefined,
  tookMs: number,
): string {
  const logins = demoLogins(root).map(
    ({ who, phone, service, note }) => `│   ${phone}  ${service.padEnd(10)}  ${who}  ${note}`,
  );
  return [
    `╭${RULE}`,
    `│ Taoyuan is up after ${(tookMs / 1000).toFixed(1)} s.`,
    '│',
    ...doors.map(({ name, url }) => `│   ${name.padEnd(14)} ${url}/   GraphQL: ${url}/graphql`),
    ...(dashboard === undefined
      ? []
      : [`│   ${'payments'.padEnd(14)} ${dashboard}/   the Stripe sandbox: nobody is charged`]),
    ...(logins.length === 0 ? [] : ['│', '│ Demo logins (the one-time code is in the log):', ...logins]),
    '│',
    '│ Ctrl-C stops everything; the data stays. `npm run reset` deletes it.',
    `╰${RULE}`,
  ].join('\n');
}
