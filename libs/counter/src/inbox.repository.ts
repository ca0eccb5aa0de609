import { Injectable } from '@nestjs/common';
import { type IdOf, plus } from '#libs/kernel';
import type { SqlValue, Tx } from '#platform/database';
import type { CabinetCredentialId, CabinetId } from './cabinet.entity.js';
import { MISSED_AFTER_MS } from './command.rules.js';
import type { DropReason, GapState, ParkedMessage, ParkedMessageId } from './message.entity.js';
import type { Span } from './sequence.rules.js';
import type { TemperatureBand } from './telemetry.entity.js';

/** What is known of a cabinet's line when something comes over it; numbers as the driver gives them. */
export interface Line {
  readonly cabinetId: CabinetId;
  readonly bootNo: number | null;
  /** What its own count of starts had come to before it began anew. */
  readonly bootBase: number;
  /** When the credential was issued with which its last heartbeat came; null before the first. */
  readonly heardCredentialAt: Date | null;
  /** The same of what comes now. Of a broker of somebody else's: of the youngest in force. */
  readonly credentialAt: Date;
  readonly clockSkewMs: number | null;
  readonly lastSeenAt: Date | null;
  readonly countyCode: string;
  readonly operatorId: IdOf<'mer'>;
  readonly temperatureBand: TemperatureBand | null;
  readonly thermometerIgnoredUntil: Date | null;
  /** The start that it speaks of; null for one that was never heard of. */
  readonly boot: Boot | null;
}

export interface Boot {
  readonly bootId: string;
  /** Its place among all starts. */
  readonly bootNo: number;
  /** Of its count: see boot.rules. */
  readonly bootBase: number;
  readonly startedAt: Date | null;
  readonly highestSeq: number;
}

export interface LinkChange {
  readonly lastSeenAt: Date;
  readonly bootId?: string;
  readonly bootNo?: number;
  readonly bootBase?: number;
  readonly heardCredentialAt?: Date;
  readonly seq?: number;
  readonly clockSkewMs?: number;
  readonly firmwareVersion?: string;
  readonly configVersion?: string;
}

/** How many gaps of one boot are kept: a line that loses more in pieces is broken, and its cabinet keeps what it cannot deliver. */
export const GAPS_MAX = 200;

@Injectable()
export class InboxRepository {
  /**
   * The lock under which everything that one cabinet says is taken in turn. Null for a cabinet that is not on the register, has been retired,
   * or comes with a credential that is no longer in force; of a broker of somebody else's we know no credential. Only the line is locked, and everything else
   * asked after that in one question: it is asked for each message.
   */
  async lockLine(
    tx: Tx,
    cabinetId: string,
    {
      credentialId,
      bootId,
      now,
    }: {
      readonly credentialId: CabinetCredentialId | null;
      /** Null of what makes no sense. */
      readonly bootId: string | null;
      readonly now: Date;
    },
  ): Promise<Line | null> {
    const [line] = await tx.query<{
      bootNo: number | null;
      bootBase: number;
      heardCredentialAt: Date | null;
      clockSkewMs: string | null;
      lastSeenAt: Date | null;
    }>(
      `SELECT boot_no AS bootNo, boot_base AS bootBase, heard_credential_at AS heardCredentialAt, clock_skew_ms AS clockSkewMs,
         last_seen_at AS lastSeenAt FROM cabinet_link
       WHERE cabinet_id = ? FOR UPDATE`,
      [cabinetId],
    );
    const [cabinet] = await tx.query<
      Pick<
        Line,
        | 'cabinetId'
        | 'countyCode'
        | 'operatorId'
        | 'temperatureBand'
        | 'thermometerIgnoredUntil'
        | 'credentialAt'
      > & {
        knownNo: number | null;
        knownBase: number;
        startedAt: Date | null;
        highestSeq: string;
      }
    >(
      `SELECT c.id AS cabinetId, c.county_code AS countyCode, c.operator_id AS operatorId, s.temperature_band AS temperatureBand,
         s.thermometer_ignored_until AS thermometerIgnoredUntil, k.issued_at AS credentialAt, b.boot_no AS knownNo, b.boot_base AS knownBase,
         b.started_at AS startedAt, b.highest_seq AS highestSeq
       FROM cabinet c JOIN cabinet_credential k ON k.cabinet_id = c.id LEFT JOIN cabinet_setting s ON s.cabinet_id = c.id
       LEFT JOIN cabinet_boot b ON b.cabinet_id = c.id AND b.boot_id = ?
       WHERE c.id = ? AND c.state = 'ACTIVE' AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ?)
       ${credentialId === null ? '' : 'AND k.id = ?'} ORDER BY k.id DESC LIMIT 1`,
      [bootId ?? '', cabinetId, now, ...(credentialId === null ? [] : [credentialId])],
    );
    if (!line || !cabinet) return null;
    const { knownNo, knownBase, startedAt, highestSeq, ...rest } = cabinet;
    return {
      ...rest,
      ...line,
      clockSkewMs: line.clockSkewMs === null ? null : Number(line.clockSkewMs),
      boot:
        bootId === null || knownNo === null
          ? null
          : { bootId, bootNo: knownNo, bootBase: knownBase, startedAt, highestSeq: Number(highestSeq) },
    };
  }

