import { Injectable } from '@nestjs/common';
import { refusePosition } from '#libs/channel';
import { type InvalidInputError, NotFound } from '#libs/kernel';
import { Database } from '#platform/database';
import { StockRepository } from './stock.repository.js';
import type { WarehousePosition } from './warehouse.reader.js';

@Injectable()
export class WarehouseService {
  constructor(
    private readonly database: Database,
    private readonly stock: StockRepository,
  ) {}

  /** Where vans set out from. The merchant must be one of `merchantIds`. */
  async place(
    merchantIds: readonly string[],
    merchantId: string,
    position: WarehousePosition,
  ): Promise<string | InvalidInputError> {
    if (!merchantIds.includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const invalid = refusePosition(position);
    if (invalid) return invalid;
    return this.database.transaction(async (tx) => {
      const locationId = await this.stock.warehouseOf(tx, merchantId);
      await tx.write('UPDATE stock_location SET longitude = ?, latitude = ? WHERE id = ?', [
        position.longitude,
        position.latitude,
        locationId,
      ]);
      return merchantId;
    });
  }
}
