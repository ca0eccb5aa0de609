import { writeFileSync } from 'node:fs';
import { type SealReader, keyText } from '#libs/seal';
import { type Arguments, EXIT, Ending, dayOf, required, streamsOf, textOf, textsOf } from './arguments.js';
import type { LedgerRooms } from './rooms.js';

/** To the file asked for, else to stdout. */
function answer(text: string, out: string | undefined): void {
  if (out === undefined) process.stdout.write(text);
  else writeFileSync(out, text);
}

export async function status({ seals }: Pick<LedgerRooms, 'seals'>): Promise<number> {
  for (const { stream, headSeq, backlog, lagSeconds } of await seals.statuses()) {
    const latest = await seals.latestCheckpoint(stream);
    const signed = latest ? `checkpoint ${latest.day} over ${latest.treeSize}` : 'no checkpoint yet';
    const behind = backlog === 0 ? 'none waits' : `${backlog} wait, the oldest for ${lagSeconds} s`;
    console.log(`${stream.padEnd(8)} ${String(headSeq).padStart(10)} sealed, ${behind}; ${signed}`);
  }
  await tellKeys(seals);
  return EXIT.good;
}

async function tellKeys(seals: SealReader): Promise<void> {
  const keys = await seals.keys();
  if (keys.length === 0) console.log('No key has signed yet.');
  for (const key of keys) console.log(`public key ${keyText(key)}`);
}

export async function prove({ proofs, journals }: LedgerRooms, { values }: Arguments): Promise<number> {
  const id = required(values.journal, 'journal');
  if (!(await journals.records([id])).has(id)) throw new Ending(EXIT.notFound, `There is no journal ${id}.`);
  const proof = await proofs.inclusion(journals, id);
  if (!proof)
    throw new Ending(EXIT.notYet, `${id} is not under a checkpoint yet: ask again after the end of its day.`);
  answer(`${JSON.stringify(proof, null, 2)}\n`, textOf(values.out));
  return EXIT.good;
}

export async function consistency({ proofs }: LedgerRooms, { values }: Arguments): Promise<number> {
  const [from, to] = [dayOf(required(values.from, 'from'), 'from'), dayOf(required(values.to, 'to'), 'to')];
  const [stream = 'JOURNAL'] = streamsOf(textsOf(values.stream));
  const proof = await proofs.consistency(stream, from, to);
  if (!proof)
    throw new Ending(EXIT.notFound, `There is no checkpoint of ${stream} for both ${from} and ${to}.`);
  answer(`${JSON.stringify(proof, null, 2)}\n`, textOf(values.out));
  return EXIT.good;
}

export async function checkpoint({ seals }: LedgerRooms, { values }: Arguments): Promise<number> {
  const [stream = 'JOURNAL'] = streamsOf(textsOf(values.stream));
  const day = textOf(values.day);
  const found =
    day === undefined
      ? await seals.latestCheckpoint(stream)
      : await seals.checkpointOf(stream, dayOf(day, 'day'));
  if (!found)
    throw new Ending(
      EXIT.notFound,
      `There is no checkpoint of ${stream}${day === undefined ? '' : ` for ${day}`}.`,
    );
  answer(found.note, textOf(values.out));
  return EXIT.good;
}

export async function trialBalance({ ledger }: LedgerRooms, { values }: Arguments): Promise<number> {
  const on = textOf(values.on);
  const { rows, differenceFen } = await ledger.trialBalance(on === undefined ? null : dayOf(on, 'on'));
  console.log(`${'type'.padEnd(12)}${'debits'.padStart(20)}${'credits'.padStart(20)}   in fen`);
  for (const { type, debitsFen, creditsFen } of rows)
    console.log(`${type.padEnd(12)}${String(debitsFen).padStart(20)}${String(creditsFen).padStart(20)}`);
  console.log(`${'difference'.padEnd(12)}${String(differenceFen).padStart(20)}`);
  return differenceFen === 0n ? EXIT.good : EXIT.broken;
}
