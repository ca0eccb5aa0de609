import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import type { MovementKind } from '#libs/payment';
import { Database, type SqlValue } from '#platform/database';
import type { ProviderDayRow } from './provider-movement.entity.js';
import type { DaySum, MovementRow } from './provider-money.rules.js';

type DayFigure = Exclude<keyof ProviderDayRow, 'day' | 'computedAt'>;
type RawDay = Pick<ProviderDayRow, 'day' | 'computedAt'> & { readonly [K in DayFigure]: FenText };

const SELECT = `SELECT ref, kind, provider_type AS providerType, subject_ref AS subjectRef, gross_fen AS gross, fee_fen AS fee,
  created_at AS createdAt, day FROM provider_movement`;

const SELECT_DAYS = `SELECT day, opening_fen AS openingFen, captured_fen AS capturedFen, refunded_fen AS refundedFen,
  disputed_fen AS disputedFen, transferred_fen AS transferredFen, bank_fen AS bankFen, other_fen AS otherFen, fee_fen AS feeFen,
  closing_fen AS closingFen, booked_fen AS bookedFen, timing_fen AS timingFen, computed_at AS computedAt FROM provider_day`;

function dayOf(raw: RawDay): ProviderDayRow {
  return {
    day: raw.day,
    computedAt: raw.computedAt,
    openingFen: fen(raw.openingFen),
    capturedFen: fen(raw.capturedFen),
    refundedFen: fen(raw.refundedFen),
    disputedFen: fen(raw.disputedFen),
    transferredFen: fen(raw.transferredFen),
    bankFen: fen(raw.bankFen),
    otherFen: fen(raw.otherFen),
    feeFen: fen(raw.feeFen),
    closingFen: fen(raw.closingFen),
    bookedFen: fen(raw.bookedFen),
    timingFen: fen(raw.timingFen),
  };
}

@Injectable()
export class ProviderMovementReader {
  constructor(private readonly database: Database) {}

  /** When the latest known movement was made; null before the first. */
  async latestAt(): Promise<Date | null> {
    const [row] = await this.database.query<{ at: Date | null }>(
      'SELECT MAX(created_at) AS at FROM provider_movement',
    );
    return row?.at ?? null;
  }

  /** Those that the books do not have yet, in the order of their names. */
  async openAfter(ref: string, limit: number): Promise<MovementRow[]> {
    return this.read('WHERE matched_at IS NULL AND ref > ? ORDER BY ref LIMIT ?', [ref, limit]);
  }

  /** Of these subjects, whatever has become of them. */
  async ofSubjects(subjectRefs: readonly string[]): Promise<MovementRow[]> {
    return subjectRefs.length === 0 ? [] : this.read('WHERE subject_ref IN (?) ORDER BY ref', [subjectRefs]);
  }

  /** Which movement each of these journals stands for; those that stand for none are left out. */
  async matchesOf(journalIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (journalIds.length === 0) return new Map();
    const rows = await this.database.query<{ journalId: string; ref: string }>(
      'SELECT journal_id AS journalId, movement_ref AS ref FROM provider_match WHERE journal_id IN (?)',
      [journalIds],
    );
    return new Map(rows.map(({ journalId, ref }) => [journalId, ref]));
  }

  /** Of the movements since then that should have been matched by now, how many are. */
  async completeness(since: Date, dueBefore: Date): Promise<{ due: number; matched: number }> {
    const [row] = await this.database.query<{ due: string; matched: string | null }>(
      `SELECT COUNT(*) AS due, SUM(matched_at IS NOT NULL) AS matched FROM provider_movement
       WHERE created_at >= ? AND (matched_at IS NOT NULL OR created_at < ?)`,
      [since, dueBefore],
    );
    return { due: Number(row?.due ?? 0), matched: Number(row?.matched ?? 0) };
  }

  async sumsOfDay(day: string): Promise<DaySum[]> {
    const rows = await this.database.query<{ kind: MovementKind; gross: FenText; fee: FenText }>(
      'SELECT kind, SUM(gross_fen) AS gross, SUM(fee_fen) AS fee FROM provider_movement WHERE day = ? GROUP BY kind',
      [day],
    );
    return rows.map(({ kind, gross, fee }) => ({ kind, grossFen: fen(gross), feeFen: fen(fee) }));
  }

  /** Of a day's movements, what the books have on other days or never needed to have, less what they have on it of other days. */
  async timingOfDay(day: string): Promise<Fen> {
    const [row] = await this.database.query<{ timing: FenText }>(
      `SELECT COALESCE((SELECT SUM(amount_fen) FROM provider_match WHERE movement_day = ? AND journal_day <> ?), 0)
         - COALESCE((SELECT SUM(amount_fen) FROM provider_match WHERE journal_day = ? AND movement_day <> ?), 0)
         + COALESCE((SELECT SUM(gross_fen - fee_fen) FROM provider_movement
                     WHERE day = ? AND matched_at IS NOT NULL AND booked_fen = 0), 0) AS timing`,
      [day, day, day, day, day],
    );
    return fen(row?.timing ?? '0');
  }

  /** The first day of all, and every day after one on which something moved or was booked. */
  async dayAfter(day: string): Promise<string | null> {
    const [row] = await this.database.query<{ day: string | null }>(
      `SELECT MIN(day) AS day FROM (
         (SELECT day FROM provider_movement WHERE day > ? ORDER BY day LIMIT 1)
         UNION ALL (SELECT journal_day FROM provider_match WHERE journal_day > ? ORDER BY journal_day LIMIT 1)
       ) AS next`,
      [day, day],
    );
    return row?.day ?? null;
  }

  /** The last computed day before this one. */
  async dayBefore(day: string): Promise<ProviderDayRow | null> {
    const [row] = await this.database.query<RawDay>(
      `${SELECT_DAYS} WHERE day < ? ORDER BY day DESC LIMIT 1`,
      [day],
    );
    return row ? dayOf(row) : null;
  }

  /** All movements together: the last closing, and what has moved since. */
  async sumFen(): Promise<Fen> {
    const last = await this.dayBefore('9999-12-31');
    const [row] = await this.database.query<{ net: FenText }>(
      'SELECT COALESCE(SUM(gross_fen - fee_fen), 0) AS net FROM provider_movement WHERE day > ?',
      [last?.day ?? '1970-01-01'],
    );
    return (last?.closingFen ?? 0n) + fen(row?.net ?? '0');
  }

  /** The latest first. */
  async days({ first, after }: PageRequest): Promise<Page<ProviderDayRow>> {
    const [before = '9999-12-31'] = after ?? [];
    const rows = await this.database.query<RawDay>(`${SELECT_DAYS} WHERE day < ? ORDER BY day DESC LIMIT ?`, [
      before,
      first + 1,
    ]);
    return pageOf(rows.map(dayOf), first, ({ day }) => [day]);
  }

  private async read(where: string, values: readonly SqlValue[]): Promise<MovementRow[]> {
    const rows = await this.database.query<
      Omit<MovementRow, 'grossFen' | 'feeFen'> & { readonly gross: FenText; readonly fee: FenText }
    >(`${SELECT} ${where}`, values);
    return rows.map(({ gross, fee, ...row }) => ({ ...row, grossFen: fen(gross), feeFen: fen(fee) }));
  }
}
