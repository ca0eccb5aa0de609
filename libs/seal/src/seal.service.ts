import { Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { Database } from '#platform/database';
import { grownNodes, link, tailRanges } from './chain.rules.js';
import { SealReader } from './seal.reader.js';
import { SealRepository } from './seal.repository.js';
import type { SealedStream } from './sealed-stream.gateway.js';
import { SealedStreams } from './sealed-streams.service.js';

export interface SealingPace {
  /** How long a record rests before it is sealed, so that those who wrote it down at the same time find their order. */
  readonly delayMs: number;
  /** A leader that is silent for so long has lost its place. */
  readonly leaseMs: number;
}

const PACE: SealingPace = { delayMs: 10_000, leaseMs: 30_000 };

/** Gives records their place in the chain and in the tree. Any number of processes may try; one at a time leads. */
@Injectable()
export class SealService {
  private readonly leader = newId('slr');

  constructor(
    private readonly database: Database,
    private readonly streams: SealedStreams,
    private readonly seals: SealRepository,
    private readonly reader: SealReader,
  ) {}

  /** One round over all streams, at most `limit` records of each; returns how many were sealed. */
  async sealDue(limit: number, pace = PACE): Promise<number> {
    let sealed = 0;
    for (const source of this.streams.all) sealed += await this.sealStream(source, limit, pace);
    return sealed;
  }

  private async sealStream(
    source: SealedStream,
    limit: number,
    { delayMs, leaseMs }: SealingPace,
  ): Promise<number> {
    const { stream } = source;
    // An idle round is one indexed read, and asks for no lease.
    if ((await this.reader.waiting(stream, delayMs, 1)).length === 0) return 0;
    const lead = await this.database.transaction((tx) => this.seals.lead(tx, stream, this.leader, leaseMs));
    if (!lead) return 0;
    // Read under the lease: what an earlier leader has sealed no longer waits.
    const ids = await this.reader.waiting(stream, delayMs, limit);
    const found = await source.records(ids);
    // A record that vanished before its seal keeps waiting: its lag alarms, and the audit names it.
    const records = ids.flatMap((id) => {
      const record = found.get(id);
      return record ? [{ id, leaf: record.leaf }] : [];
    });
    if (records.length === 0) return 0;
    const seals = link(stream, lead, records);
    const leaves = { from: lead.seq, until: lead.seq + seals.length };
    const tails = await this.reader.nodes(stream, tailRanges(leaves));
    const nodes = grownNodes(
      leaves,
      seals.map(({ leafHash }) => leafHash),
      tails,
    );
    const isDone = await this.database.transaction((tx) => this.seals.append(tx, lead, seals, nodes));
    return isDone ? seals.length : 0;
  }
}
