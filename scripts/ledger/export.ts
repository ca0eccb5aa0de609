import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { type Leaf, type SealRow, leafHashOf, leafText } from '#libs/seal';
import { type Arguments, EXIT, Ending, dayOf, required, textOf } from './arguments.js';
import type { LedgerRooms } from './rooms.js';

/** Journals read at once; any number is exported. */
const PAGE = 2_000;

const CSV_HEADER =
  'journal,kind,phase,subject,effectiveAt,recordedAt,lineNo,debit,credit,amountFen,seq,leafHash,chainHash\n';

interface Line {
  readonly lineNo: string;
  readonly debit: string;
  readonly credit: string;
  readonly amountFen: string;
}

function cell(value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  // A cell that a spreadsheet would take for a formula is text.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The canonical text as it is, so that its hash can be made again from the file. */
function jsonLine(leaf: Leaf, seal: SealRow | undefined): string {
  const text = leafText(leaf);
  const sealed = seal
    ? `{"seq":"${seal.seq}","leafHash":"${seal.leafHash.toString('hex')}","chainHash":"${seal.hash.toString('hex')}"}`
    : 'null';
  return `{"leaf":${JSON.stringify(text)},"leafHash":"${leafHashOf(text).toString('hex')}","seal":${sealed}}\n`;
}

function csvLines(leaf: Leaf, seal: SealRow | undefined): string {
  const journal = ['id', 'kind', 'phase', 'subject', 'effectiveAt', 'recordedAt'].map((name) =>
    cell(leaf[name]),
  );
  const sealed = seal
    ? [String(seal.seq), seal.leafHash.toString('hex'), seal.hash.toString('hex')]
    : ['', '', ''];
  return (leaf['lines'] as readonly (Line & Leaf)[])
    .map(({ lineNo, debit, credit, amountFen }) =>
      [...journal, ...[lineNo, debit, credit, amountFen].map(cell), ...sealed].join(','),
    )
    .map((line) => `${line}\n`)
    .join('');
}

async function write(to: Writable, text: string): Promise<void> {
  if (!to.write(text)) await once(to, 'drain');
}

/** Journals that took effect on these days, both included, with their transfers and seals. */
export async function exportJournals(
  { journals, seals }: LedgerRooms,
  { values }: Arguments,
): Promise<number> {
  const [from, to] = [dayOf(required(values.from, 'from'), 'from'), dayOf(required(values.to, 'to'), 'to')];
  const format = textOf(values.format) ?? 'jsonl';
  if (format !== 'jsonl' && format !== 'csv') throw new Ending(EXIT.usage, '--format is jsonl or csv.');
  if (from > to) throw new Ending(EXIT.usage, '--from lies after --to.');
  const out = textOf(values.out);
  const target = out === undefined ? process.stdout : createWriteStream(out);
  if (format === 'csv') await write(target, CSV_HEADER);
  let count = 0;
  for await (const ids of journals.idsOfDays(from, to, PAGE)) {
    const records = await journals.records(ids);
    const sealOf = new Map((await seals.sealsOf('JOURNAL', ids)).map((seal) => [seal.subjectId, seal]));
    for (const id of ids) {
      const record = records.get(id);
      if (!record) continue;
      await write(target, (format === 'csv' ? csvLines : jsonLine)(record.leaf, sealOf.get(id)));
      count += 1;
    }
  }
  if (out !== undefined) {
    target.end();
    await once(target, 'finish');
  }
  console.error(`${count} journals from ${from} to ${to}.`);
  return EXIT.good;
}
