import { Injectable } from '@nestjs/common';
import { RunCounterReader } from '#libs/counter';
import { NotFound, isId } from '#libs/kernel';
import type { OwnPayee } from './own-payee.rules.js';

/** A merchant, or one of the counters that it runs. */
export interface PayeeChoice {
  readonly merchantId: string;
  readonly counterId?: string | null;
}

/** Says whose money somebody asks about, and that they may: what is not theirs is not found. */
@Injectable()
export class OwnPayeeReader {
  constructor(private readonly counters: RunCounterReader) {}

  async chosen({ merchantId, counterId }: PayeeChoice, merchantIds: readonly string[]): Promise<OwnPayee> {
    const isOwn = merchantIds.includes(merchantId);
    if (!isOwn || !isId('mer', merchantId)) throw new NotFound('Merchant', merchantId);
    if (counterId === null || counterId === undefined)
      return { kind: 'MERCHANT', id: merchantId, since: null };
    const counter = await this.counters.byId(counterId, [merchantId]);
    if (!counter) throw new NotFound('Counter', counterId);
    return { kind: 'OPERATOR', id: counter.id, since: counter.since };
  }

  /** Null unless it is one of these merchants, or a counter that one of them runs. */
  async byId(payeeId: string, merchantIds: readonly string[]): Promise<OwnPayee | null> {
    if (isId('mer', payeeId) && merchantIds.includes(payeeId))
      return { kind: 'MERCHANT', id: payeeId, since: null };
    const counter = await this.counters.byId(payeeId, merchantIds);
    return counter && { kind: 'OPERATOR', id: counter.id, since: counter.since };
  }
}
