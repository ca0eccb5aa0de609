import { basename } from 'node:path';
import type { LedgerReader } from '#libs/ledger';
import { type HeldNote, type PublicKey, type SealStream, type Verification, publicKeyFrom } from '#libs/seal';
import { type Arguments, EXIT, Ending, fileText, seqOf, streamsOf, textOf, textsOf } from './arguments.js';
import type { LedgerRooms } from './rooms.js';

/** Progress is told on stderr once in so many records. */
const TOLD_EVERY = 100_000;

function trustedOf(paths: readonly string[]): PublicKey[] | undefined {
  if (paths.length === 0) return undefined;
  return paths.flatMap((path) =>
    fileText(path)
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const key = publicKeyFrom(line);
        if (!key) throw new Ending(EXIT.badFile, `${path} holds no public key of the form name+id+base64.`);
        return key;
      }),
  );
}

/** By the stream that the first line names; what names none is held against all that are asked for, and found wrong there. */
function heldFor(stream: SealStream, streams: readonly SealStream[], notes: readonly HeldNote[]): HeldNote[] {
  const isOf = ({ note }: HeldNote, name: string) => note.split('\n', 1)[0]?.endsWith(`/${name}`) ?? false;
  return notes.filter((held) => isOf(held, stream) || !streams.some((each) => isOf(held, each)));
}

function tell({ stream, from, until, records, breaks, late, lateCount }: Verification): void {
  const range = records === 0 ? 'nothing sealed' : `${records} records, ${from} to ${until}`;
  console.log(`${stream}: ${breaks.length === 0 ? 'good' : 'BROKEN'}, ${range}`);
  for (const { kind, seq, subject, detail } of breaks)
    console.log(`  ${kind}${seq === null ? '' : ` at ${seq}`} ${subject}: ${detail}`);
  for (const { seq, subject, recordedAt, day } of late)
    console.log(
      `  late: ${subject} at ${seq} was written ${recordedAt}, after the checkpoint of ${day} without it`,
    );
  if (lateCount > late.length) console.log(`  … and ${lateCount - late.length} more that are late`);
}

/** Sums that are kept beside the journals are no leaves: they are compared with what the journals make. */
async function tellBalances(ledger: LedgerReader): Promise<boolean> {
  const [accounts, { differenceFen }] = [await ledger.disagreements(), await ledger.trialBalance()];
  for (const account of accounts)
    console.log(`  BALANCE_DIFFERS ${account}: the kept balance is not what the transfers make`);
  if (differenceFen !== 0n) console.log(`  UNBALANCED: debits less credits are ${differenceFen} fen`);
  return accounts.length === 0 && differenceFen === 0n;
}

export async function verify({ verification, ledger }: LedgerRooms, { values }: Arguments): Promise<number> {
  const streams = streamsOf(textsOf(values.stream));
  const from = seqOf(textOf(values.from) ?? '1');
  const trusted = trustedOf(textsOf(values.key));
  const notes = textsOf(values.checkpoint).map((path) => ({ name: basename(path), note: fileText(path) }));
  if (!trusted) console.error('No --key given: believing the keys that the database says have signed.');
  let isGood = true;
  for (const stream of streams) {
    let told = 0;
    const onProgress = (seq: number) => {
      if (seq < told + TOLD_EVERY) return;
      told = seq;
      console.error(`${stream}: ${seq} …`);
    };
    const held = heldFor(stream, streams, notes);
    const found = await verification.verify({
      stream,
      from,
      held,
      onProgress,
      ...(trusted ? { trusted } : {}),
    });
    tell(found);
    isGood &&= found.breaks.length === 0;
    if (stream === 'JOURNAL') isGood = (await tellBalances(ledger)) && isGood;
  }
  return isGood ? EXIT.good : EXIT.broken;
}
