import { Injectable } from '@nestjs/common';
import { Clock, type IdOf, type InvalidInputError, newId } from '#libs/kernel';
import { Database, isDuplicate } from '#platform/database';
import { FreightTemplateChangedError } from './freight-template.errors.js';
import { FreightTemplateReader, type FreightTemplateView } from './freight-template.reader.js';
import { FreightTemplateRepository } from './freight-template.repository.js';
import { type FreightTemplateWish, isSameTemplate, refuseTemplate } from './freight.rules.js';

type Setting = FreightTemplateView | InvalidInputError | FreightTemplateChangedError;

/** What a merchant's parcels cost, from now on. What was ordered before has its freight already. */
@Injectable()
export class FreightTemplateService {
  constructor(
    private readonly database: Database,
    private readonly templates: FreightTemplateRepository,
    private readonly reader: FreightTemplateReader,
    private readonly clock: Clock,
  ) {}

  /** Setting again what holds changes nothing, so a client that heard nothing asks again. The caller has checked whose merchant it is. */
  async set(merchantId: IdOf<'mer'>, wish: FreightTemplateWish, setBy: IdOf<'usr'>): Promise<Setting> {
    const refusal = refuseTemplate(wish);
    if (refusal) return refusal;
    const current = await this.reader.ofMerchant(merchantId);
    if (current.version > 0 && isSameTemplate(current, wish)) return current;
    if (current.version !== wish.basedOn) return new FreightTemplateChangedError(current.version);
    const { freeFromFen, zones } = wish;
    const head = { merchantId, version: current.version + 1, freeFromFen, setAt: this.clock.now() };
    try {
      await this.database.transaction((tx) =>
        this.templates.insert(tx, { id: newId('frt'), setBy, ...head }, zones),
      );
      return { ...head, zones };
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // Two at once made the same version; the unique key let the other one through.
      const now = await this.reader.ofMerchant(merchantId);
      return isSameTemplate(now, wish) ? now : new FreightTemplateChangedError(now.version);
    }
  }
}
