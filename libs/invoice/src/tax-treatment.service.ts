import { Injectable } from '@nestjs/common';
import { CategoryReader } from '#libs/catalog';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, InvalidInputError, NotFound, newId } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database } from '#platform/database';
import { TaxTreatmentChangedError } from './tax-treatment.errors.js';
import { TaxTreatmentRepository } from './tax-treatment.repository.js';
import { type TaxTreatmentRow, type TaxWish, isSaid, refuseTaxWish } from './tax-treatment.rules.js';

/** Finance says how what a seller sells is taxed. Invoices that have been asked for stay as they are. */
@Injectable()
export class TaxTreatmentService {
  constructor(
    private readonly database: Database,
    private readonly treatments: TaxTreatmentRepository,
    private readonly merchants: MerchantReader,
    private readonly categories: CategoryReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Over the revision that one has seen; said again it is the same. */
  async set(
    wish: TaxWish,
    setBy: IdOf<'usr'>,
  ): Promise<TaxTreatmentRow | InvalidInputError | TaxTreatmentChangedError> {
    const { merchantId, subject, categoryCode, effectiveOn, revision, treatment, rateBps } = wish;
    const refusal = refuseTaxWish(wish);
    if (refusal) return refusal;
    if (subject !== 'SERVICE' && !(await this.merchants.byId(merchantId)))
      throw new NotFound('Merchant', merchantId);
    if (subject === 'CATEGORY' && (await this.categories.byCodes([categoryCode])).length === 0)
      return NO_CATEGORY;
    return this.database.transaction(async (tx) => {
      const before = await this.treatments.latest(tx, wish);
      if (before && isSaid(before, wish)) return before;
      if ((before?.revision ?? 0) !== revision) return new TaxTreatmentChangedError(before?.revision ?? 0);
      const said = { merchantId, subject, categoryCode, effectiveOn, treatment, rateBps };
      const row: TaxTreatmentRow = {
        id: newId('txt'),
        ...said,
        revision: revision + 1,
        reason: wish.reason.trim(),
        setBy,
        setAt: this.clock.now(),
      };
      await this.treatments.insert(tx, row);
      await this.audit.record(tx, {
        actorId: setBy,
        act: 'tax_treatment.set',
        subject: row.id,
        detail: { ...said, revision: row.revision, before: before?.id ?? null },
      });
      return row;
    });
  }
}

const NO_CATEGORY = new InvalidInputError([
  { path: 'categoryCode', message: { zh: '没有该品类', en: 'There is no such category.' } },
]);
