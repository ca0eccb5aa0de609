import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, plus } from '#libs/kernel';
import { Config } from '#platform/config';
import { Database } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import { SILENT_AFTER_MS } from './cabinet.rules.js';
import {
  type KioskCode,
  type KioskCodeKind,
  issueCode,
  readCode,
  shownAtOf,
  wasShown,
} from './kiosk-code.rules.js';

const NONCE_BYTES = 6;

/** What the screens of cabinets show for buyers to scan, and what those who have scanned hold. */
@Injectable()
export class KioskCodeService {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  issue(kind: KioskCodeKind, cabinetId: CabinetId): KioskCode {
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    return issueCode(this.config.authSecret, kind, cabinetId, { now: this.clock.now(), nonce });
  }

  /** What a phone opens that reads it from a screen: the shop's page for it. */
  linkOf(code: string): string {
    return `${this.config.publicUrl}/scan/${code}`;
  }

  /** Null for what is over, forged, or of another kind. */
  read(kind: KioskCodeKind, code: string) {
    return readCode(this.config.authSecret, kind, code, this.clock.now());
  }

  /** At which cabinet a visit is or was; null for what is forged, or no visit. */
  visited(code: string): CabinetId | null {
    return readCode(this.config.authSecret, 'VISIT', code, new Date(0))?.cabinetId ?? null;
  }

  /** A screen's code that somebody has read between two instants, however long ago; null for what is forged, or was shown at another time. When it was shown first. */
  seen(
    code: string,
    from: Date,
    until: Date,
  ): { readonly cabinetId: CabinetId; readonly shownAt: Date } | null {
    const read = readCode(this.config.authSecret, 'SCAN', code, new Date(0));
    if (!read || !wasShown(read.expiresAt, from, until)) return null;
    return { cabinetId: read.cabinetId, shownAt: shownAtOf(read.expiresAt) };
  }

  /** Who is told now: whoever is in, or, where only the broker knows, whoever was heard lately. */
  async audience(connected: readonly string[] | null): Promise<CabinetId[]> {
    if (connected?.length === 0) return [];
    const since = plus(this.clock.now(), -SILENT_AFTER_MS);
    const rows = await this.database.query<{ id: CabinetId }>(
      `SELECT c.id FROM cabinet c JOIN cabinet_link l ON l.cabinet_id = c.id
       WHERE c.state = 'ACTIVE' AND ${connected === null ? 'l.last_seen_at >= ?' : 'c.id IN (?)'}`,
      [connected ?? since],
    );
    return rows.map(({ id }) => id);
  }
}