  async insertBoot(tx: Tx, cabinetId: CabinetId, boot: Boot, at: Date): Promise<void> {
    await tx.insert('cabinet_boot', [{ cabinetId, ...boot, firstSeenAt: at }]);
  }

  /** The gap that holds a number, whether it is still hoped for or not. */
  async gapHolding(
    tx: Tx,
    cabinetId: CabinetId,
    bootId: string,
    seq: number,
  ): Promise<(Span & { state: GapState }) | null> {
    const [gap] = await tx.query<{ fromSeq: string; toSeq: string; state: GapState }>(
      `SELECT from_seq AS fromSeq, to_seq AS toSeq, state FROM cabinet_gap
       WHERE cabinet_id = ? AND boot_id = ? AND from_seq <= ? AND to_seq >= ?`,
      [cabinetId, bootId, seq, seq],
    );
    return gap ? { fromSeq: Number(gap.fromSeq), toSeq: Number(gap.toSeq), state: gap.state } : null;
  }

  async countGaps(tx: Tx, cabinetId: CabinetId, bootId: string): Promise<number> {
    const [row] = await tx.query<{ n: string }>(
      'SELECT COUNT(*) AS n FROM cabinet_gap WHERE cabinet_id = ? AND boot_id = ?',
      [cabinetId, bootId],
    );
    return Number(row?.n ?? 0);
  }

  async insertGaps(
    tx: Tx,
    cabinetId: CabinetId,
    bootId: string,
    spans: readonly Span[],
    { state, at }: { readonly state: GapState; readonly at: Date },
  ): Promise<void> {
    await tx.insert(
      'cabinet_gap',
      spans.map(({ fromSeq, toSeq }) => ({
        cabinetId,
        bootId,
        fromSeq,
        toSeq,
        state,
        foundAt: at,
        askAt: plus(at, MISSED_AFTER_MS),
        askedCount: 0,
      })),
    );
  }

  async deleteGap(tx: Tx, cabinetId: CabinetId, bootId: string, { fromSeq }: Span): Promise<void> {
    await tx.write('DELETE FROM cabinet_gap WHERE cabinet_id = ? AND boot_id = ? AND from_seq = ?', [
      cabinetId,
      bootId,
      fromSeq,
    ]);
  }

  async insertMessage(tx: Tx, message: Readonly<Record<string, SqlValue>>): Promise<void> {
    await tx.insert('cabinet_message', [message]);
  }

  /** Unless a later one is known already: what is told late is older. */
  async keepReading(
    tx: Tx,
    cabinetId: CabinetId,
    takenAt: Date,
    reading: {
      readonly deciCelsius: number | null;
      readonly isDoorOpen: boolean;
      readonly isMainsOn: boolean;
      readonly signalDbm: number | null;
    },
  ): Promise<void> {
    const { deciCelsius, isDoorOpen, isMainsOn, signalDbm } = reading;
    // In this order: what an assignment reads is what those before it have left.
    await tx.write(
      `INSERT INTO cabinet_reading (cabinet_id, taken_at, deci_celsius, is_door_open, is_mains_on, signal_dbm) VALUES (?, ?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE deci_celsius = IF(VALUES(taken_at) >= taken_at, VALUES(deci_celsius), deci_celsius),
         is_door_open = IF(VALUES(taken_at) >= taken_at, VALUES(is_door_open), is_door_open),
         is_mains_on = IF(VALUES(taken_at) >= taken_at, VALUES(is_mains_on), is_mains_on),
         signal_dbm = IF(VALUES(taken_at) >= taken_at, VALUES(signal_dbm), signal_dbm),
         taken_at = GREATEST(taken_at, VALUES(taken_at))`,
      [cabinetId, takenAt, deciCelsius, isDoorOpen, isMainsOn, signalDbm],
    );
  }

