import { Injectable } from '@nestjs/common';
import {
  AlarmService,
  AlarmStillOnError,
  type CabinetActor,
  type CabinetId,
  CabinetReader,
  SlotLockService,
} from '#libs/counter';
import { AuditService } from '#libs/identity';
import { type SlotHeldError, SlotStockService } from '#libs/inventory';
import { Clock, InvalidInputError, NotFound, newId, refused } from '#libs/kernel';
import { Database } from '#platform/database';
import { PlanogramRepository } from './planogram.repository.js';

/** Sold after all, because somebody has looked at them; or thrown away. */
export const GOODS_DECISIONS = ['RELEASE', 'DISPOSE'] as const;
export type GoodsDecision = (typeof GOODS_DECISIONS)[number];

const REASON_LENGTH_MAX = 200;

export interface GoodsDeciding {
  readonly cabinetId: string;
  /** Null: all that are locked for it. */
  readonly slotCodes: readonly string[] | null;
  readonly decision: GoodsDecision;
  readonly reason: string;
}

/** What becomes of goods that were too warm or too cold for too long. */
@Injectable()
export class GoodsDecisionService {
  constructor(
    private readonly database: Database,
    private readonly cabinets: CabinetReader,
    private readonly plans: PlanogramRepository,
    private readonly stock: SlotStockService,
    private readonly locks: SlotLockService,
    private readonly alarms: AlarmService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Slots that are not locked for it stay as they are, so repeating it is harmless. The last one that is decided resolves the alarm. */
  async decide(
    { cabinetId, slotCodes, decision, reason }: GoodsDeciding,
    { userId, scope }: CabinetActor,
  ): Promise<CabinetId | InvalidInputError | AlarmStillOnError | SlotHeldError> {
    const cabinet = await this.cabinets.byId(cabinetId, scope);
    if (!cabinet) throw new NotFound('Cabinet', cabinetId);
    const known = new Set((await this.cabinets.slotsOf([cabinet.id])).map(({ code }) => code));
    const stray = slotCodes?.find((code) => !known.has(code));
    if (stray !== undefined) throw new NotFound('CabinetSlot', stray);
    if (slotCodes && new Set(slotCodes).size < slotCodes.length) return namedTwice;
    const said = reason.trim();
    if (said.length < 2 || said.length > REASON_LENGTH_MAX) return invalidReason();
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      // Whoever has looked at them: they are getting worse.
      const isTooWarm = await this.alarms.isTooWarm(tx, cabinet.id);
      if (isTooWarm && decision === 'RELEASE') return new AlarmStillOnError();
      const locked = await this.locks.openFor(tx, cabinet.id, 'TEMPERATURE');
      const codes = locked.filter((code) => slotCodes === null || slotCodes.includes(code));
      if (codes.length === 0) return cabinet.id;
      if (decision === 'DISPOSE') {
        await this.plans.lock(tx, cabinet.id, at);
        const cause = `dispose:${newId('dsp')}`;
        for (const slotCode of codes) {
          const slot = { channelPointId: cabinet.channelPointId, slotCode };
          const thrownAway = await this.stock.count(tx, slot, [], cause);
          if (refused(thrownAway)) return thrownAway;
        }
        // Whatever had passed its day is gone as well.
        await this.locks.release(tx, cabinet.id, codes, { reason: 'EXPIRED', by: userId });
      }
      await this.locks.release(tx, cabinet.id, codes, { reason: 'TEMPERATURE', by: userId });
      await this.alarms.resolveDecided(tx, cabinet.id, userId, said);
      await this.audit.record(tx, {
        actorId: userId,
        act: decision === 'RELEASE' ? 'cabinet.goods_released' : 'cabinet.goods_disposed',
        subject: cabinet.id,
        divisionCode: cabinet.countyCode,
        detail: { slotCodes: codes, reason: said },
      });
      return cabinet.id;
    });
  }
}

const namedTwice = new InvalidInputError([
  {
    path: 'slotCodes',
    message: { zh: '每个货道只写一次', en: 'Name each slot once.' },
  },
]);

function invalidReason(): InvalidInputError {
  return new InvalidInputError([
    {
      path: 'reason',
      message: {
        zh: `请说明理由（2 到 ${REASON_LENGTH_MAX} 字）`,
        en: `Say why in 2 to ${REASON_LENGTH_MAX} characters.`,
      },
    },
  ]);
}
