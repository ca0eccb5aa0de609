import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { TimeSpan } from './span.rules.js';
import { WIRE_ID } from './wire.entity.js';
import { type Wire, gapOf } from './wire.rules.js';

/** Newest first; a year of a bad month. */
const OUTAGES_SHOWN_MAX = 30;

export interface WireView {
  /** Null where nobody has ever held the lines. */
  readonly isUp: boolean | null;
  /** Since when it is so. */
  readonly since: Date | null;
  readonly outages: readonly TimeSpan[];
}

/** Whether we ourselves can hear cabinets, and when we could not. */
@Injectable()
export class WireReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Null where nobody has ever held the lines. */
  async wire(on: Pick<Tx, 'query'> = this.database): Promise<Wire | null> {
    const [wire] = await on.query<Wire>(
      'SELECT up_at AS upAt, up_since AS upSince FROM cabinet_wire WHERE id = ?',
      [WIRE_ID],
    );
    return wire ?? null;
  }

  /** Those that reach into a span, the one that lasts included: it is noted only when it is over. */
  async outagesIn({ fromAt, toAt }: TimeSpan, on: Pick<Tx, 'query'> = this.database): Promise<TimeSpan[]> {
    const over = await on.query<TimeSpan>(
      `SELECT began_at AS fromAt, ended_at AS toAt FROM wire_outage WHERE began_at < ? AND ended_at > ? ORDER BY began_at`,
      [toAt, fromAt],
    );
    const wire = await this.wire(on);
    const lasting = wire && gapOf(wire, this.clock.now());
    return lasting ? [...over, lasting] : over;
  }

  async view(): Promise<WireView> {
    const wire = await this.wire();
    if (wire === null) return { isUp: null, since: null, outages: [] };
    const outages = await this.database.query<TimeSpan>(
      'SELECT began_at AS fromAt, ended_at AS toAt FROM wire_outage ORDER BY began_at DESC LIMIT ?',
      [OUTAGES_SHOWN_MAX],
    );
    const lasting = gapOf(wire, this.clock.now());
    return { isUp: lasting === null, since: lasting ? wire.upAt : wire.upSince, outages };
  }

  /** For a gauge: how long nobody has held the lines; 0 while somebody does. */
  async downSeconds(): Promise<number> {
    const wire = await this.wire();
    const lasting = wire && gapOf(wire, this.clock.now());
    return lasting ? Math.round((lasting.toAt.getTime() - lasting.fromAt.getTime()) / 1_000) : 0;
  }
}
