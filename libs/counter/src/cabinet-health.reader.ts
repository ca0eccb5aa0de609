import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { Clock, type IdOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import { type LinkState, linkStateOf } from './cabinet.rules.js';
import { type SaleStop, SaleStopReader } from './sale-stop.reader.js';

/** How a cabinet that stands is, in a few words. */
export interface CabinetHealthRow {
  readonly cabinetId: CabinetId;
  readonly channelPointId: IdOf<'chp'>;
  readonly operatorId: IdOf<'mer'>;
  readonly registeredAt: Date;
  readonly lastSeenAt: Date | null;
  readonly link: LinkState;
  readonly stop: SaleStop | null;
  readonly slotCount: number;
  readonly lockedSlotCount: number;
  /** Open ones that want somebody: critical, or a warning. */
  readonly alarmCount: number;
}

/** How many cabinets say that they have which versions, and how many of them are meant to have others. */
export interface VersionCount {
  readonly firmwareVersion: string | null;
  readonly configVersion: string | null;
  readonly cabinetCount: number;
  readonly driftingCount: number;
}

/** Versions that are in use side by side; the rest nobody looks after. */
const VERSIONS_MAX = 100;

type Counted = Readonly<Record<'cabinetId' | 'n', string>>;
const countsOf = (rows: readonly Counted[]) =>
  new Map(rows.map(({ cabinetId, n }) => [cabinetId, Number(n)]));

/** How cabinets are, for whoever looks at all of them at once: five questions, however many there are. */
@Injectable()
export class CabinetHealthReader {
  constructor(
    private readonly database: Database,
    private readonly saleStops: SaleStopReader,
    private readonly clock: Clock,
  ) {}

  /** Those that stand at these places now. */
  async standingAt(channelPointIds: readonly string[]): Promise<CabinetHealthRow[]> {
    if (channelPointIds.length === 0) return [];
    const cabinets = await this.database.query<
      Omit<CabinetHealthRow, 'link' | 'stop' | 'slotCount' | 'lockedSlotCount' | 'alarmCount'> & {
        connectedAt: Date | null;
      }
    >(
      `SELECT c.id AS cabinetId, c.channel_point_id AS channelPointId, c.operator_id AS operatorId, c.registered_at AS registeredAt,
         l.connected_at AS connectedAt, l.last_seen_at AS lastSeenAt FROM cabinet c JOIN cabinet_link l ON l.cabinet_id = c.id
       WHERE c.active_point_id IN (?) ORDER BY c.id`,
      [channelPointIds],
    );
    const ids = cabinets.map(({ cabinetId }) => cabinetId);
    if (ids.length === 0) return [];
    const slots = countsOf(
      await this.database.query<Counted>(
        'SELECT cabinet_id AS cabinetId, COUNT(*) AS n FROM cabinet_slot WHERE cabinet_id IN (?) GROUP BY cabinet_id',
        [ids],
      ),
    );
    const locked = countsOf(
      await this.database.query<Counted>(
        `SELECT cabinet_id AS cabinetId, COUNT(DISTINCT open_slot_code) AS n FROM slot_lock
         WHERE cabinet_id IN (?) AND open_slot_code IS NOT NULL GROUP BY cabinet_id`,
        [ids],
      ),
    );
    const wanting = countsOf(
      await this.database.query<Counted>(
        `SELECT open_cabinet_id AS cabinetId, COUNT(*) AS n FROM cabinet_alarm
         WHERE open_cabinet_id IN (?) AND severity <> 'NOTICE' GROUP BY open_cabinet_id`,
        [ids],
      ),
    );
    const stops = await this.saleStops.ofMany(ids);
    const now = this.clock.now();
    return cabinets.map(({ connectedAt, ...cabinet }) => {
      const { cabinetId } = cabinet;
      return {
        ...cabinet,
        link: linkStateOf({ connectedAt, lastSeenAt: cabinet.lastSeenAt }, now),
        stop: stops.get(cabinetId) ?? null,
        slotCount: slots.get(cabinetId) ?? 0,
        lockedSlotCount: locked.get(cabinetId) ?? 0,
        alarmCount: wanting.get(cabinetId) ?? 0,
      };
    });
  }

  /** Within divisions: what is most common first. */
  async versions(scope: readonly string[] | 'ALL'): Promise<VersionCount[]> {
    const { sql, values } = withinScope('c.county_code', scope);
    const rows = await this.database.query<
      Pick<VersionCount, 'firmwareVersion' | 'configVersion'> & {
        cabinetCount: string;
        driftingCount: string;
      }
    >(
      `SELECT l.firmware_version AS firmwareVersion, l.config_version AS configVersion, COUNT(*) AS cabinetCount,
         SUM((s.firmware_version IS NOT NULL AND NOT (s.firmware_version <=> l.firmware_version))
           OR (s.config_version IS NOT NULL AND NOT (s.config_version <=> l.config_version))) AS driftingCount
       FROM cabinet c JOIN cabinet_link l ON l.cabinet_id = c.id LEFT JOIN cabinet_setting s ON s.cabinet_id = c.id
       WHERE c.state = 'ACTIVE' AND ${sql}
       GROUP BY l.firmware_version, l.config_version ORDER BY cabinetCount DESC, firmwareVersion, configVersion LIMIT ?`,
      [...values, VERSIONS_MAX],
    );
    return rows.map(({ cabinetCount, driftingCount, ...row }) => ({
      ...row,
      cabinetCount: Number(cabinetCount),
      driftingCount: Number(driftingCount ?? 0),
    }));
  }
}
