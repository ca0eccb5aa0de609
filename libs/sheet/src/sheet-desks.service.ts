import { Injectable } from '@nestjs/common';
import { ProductSheetService } from './product-sheet.service.js';
import { ShipmentSheetService } from './shipment-sheet.service.js';
import type { SheetDesk, SheetKind } from './sheet-kind.rules.js';

/** Who knows what of which kind of table. */
@Injectable()
export class SheetDesks {
  private readonly desks: Readonly<Record<SheetKind, SheetDesk>>;

  constructor(products: ProductSheetService, shipments: ShipmentSheetService) {
    this.desks = { PRODUCTS: products, SHIPMENTS: shipments };
  }

  of(kind: SheetKind): SheetDesk {
    return this.desks[kind];
  }
}
