import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, NotFound } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { VolumeClose } from './month-close.entity.js';
import { MonthCloseRepository } from './month-close.repository.js';
import { cellText, nextToFreeze } from './month-close.rules.js';

export interface FrozenVerdict {
  readonly month: string;
  /** The frozen figures are what was hashed when the month was locked. */
  readonly isIntact: boolean;
  /** Rollups that no longer add up to them. */
  readonly disagreeing: readonly string[];
}

/** Freezes the figures of a month that takes nothing more: a day at a time, from its facts, then compared, hashed and locked. */
@Injectable()
export class MonthFreezeService {
  constructor(
    private readonly database: Database,
    private readonly closes: MonthCloseRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * One step of one month, in one transaction: whoever dies takes only that step along, and the next one begins where the last was
   * committed. Returns 0 where there is nothing to do, or nothing to do yet: facts wait for a rollup, or the figures disagree, which the
   * month then says.
   */
  advance(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const close = await this.closes.lockLocking(tx);
      if (!close) return 0;
      const day = nextToFreeze(close);
      if (day !== null) {
        await this.closes.freezeDay(tx, close.month, day);
        return 1;
      }
      return (await this.finish(tx, close)) ? 1 : 0;
    });
  }

  /** Whether a locked month still is what it was locked as: its hash again, and the rollups against it. */
  verify(month: string): Promise<FrozenVerdict> {
    return this.database.transaction(async (tx) => {
      const close = await this.closes.lock(tx, month);
      if (!close || close.contentHash === null) throw new NotFound('Month', month);
      return {
        month,
        isIntact: (await this.hash(tx, month)) === close.contentHash,
        disagreeing: await this.closes.disagreeing(tx, month),
      };
    });
  }

  /** The figures are compared with a second count of the facts and with every rollup, to the fen, before anybody may rely on them. */
  private async finish(tx: Tx, close: VolumeClose): Promise<boolean> {
    const { month } = close;
    if ((await this.closes.waitingCount(tx, month)) > 0) return false;
    const { recognisedFen, certifiedFen, factCount } = await this.closes.frozenTotals(tx, month);
    const isOfTheFacts = factCount === close.frozenCount && recognisedFen === close.frozenRecognisedFen;
    const disagreeing = [
      ...(isOfTheFacts ? [] : ['volume_fact']),
      ...(await this.closes.disagreeing(tx, month)),
    ].join(',');
    if (disagreeing !== '') {
      // Looked at again every few seconds, until somebody has made the rollups again; written down once.
      if (disagreeing !== close.disagreeing) await this.closes.noteDisagreeing(tx, month, disagreeing);
      return false;
    }

    const contentHash = await this.hash(tx, month);
    const step = { actorId: null, at: this.clock.now() };
    const figures = { recognisedFen, certifiedFen, contentHash };
    await this.closes.move(tx, month, 'LOCKED', step, { ...figures, disagreeing: '' });
    await this.audit.record(tx, {
      actorId: null,
      act: 'month_close.moved',
      subject: month,
      divisionCode: await this.closes.registerDivision(tx),
      detail: { state: 'LOCKED', contentHash, recognisedFen: String(recognisedFen) },
    });
    return true;
  }

  /** County by county, so that memory holds one county's cells. */
  private async hash(tx: Tx, month: string): Promise<string> {
    const hash = createHash('sha256').update(`${month}\n`);
    for (const county of await this.closes.frozenCounties(tx, month))
      for (const cell of await this.closes.cells(tx, month, county)) hash.update(cellText(cell));
    return hash.digest('hex');
  }
}
