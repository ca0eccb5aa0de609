import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#platform/database';
import type { CalendarDayKind } from './calendar-day.entity.js';
import type { WorkingCalendar } from './calendar.rules.js';

/** Some forty days a year; the latest are the ones that are asked for. */
const DAYS_MAX = 2_000;

@Injectable()
export class CalendarReader {
  constructor(private readonly database: Database) {}

  async workingCalendar(on: Pick<Tx, 'query'> = this.database): Promise<WorkingCalendar> {
    const rows = await on.query<{ day: string; kind: CalendarDayKind }>(
      'SELECT day, kind FROM calendar_day ORDER BY day DESC LIMIT ?',
      [DAYS_MAX],
    );
    return new Map(rows.map(({ day, kind }) => [day, kind]));
  }
}
