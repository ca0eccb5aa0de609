import { Injectable } from '@nestjs/common';
import type { SqlValue, Tx } from '#platform/database';
import type { DivisionFacts } from './division.entity.js';

@Injectable()
export class DivisionRepository {
  /** What is on file already takes the new facts; nothing is deleted, because old records name old places. */
  async upsert(tx: Tx, divisions: readonly DivisionFacts[]): Promise<void> {
    if (divisions.length === 0) return;
    const rows: SqlValue[] = divisions.map((division) => [
      division.code,
      division.parentCode,
      division.level,
      division.name,
      division.isDesignated,
      division.longitude,
      division.latitude,
    ]);
    await tx.write(
      `INSERT INTO division (code, parent_code, level, name, is_designated, longitude, latitude) VALUES ?
       ON DUPLICATE KEY UPDATE parent_code = VALUES(parent_code), level = VALUES(level), name = VALUES(name),
         is_designated = VALUES(is_designated), longitude = VALUES(longitude), latitude = VALUES(latitude)`,
      [rows],
    );
  }
}
