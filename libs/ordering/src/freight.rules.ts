import { type Fen, type InvalidField, InvalidInputError } from '#libs/kernel';

/** What a parcel to some provinces costs. */
export interface FreightZone {
  /** Six-digit codes of provinces; none for everywhere that no other zone names. */
  readonly provinceCodes: readonly string[];
  readonly isServed: boolean;
  readonly firstWeightG: number;
  readonly firstFen: Fen;
  /** Each begun step of this weight beyond the first costs `additionalFen`; 0 where weight makes no difference. */
  readonly additionalWeightG: number;
  readonly additionalFen: Fen;
}

export interface FreightTemplate {
  /** 0 where the merchant has never set one. */
  readonly version: number;
  /** From this amount of goods on a parcel travels free; null never. */
  readonly freeFromFen: Fen | null;
  readonly zones: readonly FreightZone[];
}

export interface FreightTemplateWish extends Omit<FreightTemplate, 'version'> {
  /** The version that whoever changes it has seen; 0 where there was none. */
  readonly basedOn: number;
}

/** 8 yuan to everywhere, whatever it weighs; free from 99 yuan. */
export const DEFAULT_FREIGHT: FreightTemplate = {
  version: 0,
  freeFromFen: 9_900n,
  zones: [
    {
      provinceCodes: [],
      isServed: true,
      firstWeightG: 1_000,
      firstFen: 800n,
      additionalWeightG: 0,
      additionalFen: 0n,
    },
  ],
};

/** As many as there are provinces, and everywhere else. */
export const FREIGHT_ZONES_MAX = 35;
/** 1,000 yuan, and a tonne: beyond it somebody has mistyped. */
const FEE_MAX_FEN = 100_000n;
const WEIGHT_MAX_G = 1_000_000;
/** A parcel that has to cost less than this to travel free is not a parcel. */
const FREE_FROM_MAX_FEN = 100_000_000n;

export interface Parcel {
  /** What the merchant is paid for the goods: less what the merchant takes off, and with what others pay of it. */
  readonly goodsFen: Fen;
  readonly weightG: number;
  /** Null while nobody has said where it goes: then everywhere else, or the first place that is served. */
  readonly provinceCode: string | null;
}

export function provinceOf(countyCode: string): string | null {
  return /^\d{6}$/.test(countyCode) ? `${countyCode.slice(0, 2)}0000` : null;
}

function zoneFor(zones: readonly FreightZone[], provinceCode: string | null): FreightZone | undefined {
  const elsewhere = zones.find((zone) => zone.provinceCodes.length === 0);
  if (provinceCode !== null)
    return zones.find((zone) => zone.provinceCodes.includes(provinceCode)) ?? elsewhere;
  return elsewhere?.isServed ? elsewhere : (zones.find((zone) => zone.isServed) ?? elsewhere);
}

/** What the buyer pays for the parcel of one merchant; null where the merchant sends nothing. */
export function freightOf({ freeFromFen, zones }: FreightTemplate, parcel: Parcel): Fen | null {
  const { goodsFen, weightG, provinceCode } = parcel;
  const zone = zoneFor(zones, provinceCode);
  if (zone?.isServed !== true) return null;
  if (freeFromFen !== null && goodsFen >= freeFromFen) return 0n;
  const beyondG = Math.max(0, weightG - zone.firstWeightG);
  const steps = zone.additionalWeightG === 0 ? 0 : Math.ceil(beyondG / zone.additionalWeightG);
  return zone.firstFen + zone.additionalFen * BigInt(steps);
}

type Refuse = (path: string, zh: string, en: string) => void;

function isFee(fee: Fen): boolean {
  return fee >= 0n && fee <= FEE_MAX_FEN;
}

function isWeight(weightG: number, least: number): boolean {
  return Number.isInteger(weightG) && weightG >= least && weightG <= WEIGHT_MAX_G;
}

function checkZone(zone: FreightZone, at: string, refuse: Refuse): void {
  if (!zone.provinceCodes.every((code) => /^[1-8]\d0000$/.test(code)))
    refuse(
      `${at}.provinceCodes`,
      '请填写六位省级行政区划代码',
      'A province has a six-digit code that ends in 0000.',
    );
  if (!isFee(zone.firstFen) || !isFee(zone.additionalFen))
    refuse(`${at}.firstFen`, '运费须在 0 到 1000 元之间', 'A fee lies between 0 and 1,000 yuan.');
  if (!isWeight(zone.firstWeightG, 1) || !isWeight(zone.additionalWeightG, 0))
    refuse(
      `${at}.firstWeightG`,
      '首重须为 1 克到 1 吨，续重不得为负',
      'The first weight is 1 g to a tonne, further steps not below 0.',
    );
  if (zone.additionalWeightG === 0 && zone.additionalFen > 0n)
    refuse(
      `${at}.additionalWeightG`,
      '收续重费须写明每多少克',
      'A fee for further weight needs the step it is for.',
    );
}

/** Malformed templates, all faults at once. */
export function refuseTemplate({
  freeFromFen,
  zones,
  basedOn,
}: FreightTemplateWish): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse: Refuse = (path, zh, en) => fields.push({ path, message: { zh, en } });
  if (!Number.isInteger(basedOn) || basedOn < 0)
    refuse('basedOn', '版本号不得为负', 'A version is 0 or more.');
  if (freeFromFen !== null && (freeFromFen < 0n || freeFromFen > FREE_FROM_MAX_FEN))
    refuse('freeFromFen', '包邮金额有误', 'The amount from which it is free is out of range.');
  if (zones.length === 0 || zones.length > FREIGHT_ZONES_MAX) {
    refuse('zones', `须有 1 到 ${FREIGHT_ZONES_MAX} 个计费区`, `There are 1 to ${FREIGHT_ZONES_MAX} zones.`);
    return new InvalidInputError(fields);
  }
  if (zones.filter((zone) => zone.provinceCodes.length === 0).length !== 1)
    refuse('zones', '须有且只有一个“其他地区”', 'Exactly one zone is everywhere else.');
  const named = zones.flatMap((zone) => zone.provinceCodes);
  if (new Set(named).size < named.length)
    refuse('zones', '一个省只能属于一个计费区', 'A province lies in one zone.');
  if (!zones.some((zone) => zone.isServed))
    refuse('zones', '至少要送达一个地区', 'At least one zone is served.');
  for (const [index, zone] of zones.entries()) checkZone(zone, `zones.${index}`, refuse);
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** Of the same content, whatever its version. */
export function isSameTemplate(
  a: Omit<FreightTemplate, 'version'>,
  b: Omit<FreightTemplate, 'version'>,
): boolean {
  const textOf = ({ freeFromFen, zones }: Omit<FreightTemplate, 'version'>) =>
    JSON.stringify([
      freeFromFen?.toString() ?? null,
      zones.map((zone) => [
        [...zone.provinceCodes].toSorted(),
        zone.isServed,
        zone.firstWeightG,
        zone.firstFen.toString(),
        zone.additionalWeightG,
        zone.additionalFen.toString(),
      ]),
    ]);
  return textOf(a) === textOf(b);
}
