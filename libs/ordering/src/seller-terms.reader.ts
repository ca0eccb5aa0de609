import { Injectable } from '@nestjs/common';
import type { FenText } from '#libs/kernel';
import { Database, Gathered } from '#platform/database';
import { DISPATCH_DAYS_USUAL } from './dispatch-term.rules.js';
import { FreightTemplateReader, HOLDS_NOW, TEMPLATE } from './freight-template.reader.js';
import type { FreightTemplate } from './freight.rules.js';

/** How sellers send, by merchant. */
export interface SellerTerms {
  /** Who has set none is missing. */
  readonly templates: ReadonlyMap<string, FreightTemplate>;
  /** Working days; of those who have said nothing, the usual ones. */
  readonly dispatchDays: ReadonlyMap<string, number>;
}

interface Said {
  readonly merchantId: string;
  readonly days: number | null;
  readonly id: string | null;
  readonly version: number;
  readonly freeFrom: FenText | null;
  readonly setAt: Date;
}

/** What a price and a promise need to know of sellers, read together. */
@Injectable()
export class SellerTermsReader {
  private readonly said = new Gathered(
    this.database,
    (merchantIds) => this.saidBy(merchantIds),
    ({ merchantId }) => merchantId,
  );

  constructor(
    private readonly database: Database,
    private readonly freights: FreightTemplateReader,
  ) {}

  /** One statement, and one more where somebody has set freight. */
  async of(merchantIds: readonly string[]): Promise<SellerTerms> {
    const ids = [...new Set(merchantIds)];
    const rows = await this.said.of(ids);
    const set = rows.flatMap(({ id, ...template }) => (id === null ? [] : [{ ...template, id }]));
    const templates = await this.freights.withZones(set);
    const said = new Map(rows.flatMap(({ merchantId, days }) => (days === null ? [] : [[merchantId, days]])));
    return {
      templates: new Map(templates.map((template) => [template.merchantId, template])),
      dispatchDays: new Map(ids.map((id) => [id, said.get(id) ?? DISPATCH_DAYS_USUAL])),
    };
  }

  private saidBy(merchantIds: readonly string[]): Promise<Said[]> {
    return this.database.query<Said>(
      `SELECT ${TEMPLATE}, NULL AS days FROM freight_template t WHERE t.merchant_id IN (?) AND ${HOLDS_NOW}
       UNION ALL SELECT NULL, d.merchant_id, 0, NULL, NULL, d.days FROM dispatch_term d WHERE d.merchant_id IN (?)`,
      [merchantIds, merchantIds],
    );
  }
}
