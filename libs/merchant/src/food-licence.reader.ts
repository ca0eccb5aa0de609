import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database, Gathered } from '#platform/database';
import type { MerchantPaper } from './merchant-paper.entity.js';
import { FOOD_LICENCE_KINDS, type FoodLicenceKind } from './merchant-paper.rules.js';

/** Of a paper, what whoever sells food has to show to everybody: the law asks for it, so it is no secret. */
export interface FoodLicenceRow extends Pick<MerchantPaper, 'merchantId' | 'number' | 'endsOn'> {
  readonly kind: FoodLicenceKind;
}

@Injectable()
export class FoodLicenceReader {
  /** Each product's page names its seller's. */
  private readonly shown = new Gathered<FoodLicenceRow>(
    this.database,
    (merchantIds) => this.read(merchantIds),
    ({ merchantId }) => merchantId,
  );

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Those that count and have not ended, to make food first. */
  ofMerchants(merchantIds: readonly string[]): Promise<FoodLicenceRow[]> {
    return this.shown.of(merchantIds);
  }

  private async read(merchantIds: readonly string[]): Promise<FoodLicenceRow[]> {
    const rows = await this.database.query<FoodLicenceRow>(
      `SELECT merchant_id AS merchantId, kind, number, ends_on AS endsOn FROM merchant_paper
       WHERE merchant_id IN (?) AND kind IN (?) AND is_counting = TRUE AND (ends_on IS NULL OR ends_on >= ?)`,
      [merchantIds, FOOD_LICENCE_KINDS, businessDay(this.clock.now())],
    );
    return FOOD_LICENCE_KINDS.flatMap((kind) => rows.filter((row) => row.kind === kind));
  }
}
