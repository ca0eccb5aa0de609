import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, newId, present } from '#libs/kernel';
import { Database, isDuplicate } from '#platform/database';
import { GoodsKindReader, type GoodsKindRow } from './goods-kind.reader.js';
import type { ReferencePrice } from './reference-price.entity.js';
import { ReferencePriceKeyUsedError } from './reference-price.errors.js';
import { ReferencePriceRepository } from './reference-price.repository.js';
import { type ReferencePriceWish, refuseReferencePrice } from './reference-price.rules.js';

const SAID = ['kindCode', 'grade', 'monthFrom', 'monthTo', 'jinPriceFen', 'source'] as const;

/** What officials have found out about prices. Nothing is changed or taken away: a mistake is put right by what is recorded after it. */
@Injectable()
export class ReferencePriceService {
  constructor(
    private readonly database: Database,
    private readonly prices: ReferencePriceRepository,
    private readonly kinds: GoodsKindReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async record(
    wish: ReferencePriceWish,
    { userId, divisions }: { readonly userId: IdOf<'usr'>; readonly divisions: readonly string[] | 'ALL' },
  ): Promise<ReferencePrice | InvalidInputError | ReferencePriceKeyUsedError> {
    const kind = await this.kinds.byCode(wish.kindCode, divisions);
    if (!kind) throw new NotFound('GoodsKind', wish.kindCode);
    const refusal = refuseReferencePrice(wish);
    if (refusal) return refusal;
    const price: ReferencePrice = {
      id: newId('rfp'),
      ...wish,
      source: wish.source.trim(),
      recordedBy: userId,
      recordedAt: this.clock.now(),
    };
    try {
      await this.keep(price, kind);
      return price;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // Its answer was lost, so it comes again.
      const known = present(
        await this.database.transaction((tx) => this.prices.byKey(tx, userId, wish.idempotencyKey)),
        'the price recorded under this key',
      );
      return SAID.every((field) => known[field] === price[field]) ? known : new ReferencePriceKeyUsedError();
    }
  }

  private keep(price: ReferencePrice, { keeperCode }: GoodsKindRow): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.prices.insert(tx, price);
      const { kindCode, grade, monthFrom, monthTo, jinPriceFen } = price;
      await this.audit.record(tx, {
        actorId: price.recordedBy,
        act: 'reference_price.recorded',
        subject: price.id,
        divisionCode: keeperCode,
        detail: { kindCode, grade, monthFrom, monthTo, jinPriceFen: jinPriceFen.toString() },
      });
    });
  }
}
