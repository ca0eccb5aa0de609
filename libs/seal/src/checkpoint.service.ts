import { Injectable } from '@nestjs/common';
import { Clock, DAY_MS, HOUR_MS, MINUTE_MS, assert, businessDay, plus, present } from '#libs/kernel';
import { Database } from '#platform/database';
import { CheckpointKey } from './checkpoint-key.service.js';
import { consistencyRanges, extendsTree } from './merkle.rules.js';
import { SEAL_STREAMS, type SealStream } from './seal.entity.js';
import { SealReader } from './seal.reader.js';
import { SealRepository } from './seal.repository.js';
import { type SigningKey, keyText, publicKeyOf, signNote } from './signed-note.rules.js';

/** What was written in the last seconds of a day is sealed by then. */
const REST_MS = MINUTE_MS;
/** A record that cannot be sealed holds the checkpoint up no longer than this; it is seen by its lag. */
const PATIENCE_MS = HOUR_MS;

/** Signs the tree of each stream once after the end of each Shanghai day. */
@Injectable()
export class CheckpointService {
  constructor(
    private readonly database: Database,
    private readonly reader: SealReader,
    private readonly seals: SealRepository,
    private readonly clock: Clock,
    private readonly key: CheckpointKey,
  ) {}

  /** Signs what is due for the day that has just ended; returns how many checkpoints it wrote. A day that passed unsigned stays so. */
  async signDue(): Promise<number> {
    const { signing } = this.key;
    const now = this.clock.now();
    const midnight = new Date(`${businessDay(now)}T00:00:00+08:00`);
    if (!signing || now < plus(midnight, REST_MS)) return 0;
    let signed = 0;
    const faults: unknown[] = [];
    for (const stream of SEAL_STREAMS) {
      // One stream that cannot be signed keeps no other from it.
      await this.sign(stream, midnight, signing).then(
        (isNew) => {
          signed += isNew ? 1 : 0;
        },
        (fault: unknown) => faults.push(fault),
      );
    }
    if (faults.length > 0) throw faults[0];
    return signed;
  }

  private async sign(stream: SealStream, midnight: Date, signing: SigningKey): Promise<boolean> {
    const now = this.clock.now();
    const day = businessDay(plus(midnight, -DAY_MS));
    const latest = await this.reader.latestCheckpoint(stream);
    if (latest && latest.day >= day) return false;
    const isBehind = await this.reader.isWaitingSince(stream, midnight);
    if (isBehind && now < plus(midnight, PATIENCE_MS)) return false;

    const { seq: treeSize, hash: chainHash } = await this.reader.head(stream);
    const before = { size: latest?.treeSize ?? 0, root: latest?.merkleRoot };
    assert(before.size <= treeSize, `${stream} has not shrunk since ${latest?.day}`);
    const end = await this.reader.chainEnd(stream, treeSize);
    assert(end?.hash.equals(chainHash), `the chain of ${stream} ends where its head says`);
    const [root, ...path] = await this.reader.hashes(stream, [
      { from: 0, until: treeSize },
      ...consistencyRanges(before.size, treeSize),
    ]);
    const merkleRoot = present(root, 'a root');
    const after = { size: treeSize, root: merkleRoot };
    // Our name goes under nothing that contradicts what we have signed.
    const isGrown = before.root === undefined || extendsTree({ ...before, root: before.root }, after, path);
    assert(isGrown, `the tree of ${stream} begins with the one of ${latest?.day}`);

    const { note, keyId, signature } = signNote(
      { origin: `${signing.name}/${stream}`, treeSize, merkleRoot, day, chainHash },
      signing,
    );
    const checkpoint = {
      stream,
      day,
      treeSize,
      merkleRoot,
      chainHash,
      keyId,
      signature,
      note,
      createdAt: now,
    };
    return this.database.transaction((tx) =>
      this.seals.insertCheckpoint(tx, checkpoint, keyText(publicKeyOf(signing))),
    );
  }
}
