import { Injectable } from '@nestjs/common';
import { BatchSheetService } from './batch-sheet.service.js';
import { HouseholdSheetService } from './household-sheet.service.js';
import { ProductSheetService } from './product-sheet.service.js';
import { ShipmentSheetService } from './shipment-sheet.service.js';
import { StockSheetService } from './stock-sheet.service.js';
import type { SheetDesk, SheetKind } from './sheet-kind.rules.js';

/** Who knows what of which kind of table. */
@Injectable()
export class SheetDesks {
  private readonly desks: Readonly<Record<SheetKind, SheetDesk>>;

  constructor(
    products: ProductSheetService,
    shipments: ShipmentSheetService,
    households: HouseholdSheetService,
    batches: BatchSheetService,
    stock: StockSheetService,
  ) {
    this.desks = {
      PRODUCTS: products,
      SHIPMENTS: shipments,
      HOUSEHOLDS: households,
      BATCHES: batches,
      STOCK: stock,
    };
  }

  of(kind: SheetKind): SheetDesk {
    return this.desks[kind];
  }
}
