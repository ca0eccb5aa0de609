import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#platform/database';

/** Why a whole cabinet is to sell nothing. LOCKED: somebody has stopped it from afar. ALARM: its mains are off, or its door was forced. */
export type SaleStop = 'LOCKED' | 'ALARM';

@Injectable()
export class SaleStopReader {
  constructor(private readonly database: Database) {}

  /** Null where it may sell. */
  async of(cabinetId: string, on: Pick<Tx, 'query'> = this.database): Promise<SaleStop | null> {
    return (await this.ofMany([cabinetId], on)).get(cabinetId) ?? null;
  }

  /**
   * Of those that may not sell. A LOCK holds from when it is asked for, heard or not, unless the cabinet says that it could not; it ends when the cabinet says that it has
   * done an UNLOCK. Nothing is sold by a machine that may not obey.
   */
  async ofMany(
    cabinetIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<ReadonlyMap<string, SaleStop>> {
    if (cabinetIds.length === 0) return new Map();
    const rows = await on.query<{ cabinetId: string; stop: SaleStop }>(
      `SELECT open_cabinet_id AS cabinetId, 'ALARM' AS stop FROM cabinet_alarm
       WHERE open_cabinet_id IN (?) AND (kind = 'TAMPER' OR kind = 'POWER_LOST' AND ended_at IS NULL)
       UNION ALL SELECT cabinetId, 'LOCKED' FROM (
         SELECT cabinet_id AS cabinetId, kind, ROW_NUMBER() OVER (PARTITION BY cabinet_id ORDER BY id DESC) AS place FROM cabinet_command
         WHERE cabinet_id IN (?) AND (kind = 'LOCK' AND state <> 'FAILED' OR kind = 'UNLOCK' AND state = 'DONE')) told
       WHERE place = 1 AND kind = 'LOCK' ORDER BY stop`,
      // Of a cabinet with both the last stands: what somebody has decided goes before what the machine says.
      [cabinetIds, cabinetIds],
    );
    return new Map(rows.map(({ cabinetId, stop }) => [cabinetId, stop]));
  }
}
