import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Change } from './table.js';

/** Beyond this the file is rewritten with one line per living row. */
const JOURNAL_BYTES_MAX = 64 * 1024 * 1024;

/**
 * The sandbox's memory across restarts: one line per change. Appending costs what the change costs, and a process
 * killed in the middle leaves at most one broken last line, which reading drops.
 */
export class Journal {
  #pending: string[] = [];
  #bytes = 0;
  #bytesWhenCompact = 0;

  constructor(private readonly file: string) {
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  }

  get isLong(): boolean {
    return this.#bytes > JOURNAL_BYTES_MAX + this.#bytesWhenCompact;
  }

  read(): readonly Change[] {
    if (!existsSync(this.file)) return [];
    return readFileSync(this.file, 'utf8').split('\n').flatMap(parseLine);
  }

  note(change: Change): void {
    this.#pending.push(JSON.stringify(change));
  }

  append(): void {
    if (this.#pending.length === 0) return;
    const text = `${this.#pending.join('\n')}\n`;
    this.#pending = [];
    appendFileSync(this.file, text);
    this.#bytes += text.length;
  }

  compact(changes: readonly Change[]): void {
    this.#pending = [];
    const draft = `${this.file}.${process.pid}`;
    const text = changes.map((change) => `${JSON.stringify(change)}\n`).join('');
    writeFileSync(draft, text);
    renameSync(draft, this.file);
    this.#bytes = text.length;
    this.#bytesWhenCompact = text.length;
  }
}

function parseLine(line: string): readonly Change[] {
  if (line === '') return [];
  try {
    return [JSON.parse(line) as Change];
  } catch {
    return []; // The line being written when the process died; its request was never answered.
  }
}
