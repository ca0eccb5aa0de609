import { newId, refused } from '#libs/kernel';
import {
  CloseBlockerReader,
  MonthCloseModule,
  MonthCloseReader,
  MonthCloseService,
  MonthFreezeService,
  type VolumeAxis,
  VolumeCubeReader,
  type VolumeFactDraft,
  VolumeFactService,
  type VolumeFilter,
  type VolumeLine,
  VolumeReader,
  type VolumeReport,
  VolumeRollupService,
} from '#libs/volume';
import { ROLLUPS } from '../../libs/volume/src/volume-rollup.rules.js';
import { type Rooms, openRooms } from '../harness/rooms.js';

export const ROLL_MAX = 1_000;

export const VOLUME_TABLES = [
  'volume_line_refund',
  'volume_close',
  'volume_close_step',
  'volume_month_frozen',
  'volume_difference',
  'volume_check',

  'volume_fact',
  'volume_fact_waiting',
  'volume_fact_unchecked',
  ...ROLLUPS.map(({ table }) => table),
];

/** Two boxes of certified peaches from Yanling's pavilion. */
export function line(lineId: string, goodsFen: bigint, more: Partial<VolumeLine> = {}): VolumeLine {
  return {
    lineId,
    goodsFen,
    subsidyFen: 0n,
    quantity: 2,
    weightG: 5000n,
    originCountyCode: '430225',
    productId: 'prd_peach',
    merchantId: 'mer_1',
    sellerCountyCode: '430225',
    channelKind: 'PAVILION',
    channelPointId: 'chp_1',
    saleCountyCode: '430202',
    consumptionCountyCode: '430211',
    buyerKind: 'CONSUMER',
    unitId: '',
    campaignCode: '',
    isCertified: true,
    certificationId: 'crt_1',
    linkageAgreementId: '',
    ...more,
  };
}

/** Somebody who may close months. */
export function keeper(userId = newId('usr')) {
  return { userId, scope: 'ALL' } as const;
}

export class VolumeRooms {
  private constructor(readonly rooms: Rooms) {}

  static async open(): Promise<VolumeRooms> {
    return new VolumeRooms(await openRooms(MonthCloseModule.over([], [])));
  }

  close(): Promise<void> {
    return this.rooms.close();
  }

  get facts(): VolumeFactService {
    return this.rooms.get(VolumeFactService);
  }

  get rollups(): VolumeRollupService {
    return this.rooms.get(VolumeRollupService);
  }

  get cube(): VolumeCubeReader {
    return this.rooms.get(VolumeCubeReader);
  }

  get reader(): VolumeReader {
    return this.rooms.get(VolumeReader);
  }

  get closes(): MonthCloseService {
    return this.rooms.get(MonthCloseService);
  }

  get blockers(): CloseBlockerReader {
    return this.rooms.get(CloseBlockerReader);
  }

  get freezes(): MonthFreezeService {
    return this.rooms.get(MonthFreezeService);
  }

  get closed(): MonthCloseReader {
    return this.rooms.get(MonthCloseReader);
  }

  /** Cut off, reviewed and agreed to by two people; not frozen yet. */
  async closeMonth(month: string): Promise<void> {
    const [maker, checker] = [newId('usr'), newId('usr')];
    for (const act of [
      () => this.closes.cutOff(month, keeper(maker)),
      () => this.closes.startReview(month, keeper(maker)),
    ]) {
      const moved = await act();
      if (refused(moved) && moved.code !== 'CLOSE_STATE') throw new Error(moved.message.en);
    }
    const requestId = await this.closes.requestLock(month, keeper(maker));
    if (refused(requestId)) throw new Error(requestId.message.en);
    const decision = { month, requestId, ...keeper(checker), verdict: 'APPROVE', reason: null } as const;
    const locking = await this.closes.decideLock(decision);
    if (refused(locking)) throw new Error(locking.message.en);
  }

  async lockMonth(month: string): Promise<void> {
    await this.closeMonth(month);
    while ((await this.freezes.advance()) > 0);
  }

  async publishMonth(month: string): Promise<void> {
    const requestId = await this.closes.requestPublish(month, keeper());
    if (refused(requestId)) throw new Error(requestId.message.en);
    const decision = { month, requestId, ...keeper(), verdict: 'APPROVE', reason: null } as const;
    const published = await this.closes.decidePublish(decision);
    if (refused(published)) throw new Error(published.message.en);
  }

  record(...facts: readonly VolumeFactDraft[]): Promise<number> {
    return this.rooms.database.transaction((tx) => this.facts.record(tx, facts));
  }

  async rollAll(): Promise<void> {
    while ((await this.rollups.rollUp(ROLL_MAX)) > 0);
  }

  async ask(
    filter: Partial<VolumeFilter>,
    groupBy: VolumeAxis[] = [],
    scope: readonly string[] | 'ALL' = 'ALL',
  ): Promise<VolumeReport> {
    const report = await this.reader.report(
      { from: '2026-01-01', to: '2027-12-31', ...filter },
      groupBy,
      scope,
    );
    if (refused(report)) throw new Error(report.message.en);
    return report;
  }

  /** Every row of every rollup, in the order of its key. */
  async contents(): Promise<Record<string, unknown[]>> {
    const tables = ROLLUPS.map(async ({ table, keys }): Promise<[string, unknown[]]> => [
      table,
      await this.rooms.database.query(`SELECT * FROM ${table} ORDER BY ${keys.join(', ')}`),
    ]);
    return Object.fromEntries(await Promise.all(tables));
  }

  async forget(): Promise<void> {
    await this.rooms.clear(...VOLUME_TABLES, 'approval_request', 'approval_vote', 'audit_entry');
    this.rooms.clock.set('2026-11-02T02:00:00.000Z');
  }
}
