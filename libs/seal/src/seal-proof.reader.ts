import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import { leafText } from './leaf.rules.js';
import { consistencyRanges, inclusionRanges } from './merkle.rules.js';
import { type ConsistencyProof, type InclusionProof, base64Of } from './proof.rules.js';
import type { SealStream } from './seal.entity.js';
import { type CheckpointRow, SealReader } from './seal.reader.js';
import type { SealedStream } from './sealed-stream.gateway.js';
import { keyText } from './signed-note.rules.js';

/** Proofs, at a cost that grows with the logarithm of what is sealed. */
@Injectable()
export class SealProofReader {
  constructor(private readonly reader: SealReader) {}

  /**
   * Against the first checkpoint that has the record, so that its proof is the same for ever; null while it has no seal, or no checkpoint
   * has been signed since.
   */
  async inclusion(source: SealedStream, id: string): Promise<InclusionProof | null> {
    const { stream } = source;
    const [seal] = await this.reader.sealsOf(stream, [id]);
    const record = (await source.records([id])).get(id);
    const checkpoint = seal ? await this.reader.checkpointCovering(stream, seal.seq) : null;
    if (!seal || !record || !checkpoint) return null;
    const path = await this.reader.hashes(stream, inclusionRanges(seal.seq - 1, checkpoint.treeSize));
    return {
      format: 'taoyuan.inclusion.v1',
      stream,
      seq: seal.seq,
      leaf: leafText(record.leaf),
      path: base64Of(path),
      checkpoint: checkpoint.note,
      key: await this.keyOf(checkpoint),
    };
  }

  /** Null where either day has no checkpoint. */
  async consistency(
    stream: SealStream,
    firstDay: string,
    secondDay: string,
  ): Promise<ConsistencyProof | null> {
    const [early, late] = [firstDay, secondDay].toSorted();
    const before = await this.reader.checkpointOf(stream, present(early, 'a day'));
    const after = await this.reader.checkpointOf(stream, present(late, 'a day'));
    if (!before || !after) return null;
    const path = await this.reader.hashes(stream, consistencyRanges(before.treeSize, after.treeSize));
    return {
      format: 'taoyuan.consistency.v1',
      stream,
      path: base64Of(path),
      before: before.note,
      after: after.note,
      // Across a change of the key each checkpoint has its own.
      key: [...new Set([await this.keyOf(before), await this.keyOf(after)])].join('\n'),
    };
  }

  private async keyOf({ keyId }: CheckpointRow): Promise<string> {
    const key = (await this.reader.keys()).find((each) => each.keyId === keyId);
    return keyText(present(key, `the key ${keyId}`));
  }
}
