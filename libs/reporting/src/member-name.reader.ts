import { Injectable } from '@nestjs/common';
import { CategoryReader, ProductNameReader } from '#libs/catalog';
import { ChannelPointReader } from '#libs/channel';
import { DivisionReader } from '#libs/division';
import type { Locale, Message } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { ProcurementUnitReader } from '#libs/procurement';
import { say } from './report-figure.rules.js';
import type { ReportDimension } from './report.rules.js';

const WORDS: Readonly<Record<string, Message>> = {
  PAVILION: { zh: '专馆', en: 'pavilions' },
  ZONE: { zh: '专区', en: 'zones' },
  COUNTER: { zh: '专柜', en: 'counters' },
  ONLINE: { zh: '线上', en: 'online' },
  PROCUREMENT: { zh: '单位采购', en: 'procurement' },
  FAIR: { zh: '展会', en: 'fairs' },
  UNKNOWN: { zh: '未知', en: 'unknown' },
  CONSUMER: { zh: '消费者', en: 'consumers' },
  UNIT: { zh: '采购单位', en: 'units' },
  ORGANISATION: { zh: '单位', en: 'organisations' },
  CONTRACTOR: { zh: '食堂承包方', en: 'canteen contractors' },
  UNION: { zh: '工会', en: 'unions' },
  STAFF: { zh: '干部职工', en: 'staff' },
  PLATFORM: { zh: '平台', en: 'platform' },
  DEVICE: { zh: '设备', en: 'devices' },
  PARTNER: { zh: '合作平台', en: 'partners' },
  IMPORT: { zh: '历史导入', en: 'imported' },
  DECLARED: { zh: '申报', en: 'declared' },
  YES: { zh: '是', en: 'yes' },
  NO: { zh: '否', en: 'no' },
};

const UNKNOWN: Message = { zh: '未知', en: 'unknown' };

const COUNTIES: readonly ReportDimension[] = [
  'ORIGIN_COUNTY',
  'SELLER_COUNTY',
  'SALE_COUNTY',
  'CONSUMPTION_COUNTY',
];
const SETS: readonly ReportDimension[] = ['CHANNEL', 'BUYER_KIND', 'SOURCE', 'CERTIFIED', 'LINKED'];

/** What members are called; what no register holds is called by its code. */
@Injectable()
export class MemberNameReader {
  constructor(
    private readonly divisions: DivisionReader,
    private readonly products: ProductNameReader,
    private readonly categories: CategoryReader,
    private readonly merchants: MerchantReader,
    private readonly points: ChannelPointReader,
    private readonly units: ProcurementUnitReader,
  ) {}

  /** One statement per dimension, whatever the number of members. */
  async namesOf(
    dimension: ReportDimension,
    members: readonly string[],
    locale: Locale,
  ): Promise<ReadonlyMap<string, string>> {
    const codes = [...new Set(members)];
    const known = await this.registered(
      dimension,
      codes.filter((code) => code !== ''),
      locale,
    );
    return new Map(codes.map((code) => [code, known.get(code) ?? this.wordFor(dimension, code, locale)]));
  }

  private wordFor(dimension: ReportDimension, code: string, locale: Locale): string {
    if (code === '') return say(UNKNOWN, locale);
    const word = SETS.includes(dimension) ? WORDS[code] : undefined;
    return word ? say(word, locale) : code;
  }

  private async registered(
    dimension: ReportDimension,
    codes: readonly string[],
    locale: Locale,
  ): Promise<Map<string, string>> {
    if (codes.length === 0) return new Map();
    if (COUNTIES.includes(dimension))
      return new Map((await this.divisions.byCodes(codes)).map(({ code, name }) => [code, name]));
    if (dimension === 'PRODUCT')
      return new Map((await this.products.byIds(codes)).map(({ id, name }) => [id, name]));
    if (dimension === 'MERCHANT')
      return new Map((await this.merchants.byIds(codes)).map(({ id, name }) => [id, name]));
    if (dimension === 'CHANNEL_POINT')
      return new Map((await this.points.byIds(codes)).map(({ id, name }) => [id, name]));
    if (dimension === 'UNIT')
      return new Map((await this.units.byIds(codes)).map(({ id, name }) => [id, name]));
    if (dimension !== 'CATEGORY') return new Map();
    const rows = await this.categories.byCodes(codes);
    return new Map(rows.map(({ code, nameZh, nameEn }) => [code, locale === 'en' ? nameEn : nameZh]));
  }
}
