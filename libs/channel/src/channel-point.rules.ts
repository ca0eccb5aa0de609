import { type InvalidField, InvalidInputError, isBlank } from '#libs/kernel';
import type { CabinetKind, ChannelKind, PavilionOwnerKind, ZoneHostKind } from './channel-point.entity.js';

/** A shelf of curated goods, not a catalogue. */
export const LISTINGS_MAX = 500;

export interface PlaceFacts {
  readonly kind: ChannelKind;
  readonly name: string;
  readonly countyCode: string;
  readonly townshipCode: string | null;
  readonly address: string;
  /** Degrees; both or neither. */
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly ownerKind: PavilionOwnerKind | null;
  readonly hostKind: ZoneHostKind | null;
  readonly cabinetKind: CabinetKind | null;
  readonly hostName: string | null;
}

/** The field that belongs to each kind of point, and to no other. */
const KIND_WORD = { PAVILION: 'ownerKind', ZONE: 'hostKind', COUNTER: 'cabinetKind' } as const;

export function refusePlace(place: PlaceFacts): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => fields.push({ path, message: { zh, en } });

  if (isBlank(place.name) || place.name.length > 120)
    refuse('name', '名称须为 1 到 120 个字', 'The name has 1 to 120 characters.');
  if (isBlank(place.address) || place.address.length > 200) {
    refuse('address', '地址须为 1 到 200 个字', 'The address has 1 to 200 characters.');
  }
  if (!/^\d{6}$/.test(place.countyCode))
    refuse('countyCode', '县级区划代码须为 6 位数字', 'A county code has six digits.');
  if (
    place.townshipCode !== null &&
    !(place.townshipCode.startsWith(place.countyCode) && /^\d{9}$/.test(place.townshipCode))
  ) {
    refuse('townshipCode', '乡镇须属于所选县市区', 'The township must lie in the county.');
  }
  for (const [kind, word] of Object.entries(KIND_WORD)) {
    if (kind === place.kind && place[word] === null)
      refuse(word, '该类渠道须填写此项', `A point of kind ${place.kind} needs this.`);
    if (kind !== place.kind && place[word] !== null)
      refuse(word, '该类渠道不填写此项', `A point of kind ${place.kind} has none.`);
  }
  if ((place.longitude === null) !== (place.latitude === null)) {
    refuse('longitude', '经度和纬度须同时填写', 'Longitude and latitude come together.');
  }
  if (place.longitude !== null && !(Math.abs(place.longitude) <= 180))
    refuse('longitude', '经度有误', 'Longitude is out of range.');
  if (place.latitude !== null && !(Math.abs(place.latitude) <= 90))
    refuse('latitude', '纬度有误', 'Latitude is out of range.');
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** A curated range names each product once. */
export function refuseListings(productIds: readonly string[]): InvalidInputError | null {
  if (productIds.length <= LISTINGS_MAX && new Set(productIds).size === productIds.length) return null;
  const message = {
    zh: `每个渠道点最多陈列 ${LISTINGS_MAX} 种产品，且不能重复`,
    en: `A point lists at most ${LISTINGS_MAX} products, each once.`,
  };
  return new InvalidInputError([{ path: 'productIds', message }]);
}
