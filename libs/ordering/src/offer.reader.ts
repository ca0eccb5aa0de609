import { Injectable } from '@nestjs/common';
import { AddressReader } from '#libs/address';
import { VariantReader } from '#libs/catalog';
import { ChannelPointReader, type ChannelPointRow, sellsOn } from '#libs/channel';
import { CabinetReader } from '#libs/counter';
import { PresaleReader, type StockStanding } from '#libs/inventory';
import { Clock, type DomainError, InvalidInputError, type InvalidField, businessDay } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { NotOnSaleError } from './order.errors.js';
import type { OfferedLine, SalePlace, VariantOffer, WantedLine } from './order.rules.js';
import { soldBy } from './presale-order.rules.js';

const placeClosed = {
  zh: '该渠道点暂未营业，请换一处选购',
  en: 'This place of sale is not open; choose another one.',
};

interface Sifted {
  readonly offered: readonly OfferedLine[];
  readonly refusals: readonly (NotOnSaleError | InvalidInputError)[];
}

/** What is offered for what is wanted, at this moment. */
@Injectable()
export class OfferReader {
  constructor(
    private readonly variantReader: VariantReader,
    private readonly merchants: MerchantReader,
    private readonly channelPoints: ChannelPointReader,
    private readonly presales: PresaleReader,
    private readonly addresses: AddressReader,
    private readonly cabinets: CabinetReader,
    private readonly clock: Clock,
  ) {}

  /** By id. A merchant who is suspended, or whose licence has ended, sells nothing, whatever the catalogue says. */
  async variants(ids: readonly string[]): Promise<ReadonlyMap<string, VariantOffer>> {
    const variants = await this.variantReader.byIds([...new Set(ids)]);
    const merchants = await this.merchants.byIds([...new Set(variants.map((variant) => variant.merchantId))]);
    const merchantOf = new Map(merchants.map((merchant) => [merchant.id, merchant]));
    return new Map(
      variants.map((variant) => {
        const merchant = merchantOf.get(variant.merchantId);
        const isOnSale = variant.isOnSale && merchant?.isSelling === true;
        const sellerCountyCode = merchant?.countyCode ?? '';
        return [variant.id, { ...variant, isOnSale, sellerCountyCode, seller: merchant ?? null }];
      }),
    );
  }

  /** Every line with its offer, or why some cannot be had. `countyCode` is where the parcel goes; '' where there is none. */
  async offersFor(
    wanted: readonly WantedLine[],
    countyCode: string,
    adoptionObjectIds: readonly string[] = [],
  ): Promise<OfferedLine[] | DomainError> {
    const [nowhere, { offered, refusals }] = await Promise.all([
      this.refuseCounty(countyCode, 'recipient.countyCode'),
      this.sift(wanted, countyCode, adoptionObjectIds),
    ]);
    return nowhere ?? refusals[0] ?? [...offered];
  }

  /** The refusal of a county that no parcel can go to, or null; `path` is where it was named. */
  async refuseCounty(countyCode: string, path: string): Promise<InvalidInputError | null> {
    return countyCode === '' ? null : this.addresses.refuseCounty(countyCode, path);
  }

  /** What can be had of it, and why the rest cannot. */
  async sift(
    wanted: readonly WantedLine[],
    countyCode: string,
    adoptionObjectIds: readonly string[] = [],
    standing: ReadonlyMap<string, Pick<StockStanding, 'isSoldAhead'>> | null = null,
  ): Promise<Sifted> {
    const pointIds = new Set(wanted.map((line) => line.channelPointId).filter((id) => id !== ''));
    const variantIds = [...new Set(wanted.map((line) => line.variantId))];
    const [variants, ahead, points] = await Promise.all([
      this.variants(variantIds),
      // Whoever knows what lies there knows as well what is sold ahead.
      this.presales.soldAhead(
        standing ? variantIds.filter((id) => standing.get(id)?.isSoldAhead) : variantIds,
      ),
      this.channelPoints.byIds([...pointIds]),
    ]);
    const gone = wanted.map((line) => line.variantId).filter((id) => variants.get(id)?.isOnSale !== true);
    const places = placesOf(points, countyCode, this.today(), await this.bearingsOf(points));
    const closed = wanted.flatMap((line, index): InvalidField[] =>
      places.has(line.channelPointId)
        ? []
        : [{ path: `lines.${index}.channelPointId`, message: placeClosed }],
    );
    const offered = wanted.flatMap((line): OfferedLine[] => {
      const [variant, place] = [variants.get(line.variantId), places.get(line.channelPointId)];
      if (!variant?.isOnSale || !place) return [];
      // What lies in a cabinet is there; its price tag hangs there as well.
      if (line.slot) return [{ ...line, variant: { ...variant, priceFen: line.slot.priceFen }, place }];
      return [soldBy({ ...line, variant, place }, ahead, adoptionObjectIds)];
    });
    const refusals = [
      ...(gone.length > 0 ? [new NotOnSaleError([...new Set(gone)])] : []),
      ...(closed.length > 0 ? [new InvalidInputError(closed)] : []),
    ];
    return { offered, refusals };
  }

  /** Of these, the places of sale that one can buy through now. */
  async openPlaces(
    channelPointIds: readonly string[],
    countyCode: string,
  ): Promise<ReadonlyMap<string, SalePlace>> {
    const points = await this.channelPoints.byIds([...new Set(channelPointIds.filter((id) => id !== ''))]);
    return placesOf(points, countyCode, this.today());
  }

  /** The refusal of a place of sale that cannot be bought through, or null. */
  async refusePlace(channelPointId: string): Promise<InvalidInputError | null> {
    if (channelPointId === '' || (await this.channelPoints.openById(channelPointId))) return null;
    return new InvalidInputError([{ path: 'channelPointId', message: placeClosed }]);
  }

  private today(): string {
    return businessDay(this.clock.now());
  }

  /** What the cells of lockers bear; one statement more where there is one among these. */
  private async bearingsOf(points: readonly ChannelPointRow[]): Promise<ReadonlyMap<string, number>> {
    const lockers = points.filter(({ cabinetKind }) => cabinetKind === 'CELL').map(({ id }) => id);
    const cells = await this.cabinets.strongestCellsAt(lockers);
    return new Map(cells.map(({ channelPointId, maxItemG }) => [channelPointId, maxItemG]));
  }
}

/** The online shop sells where the parcel goes; a channel point sells where it stands. */
function placesOf(
  points: readonly ChannelPointRow[],
  countyCode: string,
  today: string,
  bearings: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, SalePlace> {
  const online: SalePlace = {
    channelKind: 'ONLINE',
    channelPointId: '',
    saleCountyCode: countyCode,
    address: '',
  };
  const open = points.filter((point) => sellsOn(point, today));
  return new Map<string, SalePlace>([
    ['', online],
    ...open.map((point): [string, SalePlace] => {
      const bearsG = bearings.get(point.id);
      return [
        point.id,
        {
          channelKind: point.kind,
          channelPointId: point.id,
          saleCountyCode: point.countyCode,
          address: point.address,
          ...(point.kind === 'COUNTER' && point.cabinetKind !== 'CELL' ? { keepsNothing: true } : {}),
          ...(bearsG === undefined ? {} : { bearsG }),
        },
      ];
    }),
  ]);
}
