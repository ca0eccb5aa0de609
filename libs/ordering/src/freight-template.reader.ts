import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { DEFAULT_FREIGHT, type FreightTemplate, type FreightZone } from './freight.rules.js';

export interface FreightTemplateView extends FreightTemplate {
  readonly merchantId: string;
  /** Null of the default, which nobody has set. */
  readonly setAt: Date | null;
}

interface RawTemplate {
  readonly id: string;
  readonly merchantId: string;
  readonly version: number;
  readonly freeFrom: FenText | null;
  readonly setAt: Date;
}

interface RawZone {
  readonly templateId: string;
  readonly provinceCodes: string;
  readonly isServed: number;
  readonly firstWeightG: number;
  readonly firstFee: FenText;
  readonly additionalWeightG: number;
  readonly additionalFee: FenText;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const FREIGHT_TEMPLATE_KEY_PARTS = 1;

export const TEMPLATE =
  't.id, t.merchant_id AS merchantId, t.version, t.free_from_fen AS freeFrom, t.set_at AS setAt';
export const HOLDS_NOW =
  't.version = (SELECT MAX(l.version) FROM freight_template l WHERE l.merchant_id = t.merchant_id)';
const SELECT = `SELECT ${TEMPLATE} FROM freight_template t`;

const fenOrNull = (text: FenText | null): Fen | null => (text === null ? null : fen(text));

@Injectable()
export class FreightTemplateReader {
  constructor(private readonly database: Database) {}

  /** What holds now, by merchant; who has set none is missing. Two statements. */
  async ofMerchants(
    merchantIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<ReadonlyMap<string, FreightTemplateView>> {
    if (merchantIds.length === 0) return new Map();
    const rows = await on.query<RawTemplate>(`${SELECT} WHERE t.merchant_id IN (?) AND ${HOLDS_NOW}`, [
      merchantIds,
    ]);
    const templates = await this.withZones(rows, on);
    return new Map(templates.map((template) => [template.merchantId, template]));
  }

  async ofMerchant(merchantId: string): Promise<FreightTemplateView> {
    const found = (await this.ofMerchants([merchantId])).get(merchantId);
    return found ?? { ...DEFAULT_FREIGHT, merchantId, setAt: null };
  }

  /** All versions, the latest first. */
  async page(merchantId: string, { first, after }: PageRequest): Promise<Page<FreightTemplateView>> {
    const beyond = after?.[0] === undefined ? '' : ' AND t.version < ?';
    const values = after?.[0] === undefined ? [merchantId] : [merchantId, Number(after[0])];
    const rows = await this.database.query<RawTemplate>(
      `${SELECT} WHERE t.merchant_id = ?${beyond} ORDER BY t.version DESC LIMIT ?`,
      [...values, first + 1],
    );
    const templates = await this.withZones(rows);
    return pageOf(templates, first, ({ version }) => [String(version)]);
  }

  /** Rows of templates with what they say of provinces. */
  async withZones(
    rows: readonly RawTemplate[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<FreightTemplateView[]> {
    if (rows.length === 0) return [];
    const zones = await on.query<RawZone>(
      `SELECT template_id AS templateId, province_codes AS provinceCodes, is_served AS isServed, first_weight_g AS firstWeightG,
         first_fen AS firstFee, additional_weight_g AS additionalWeightG, additional_fen AS additionalFee
       FROM freight_zone WHERE template_id IN (?) ORDER BY template_id, zone_no`,
      [rows.map(({ id }) => id)],
    );
    return rows.map(({ id, merchantId, version, freeFrom, setAt }) => ({
      merchantId,
      version,
      freeFromFen: fenOrNull(freeFrom),
      setAt,
      zones: zones.filter(({ templateId }) => templateId === id).map(zoneOf),
    }));
  }
}

function zoneOf({ provinceCodes, isServed, firstFee, additionalFee, ...weights }: RawZone): FreightZone {
  const { firstWeightG, additionalWeightG } = weights;
  return {
    provinceCodes: provinceCodes === '' ? [] : provinceCodes.split(','),
    isServed: isServed === 1,
    firstWeightG,
    firstFen: fen(firstFee),
    additionalWeightG,
    additionalFen: fen(additionalFee),
  };
}
