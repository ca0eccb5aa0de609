import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { CampaignFacts } from './campaign.rules.js';

/** Columns in a page's sort key, for `pageRequest`. */
export const CAMPAIGN_KEY_PARTS = 1;

/** A few campaigns run at a time; past this somebody has made a mistake. */
const RUNNING_MAX = 50;

const SELECT = 'SELECT code, name, starts_on AS startsOn, ends_on AS endsOn FROM campaign';

@Injectable()
export class CampaignReader {
  constructor(private readonly database: Database) {}

  async isRunning(code: string, day: string): Promise<boolean> {
    const rows = await this.database.query(
      'SELECT 1 FROM campaign WHERE code = ? AND starts_on <= ? AND ends_on >= ?',
      [code, day, day],
    );
    return rows.length > 0;
  }

  /** Those of a day, the one that ends first in front. */
  running(day: string): Promise<CampaignFacts[]> {
    return this.database.query(
      `${SELECT} WHERE starts_on <= ? AND ends_on >= ? ORDER BY ends_on, code LIMIT ?`,
      [day, day, RUNNING_MAX],
    );
  }

  /** All of them, by code. */
  async page({ first, after }: PageRequest): Promise<Page<CampaignFacts>> {
    const [last = ''] = after ?? [];
    const rows = await this.database.query<CampaignFacts>(`${SELECT} WHERE code > ? ORDER BY code LIMIT ?`, [
      last,
      first + 1,
    ]);
    return pageOf(rows, first, ({ code }) => [code]);
  }
}