  /** What is not said of it stays as it is. */
  async changeLink(
    tx: Tx,
    cabinetId: CabinetId,
    change: LinkChange,
    /** What has changed of its boot goes with it, in one statement. */
    boot: Omit<Boot, 'bootNo' | 'bootBase'> | null = null,
  ): Promise<void> {
    await tx.write(
      `UPDATE cabinet_link l ${boot ? 'JOIN cabinet_boot b ON b.cabinet_id = l.cabinet_id AND b.boot_id = ?' : ''}
       SET l.last_seen_at = ?, l.boot_id = COALESCE(?, l.boot_id), l.boot_no = COALESCE(?, l.boot_no), l.boot_base = COALESCE(?, l.boot_base),
         l.heard_credential_at = COALESCE(?, l.heard_credential_at), l.seq = COALESCE(?, l.seq), l.clock_skew_ms = COALESCE(?, l.clock_skew_ms),
         l.firmware_version = COALESCE(?, l.firmware_version), l.config_version = COALESCE(?, l.config_version)
         ${boot ? ', b.started_at = ?, b.highest_seq = ?' : ''} WHERE l.cabinet_id = ?`,
      [
        ...(boot ? [boot.bootId] : []),
        change.lastSeenAt,
        change.bootId ?? null,
        change.bootNo ?? null,
        change.bootBase ?? null,
        change.heardCredentialAt ?? null,
        change.seq ?? null,
        change.clockSkewMs ?? null,
        change.firmwareVersion ?? null,
        change.configVersion ?? null,
        ...(boot ? [boot.startedAt, boot.highestSeq] : []),
        cabinetId,
      ],
    );
  }

  /** The oldest that somebody understands by now. */
  async parkedOf(
    tx: Tx,
    versions: readonly number[],
    limit: number,
  ): Promise<Pick<ParkedMessage, 'id' | 'cabinetId'>[]> {
    return tx.query(
      'SELECT id, cabinet_id AS cabinetId FROM parked_message WHERE version IN (?) ORDER BY id LIMIT ?',
      [versions, limit],
    );
  }

  async parked(tx: Tx, id: ParkedMessageId): Promise<ParkedMessage | null> {
    const [row] = await tx.query<ParkedMessage>(
      'SELECT id, cabinet_id AS cabinetId, version, kind, payload, received_at AS receivedAt FROM parked_message WHERE id = ?',
      [id],
    );
    return row ?? null;
  }

  async unpark(tx: Tx, id: ParkedMessageId): Promise<void> {
    await tx.write('DELETE FROM parked_message WHERE id = ?', [id]);
  }

  async countParked(tx: Tx, cabinetId: CabinetId): Promise<number> {
    const [row] = await tx.query<{ n: string }>(
      'SELECT COUNT(*) AS n FROM parked_message WHERE cabinet_id = ?',
      [cabinetId],
    );
    return Number(row?.n ?? 0);
  }

  async park(tx: Tx, { id, cabinetId, version, kind, payload, receivedAt }: ParkedMessage): Promise<void> {
    await tx.insert('parked_message', [{ id, cabinetId, version, kind, payload, receivedAt }]);
  }

  async drop(
    tx: Tx,
    cabinetId: CabinetId,
    {
      day,
      reason,
      at,
      kind,
      detail,
    }: { day: string; reason: DropReason; at: Date; kind: string; detail: string },
  ): Promise<void> {
    await tx.write(
      `INSERT INTO cabinet_drop (cabinet_id, day, reason, dropped_count, last_at, last_kind, last_detail) VALUES (?, ?, ?, 1, ?, ?, ?)
       ON DUPLICATE KEY UPDATE dropped_count = dropped_count + 1, last_at = VALUES(last_at), last_kind = VALUES(last_kind),
         last_detail = VALUES(last_detail)`,
      [cabinetId, day, reason, at, kind, detail],
    );
  }
}
