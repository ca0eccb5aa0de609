import { Injectable } from '@nestjs/common';
import { Clock, newId } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { receivableChanged } from './receivable.events.js';
import { ReceivableRepository } from './receivable.repository.js';
import {
  type Change,
  type PartRow,
  type ReceivableRow,
  changed,
  creditParts,
  openParts,
} from './receivable.rules.js';

/** Writes down what has happened to receivables that the caller has locked, whole: sums, parts, entries, and the fact. */
@Injectable()
export class ReceivableBook {
  constructor(
    private readonly receivables: ReceivableRepository,
    private readonly clock: Clock,
  ) {}

  /** One change per receivable at a time; the number of statements does not depend on how many they are. */
  async write(tx: Tx, changes: readonly Change[]): Promise<ReceivableRow[]> {
    if (changes.length === 0) return [];
    const at = this.clock.now();
    const after = changes.map((change) => changed(change, at));
    const orderIds = after.map(({ orderId }) => orderId);
    const parts = await this.receivables.partsOf(tx, orderIds);
    const moved = changes.flatMap((change, index) => {
      const own = parts.filter(({ orderId }) => orderId === change.before.orderId);
      return openParts(creditedBy(own, change), after[index]?.openFen ?? 0n);
    });
    await this.receivables.save(tx, after, moved);
    await this.receivables.addEntries(
      tx,
      changes.map(({ before, kind, amountFen, sourceRef, effectiveOn }) => ({
        id: newId('rce'),
        orderId: before.orderId,
        kind,
        amountFen,
        sourceRef,
        effectiveOn,
        at,
      })),
    );
    await emit(tx, ...orderIds.map((orderId) => receivableChanged(orderId, at)));
    return after;
  }
}

function creditedBy(parts: readonly PartRow[], { kind, amountFen, byMerchant }: Change): readonly PartRow[] {
  return kind === 'CREDITED' ? creditParts(parts, amountFen, byMerchant ?? []) : parts;
}
