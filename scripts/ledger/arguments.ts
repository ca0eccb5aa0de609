import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SEAL_STREAMS, type SealStream } from '#libs/seal';

/** How a command may end; `docs/operations.md` has the same list. */
export const EXIT = {
  good: 0,
  broken: 1,
  usage: 64,
  badFile: 65,
  notFound: 66,
  notYet: 75,
  settings: 78,
} as const;

/** Ends the command with a sentence and a code. */
export class Ending extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

export const USAGE = `npm run ledger                                        what is sealed, and the public key
npm run ledger -- verify [--from SEQ] [--stream JOURNAL|AUDIT|VOLUME]… [--checkpoint FILE]… [--key FILE]…
npm run ledger -- prove --journal ID [--out FILE]
npm run ledger -- consistency --from DAY --to DAY [--stream STREAM] [--out FILE]
npm run ledger -- checkpoint [--stream STREAM] [--day DAY] [--out FILE]
npm run ledger -- trial-balance [--on DAY]
npm run ledger -- export --from DAY --to DAY [--format jsonl|csv] [--out FILE]`;

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  on: { type: 'string' },
  day: { type: 'string' },
  journal: { type: 'string' },
  format: { type: 'string' },
  out: { type: 'string' },
  stream: { type: 'string', multiple: true },
  checkpoint: { type: 'string', multiple: true },
  key: { type: 'string', multiple: true },
} as const;

export interface Arguments {
  readonly command: string;
  readonly values: Readonly<Record<keyof typeof OPTIONS, string | string[] | undefined>>;
}

/** What each command understands; anything else is refused rather than passed over. */
const UNDERSTOOD: Readonly<Record<string, readonly (keyof typeof OPTIONS)[]>> = {
  status: [],
  verify: ['from', 'stream', 'checkpoint', 'key'],
  prove: ['journal', 'out'],
  consistency: ['from', 'to', 'stream', 'out'],
  checkpoint: ['stream', 'day', 'out'],
  'trial-balance': ['on'],
  export: ['from', 'to', 'format', 'out'],
};

export function parseCommand(args: readonly string[]): Arguments {
  const [command = 'status', ...rest] = args;
  const understood = UNDERSTOOD[command];
  if (!understood) throw new Ending(EXIT.usage, `There is no command "${command}".\n\n${USAGE}`);
  let values: Arguments['values'];
  try {
    ({ values } = parseArgs({ args: rest, options: OPTIONS }) as unknown as Arguments);
  } catch (error) {
    throw new Ending(EXIT.usage, `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
  const stray = Object.keys(values).find((name) => !understood.includes(name as keyof typeof OPTIONS));
  if (stray !== undefined) throw new Ending(EXIT.usage, `"${command}" knows no --${stray}.\n\n${USAGE}`);
  return { command, values };
}

export function textOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.at(-1) : value;
}

export function textsOf(value: string | string[] | undefined): readonly string[] {
  return value === undefined ? [] : [value].flat();
}

export function required(value: string | string[] | undefined, name: string): string {
  const text = textOf(value);
  if (text === undefined) throw new Ending(EXIT.usage, `--${name} is missing.\n\n${USAGE}`);
  return text;
}

export function dayOf(text: string, name: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
  if (!isDay || new Date(text).toISOString().slice(0, 10) !== text)
    throw new Ending(EXIT.usage, `--${name} is no day like 2026-11-02.`);
  return text;
}

export function seqOf(text: string): number {
  const seq = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seq) || seq < 1)
    throw new Ending(EXIT.usage, '--from is no place in the order: a whole number from 1 on.');
  return seq;
}

export function streamsOf(texts: readonly string[]): readonly SealStream[] {
  const streams = texts.map((text) => text.toUpperCase());
  const isStream = (text: string): text is SealStream => SEAL_STREAMS.some((stream) => stream === text);
  if (!streams.every(isStream))
    throw new Ending(EXIT.usage, `--stream is one of ${SEAL_STREAMS.join(', ')}.`);
  return streams.length > 0 ? SEAL_STREAMS.filter((stream) => streams.includes(stream)) : SEAL_STREAMS;
}

export function fileText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Ending(
      EXIT.notFound,
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
