import { Injectable } from '@nestjs/common';
import { CalendarReader, type WorkingCalendar } from '#libs/division';
import { Clock, HOUR_MS } from '#libs/kernel';
import { Database } from '#platform/database';
import { DISPATCH_DAYS_USUAL, promisedDispatch } from './dispatch-term.rules.js';

/** Holidays are announced weeks before; a process that has read them need not ask again with every order. */
const CALENDAR_KEPT_MS = HOUR_MS;

@Injectable()
export class DispatchTermReader {
  private kept: { readonly calendar: WorkingCalendar; readonly readAt: Date } | null = null;

  constructor(
    private readonly database: Database,
    private readonly calendars: CalendarReader,
    private readonly clock: Clock,
  ) {}

  /** Working days by merchant; of those who have said nothing, the usual ones. */
  async daysOf(merchantIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (merchantIds.length === 0) return new Map();
    const rows = await this.database.query<{ merchantId: string; days: number }>(
      'SELECT merchant_id AS merchantId, days FROM dispatch_term WHERE merchant_id IN (?)',
      [merchantIds],
    );
    const said = new Map(rows.map(({ merchantId, days }) => [merchantId, days]));
    return new Map(merchantIds.map((id) => [id, said.get(id) ?? DISPATCH_DAYS_USUAL]));
  }

  /** By which day each merchant sends what is ordered, or signed for, at an instant, given within how many working days. */
  async promisedOf(days: ReadonlyMap<string, number>, from: Date): Promise<ReadonlyMap<string, string>> {
    if (days.size === 0) return new Map();
    const calendar = await this.calendar();
    return new Map([...days].map(([id, count]) => [id, promisedDispatch(calendar, from, count)]));
  }

  private async calendar(): Promise<WorkingCalendar> {
    const now = this.clock.now();
    const ageMs = this.kept ? Math.abs(now.getTime() - this.kept.readAt.getTime()) : Infinity;
    if (!this.kept || ageMs > CALENDAR_KEPT_MS)
      this.kept = { calendar: await this.calendars.workingCalendar(), readAt: now };
    return this.kept.calendar;
  }
}
