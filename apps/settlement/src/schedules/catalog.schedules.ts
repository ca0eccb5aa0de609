import { Injectable } from '@nestjs/common';
import { ProductService } from '#libs/catalog';
import { MINUTE_MS } from '#libs/kernel';
import { ProductSaleReader } from '#libs/volume';
import type { Schedule, Schedules } from './ticker.js';

/** The catalogue lies below the register and cannot ask it; the clock carries over what has been sold. */
@Injectable()
export class CatalogSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(products: ProductService, sales: ProductSaleReader) {
    this.all = [
      {
        name: 'count-sold',
        everyMs: 10 * MINUTE_MS,
        work: async () => products.countSold(await sales.quantities()),
      },
    ];
  }
}
