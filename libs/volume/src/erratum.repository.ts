import { Injectable } from '@nestjs/common';
import { prefixOf } from '#libs/division';
import { type Fen, type FenText, type IdOf, fen, present } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { type ErratumId, type ErratumMeasure, VolumeErratum } from './erratum.entity.js';
import { type CorrectingFact, isOverlapping } from './erratum.rules.js';
import { ROLLUP_MEASURES, type RollupMeasure } from './volume-rollup.rules.js';

function columnOf(measure: ErratumMeasure): RollupMeasure {
  return `${measure.toLowerCase() as Lowercase<ErratumMeasure>}_fen`;
}

export interface OpenErratum extends Pick<
  VolumeErratum,
  'id' | 'divisionCode' | 'correctFen' | 'reason' | 'proposedBy' | 'approvalRequestId'
> {
  readonly factIds: readonly string[];
}

@Injectable()
export class ErratumRepository {
  /** Of a locked month; what had no cell was nought. */
  async publishedFen(tx: Tx, month: string, division: string, measure: ErratumMeasure): Promise<Fen> {
    const [row] = await tx.query<{ sum: FenText }>(
      `SELECT COALESCE(SUM(${columnOf(measure)}), 0) AS sum FROM volume_month_frozen
       WHERE month = ? AND origin_county_code LIKE ?`,
      [month, `${prefixOf(division)}%`],
    );
    return fen(present(row, 'a sum').sum);
  }

  async facts(tx: Tx, ids: readonly string[], measure: ErratumMeasure): Promise<CorrectingFact[]> {
    if (ids.length === 0) return [];
    const rows = await tx.query<Omit<CorrectingFact, 'amountFen'> & { amountFen: FenText }>(
      `SELECT f.id, f.event_at AS eventAt, f.event_day AS eventDay, f.origin_day AS originDay,
         f.origin_county_code AS originCountyCode, ${ROLLUP_MEASURES[columnOf(measure)]} AS amountFen
       FROM volume_fact f WHERE f.id IN (?)`,
      [ids],
    );
    return rows.map((row) => ({ ...row, amountFen: fen(row.amountFen) }));
  }

  /** What waits of the same measure and of sales that this one would be about as well. */
  async open(
    tx: Tx,
    { month, measure, divisionCode }: Pick<VolumeErratum, 'month' | 'measure' | 'divisionCode'>,
  ): Promise<OpenErratum | null> {
    const waiting = await tx.manager.find(VolumeErratum, { where: { month, measure, state: 'PROPOSED' } });
    const erratum = waiting.find((each) => isOverlapping(each.divisionCode, divisionCode));
    if (!erratum) return null;
    const { id, divisionCode: of, correctFen, reason, proposedBy, approvalRequestId } = erratum;
    const factIds = await this.factIds(tx, id);
    return { id, divisionCode: of, correctFen, reason, proposedBy, approvalRequestId, factIds };
  }

  /** What published notices of the same measure name of this division's sales. */
  async namedBefore(
    tx: Tx,
    { month, measure, divisionCode }: Pick<VolumeErratum, 'month' | 'measure' | 'divisionCode'>,
  ): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT DISTINCT n.fact_id AS id FROM volume_erratum e JOIN volume_erratum_fact n ON n.erratum_id = e.id
       JOIN volume_fact f ON f.id = n.fact_id
       WHERE e.month = ? AND e.measure = ? AND e.state = 'PUBLISHED' AND f.origin_county_code LIKE ? ORDER BY n.fact_id`,
      [month, measure, `${prefixOf(divisionCode)}%`],
    );
    return rows.map(({ id }) => id);
  }

  async numbered(tx: Tx, month: string): Promise<number> {
    const [row] = await tx.query<{ n: number | null }>(
      'SELECT MAX(number) AS n FROM volume_erratum WHERE month = ?',
      [month],
    );
    return row?.n ?? 0;
  }

  async insert(tx: Tx, erratum: VolumeErratum, factIds: readonly string[]): Promise<void> {
    await tx.manager.insert(VolumeErratum, erratum);
    await tx.insert(
      'volume_erratum_fact',
      factIds.map((factId) => ({ erratumId: erratum.id, factId })),
    );
  }

  monthOf(tx: Tx, id: string): Promise<Pick<VolumeErratum, 'month'> | null> {
    return tx.manager.findOne(VolumeErratum, { where: { id: id as ErratumId }, select: { month: true } });
  }

  lock(tx: Tx, id: string): Promise<VolumeErratum | null> {
    return tx.manager.findOne(VolumeErratum, {
      where: { id: id as ErratumId },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async decide(
    tx: Tx,
    id: ErratumId,
    state: VolumeErratum['state'],
    number: number | null,
    { userId: decidedBy, at: decidedAt }: { readonly userId: IdOf<'usr'>; readonly at: Date },
  ): Promise<void> {
    await tx.manager.update(VolumeErratum, { id }, { state, number, decidedBy, decidedAt });
  }

  async factIds(tx: Tx, id: ErratumId): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      'SELECT fact_id AS id FROM volume_erratum_fact WHERE erratum_id = ? ORDER BY fact_id',
      [id],
    );
    return rows.map((row) => row.id);
  }
}
