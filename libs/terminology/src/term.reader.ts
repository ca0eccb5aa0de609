import { Injectable } from '@nestjs/common';
import { Clock, type Message, businessDay, present } from '#libs/kernel';
import { Database } from '#platform/database';
import { type TermKey, TERM_KEYS } from './term.entity.js';
import { type TermRow, termsOn } from './term.rules.js';

/** The ten keys have changed their words once or twice each in ten years. */
const TERMS_MAX = 1_000;

@Injectable()
export class TermReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What something was called on a business day: history keeps its old words. Before the first known word, that one. */
  async termOn(key: TermKey, day: string): Promise<Message> {
    return present((await this.termsOn(day, [key]))[0], key);
  }

  /** One word per key; without a day, today's. */
  async termsOn(
    day: string = businessDay(this.clock.now()),
    keys: readonly TermKey[] = TERM_KEYS,
  ): Promise<TermRow[]> {
    const rows = await this.database.query<TermRow>(
      `SELECT term_key AS \`key\`, starts_on AS startsOn, ends_before AS endsBefore, zh, en
       FROM term WHERE term_key IN (?) ORDER BY term_key, starts_on LIMIT ?`,
      [keys, TERMS_MAX],
    );
    return termsOn(rows, day, keys);
  }
}
