import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#platform/database';

@Injectable()
export class TrayDriftReader {
  constructor(private readonly database: Database) {}

  /** Trays whose scales say that they cannot be believed. */
  async of(cabinetId: string, on: Pick<Tx, 'query'> = this.database): Promise<string[]> {
    const rows = await on.query<{ slotCode: string }>(
      "SELECT slot_code AS slotCode FROM cabinet_alarm WHERE open_cabinet_id = ? AND kind = 'TRAY_DRIFT' AND ended_at IS NULL",
      [cabinetId],
    );
    return rows.map(({ slotCode }) => slotCode);
  }
}
