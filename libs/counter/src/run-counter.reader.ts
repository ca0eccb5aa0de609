import { Injectable } from '@nestjs/common';
import { type IdOf, type Page, type PageRequest, isId, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';

/** Columns in a page's sort key, for `pageRequest`. */
export const RUN_COUNTER_KEY_PARTS = 1;

/** A counter, and who runs it: the operator of the cabinet that stands there, or of the last one that did. */
export interface RunCounter {
  readonly id: IdOf<'chp'>;
  readonly operatorId: IdOf<'mer'>;
  /** Since when, without anybody else between; null where nobody else ever did. */
  readonly since: Date | null;
}

// One cabinet stands at a counter at a time, so the last one says whose it is. Nothing is later than a null: the first of nobody is nobody's.
const SELECT = `SELECT c.channel_point_id AS id, c.operator_id AS operatorId,
  (SELECT MIN(own.registered_at) FROM cabinet own WHERE own.channel_point_id = c.channel_point_id AND own.id > (
    SELECT MAX(other.id) FROM cabinet other WHERE other.channel_point_id = c.channel_point_id AND other.operator_id <> c.operator_id)) AS since
  FROM cabinet c WHERE c.operator_id IN (?)
    AND NOT EXISTS (SELECT 1 FROM cabinet later WHERE later.channel_point_id = c.channel_point_id AND later.id > c.id)`;

/** Which counters a merchant runs: for whoever asks about what they earn. */
@Injectable()
export class RunCounterReader {
  constructor(private readonly database: Database) {}

  /** Null unless one of these runs it. */
  async byId(id: string, merchantIds: readonly string[]): Promise<RunCounter | null> {
    if (!isId('chp', id)) return null;
    const [counter] = await this.read('AND c.channel_point_id = ?', merchantIds, [id]);
    return counter ?? null;
  }

  /** In the order of their ids; with `id`, that one alone. */
  async page(
    merchantId: string,
    id: string | null,
    { first, after }: PageRequest,
  ): Promise<Page<RunCounter>> {
    if (id !== null) {
      const counter = await this.byId(id, [merchantId]);
      return pageOf(counter ? [counter] : [], first, () => [id]);
    }
    const where = 'AND c.channel_point_id > ? ORDER BY c.channel_point_id LIMIT ?';
    const counters = await this.read(where, [merchantId], [after?.[0] ?? '', first + 1]);
    return pageOf(counters, first, (counter) => [counter.id]);
  }

  private async read(
    where: string,
    merchantIds: readonly string[],
    values: readonly SqlValue[],
  ): Promise<RunCounter[]> {
    if (merchantIds.length === 0) return [];
    return this.database.query<RunCounter>(`${SELECT} ${where}`, [merchantIds, ...values]);
  }
}
