import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';

/** Degrees. */
export interface WarehousePosition {
  readonly longitude: number;
  readonly latitude: number;
}

@Injectable()
export class WarehouseReader {
  constructor(private readonly database: Database) {}

  /** Null until somebody has said where it is. */
  async positionOf(merchantId: string): Promise<WarehousePosition | null> {
    const [row] = await this.database.query<{ longitude: string | null; latitude: string | null }>(
      "SELECT longitude, latitude FROM stock_location WHERE merchant_id = ? AND kind = 'WAREHOUSE'",
      [merchantId],
    );
    if (!row || row.longitude === null || row.latitude === null) return null;
    return { longitude: Number(row.longitude), latitude: Number(row.latitude) };
  }
}
