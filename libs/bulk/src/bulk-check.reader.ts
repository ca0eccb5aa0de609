import { Injectable } from '@nestjs/common';
import { VariantReader } from '#libs/catalog';
import { CountyFinder, DivisionReader } from '#libs/division';
import { type Fen, present } from '#libs/kernel';
import { ManyOrdersReader, type OutlinePrice, type VariantOnSale } from '#libs/ordering';
import {
  type CheckTotals,
  type CheckedParcel,
  type CheckedRow,
  checkRows,
  checkTogether,
  markUnserved,
  parcelsOf,
  totalsOf,
} from './bulk-check.rules.js';
import type { SheetRow } from './bulk-sheet.rules.js';

export interface BulkCheck extends CheckTotals {
  readonly rows: readonly CheckedRow[];
  readonly parcels: readonly (CheckedParcel & { readonly totalFen: Fen })[];
  readonly faultyRowCount: number;
  /** Some of it is of a presale that takes a deposit. */
  readonly isByDeposit: boolean;
}

/** What would become of a list at this moment, by the calculation that places orders. Reserves and promises nothing; as many statements for a long list as for a short one. */
@Injectable()
export class BulkCheckReader {
  constructor(
    private readonly divisions: DivisionReader,
    private readonly variants: VariantReader,
    private readonly orders: ManyOrdersReader,
  ) {}

  async of(list: readonly SheetRow[]): Promise<BulkCheck> {
    const codes = [
      ...new Set(list.map(({ cells }) => cells.GOODS).filter((code) => /^[\x21-\x7E]{1,40}$/.test(code))),
    ];
    const known = await this.variants.byCodes(codes);
    const variantOf = new Map<string, string>(known.map(({ code, variantId }) => [code, variantId]));
    const onSale = await this.orders.onSale([...new Set(variantOf.values())]);
    const counties = new CountyFinder(await this.divisions.namedCounties());
    const checked = checkTogether(checkRows(list, { counties, variantOf, onSale }), { onSale });

    const first = parcelsOf(checked);
    const prices = await this.orders.pricesOf(first, onSale);
    const rows = unservedIn(first, prices).size === 0 ? checked : served(checked, first, prices, onSale);
    const parcels = rows === checked ? first : parcelsOf(rows);
    const priced = rows === checked ? prices : await this.orders.pricesOf(parcels, onSale);
    return {
      rows,
      parcels: parcels.map((parcel, index) => ({
        ...parcel,
        totalFen: present(priced[index], 'a price per parcel').totalFen,
      })),
      isByDeposit: parcels.some(({ lines }) =>
        lines.some(({ variantId }) => onSale.get(variantId)?.presale?.payment === 'DEPOSIT'),
      ),
      faultyRowCount: rows.filter(({ faults }) => faults.length > 0).length,
      ...totalsOf(priced),
    };
  }
}

/** By row: the sellers that do not send there. */
function unservedIn(
  parcels: readonly CheckedParcel[],
  prices: readonly OutlinePrice[],
): ReadonlyMap<number, readonly string[]> {
  return new Map(
    parcels.flatMap(({ lines }, index) => {
      const unserved = prices[index]?.unserved;
      return unserved ? lines.map(({ rowNo }) => [rowNo, unserved.merchantIds] as const) : [];
    }),
  );
}

function served(
  rows: readonly CheckedRow[],
  parcels: readonly CheckedParcel[],
  prices: readonly OutlinePrice[],
  onSale: ReadonlyMap<string, VariantOnSale>,
): CheckedRow[] {
  return markUnserved(rows, unservedIn(parcels, prices), (variantId) => onSale.get(variantId)?.merchantId);
}
