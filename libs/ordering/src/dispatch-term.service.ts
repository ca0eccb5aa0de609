import { Injectable } from '@nestjs/common';
import { Clock, type IdOf, type InvalidInputError } from '#libs/kernel';
import { Database } from '#platform/database';
import { DispatchTermRepository } from './dispatch-term.repository.js';
import { refuseDispatchDays } from './dispatch-term.rules.js';

/** Within how many working days a merchant sends what is in stock. */
@Injectable()
export class DispatchTermService {
  constructor(
    private readonly database: Database,
    private readonly terms: DispatchTermRepository,
    private readonly clock: Clock,
  ) {}

  /** Holds for what is ordered from now on. The caller has checked whose merchant it is. */
  async set(merchantId: IdOf<'mer'>, days: number, setBy: IdOf<'usr'>): Promise<number | InvalidInputError> {
    const refusal = refuseDispatchDays(days);
    if (refusal) return refusal;
    const setAt = this.clock.now();
    await this.database.transaction((tx) => this.terms.set(tx, { merchantId, days, setBy, setAt }));
    return days;
  }
}
