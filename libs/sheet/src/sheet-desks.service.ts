import { Injectable } from '@nestjs/common';
import { HouseholdSheetService } from './household-sheet.service.js';
import { ProductSheetService } from './product-sheet.service.js';
import { ShipmentSheetService } from './shipment-sheet.service.js';
import type { SheetDesk, SheetKind } from './sheet-kind.rules.js';

/** Who knows what of which kind of table. */
@Injectable()
export class SheetDesks {
  private readonly desks: Readonly<Record<SheetKind, SheetDesk>>;

  constructor(
    products: ProductSheetService,
    shipments: ShipmentSheetService,
    households: HouseholdSheetService,
  ) {
    this.desks = { PRODUCTS: products, SHIPMENTS: shipments, HOUSEHOLDS: households };
  }

  of(kind: SheetKind): SheetDesk {
    return this.desks[kind];
  }
}
