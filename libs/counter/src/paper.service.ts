import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, type InvalidInputError, NotFound, businessDay, newId } from '#libs/kernel';
import { Database } from '#platform/database';
import { AlarmRepository } from './alarm.repository.js';
import { statusSignal } from './alarm-signal.rules.js';
import { AlarmWatchService } from './alarm-watch.service.js';
import type { CabinetId } from './cabinet.entity.js';
import { CabinetRepository } from './cabinet.repository.js';
import type { CabinetActor } from './cabinet.service.js';
import { CabinetRetiredError } from './counter.errors.js';
import type { PaperKind } from './paper.entity.js';
import { PaperRepository } from './paper.repository.js';
import { type HeldPaper, type PaperInput, paperStandingOf, refusePaper } from './paper.rules.js';

/** Filings and licences of cabinets: who may sell food, until when, and who is told before it is over. */
@Injectable()
export class PaperService {
  constructor(
    private readonly database: Database,
    private readonly cabinets: CabinetRepository,
    private readonly papers: PaperRepository,
    private readonly alarms: AlarmRepository,
    private readonly watch: AlarmWatchService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** It takes the place of the one of its kind; that stays on record. The lock of the cabinet keeps two who record at once apart. */
  record(
    cabinetId: string,
    paper: PaperInput,
    { userId, scope }: CabinetActor,
  ): Promise<CabinetId | InvalidInputError | CabinetRetiredError> {
    return this.database.transaction(async (tx) => {
      const cabinet = await this.cabinets.lock(tx, cabinetId, scope);
      if (!cabinet) throw new NotFound('Cabinet', cabinetId);
      if (cabinet.state === 'RETIRED') return new CabinetRetiredError();
      const at = this.clock.now();
      const refusal = refusePaper(paper, businessDay(at));
      if (refusal) return refusal;
      const { kind, number, authority, validUntil, fileNo } = paper;
      await this.papers.end(tx, cabinet.id, kind, at);
      await this.papers.insert(tx, {
        id: newId('cpp'),
        cabinetId: cabinet.id,
        kind,
        openKind: kind,
        number,
        authority: authority.trim(),
        validUntil,
        fileNo,
        recordedBy: userId,
        recordedAt: at,
        endedAt: null,
      });
      await this.audit.record(tx, {
        actorId: userId,
        act: 'cabinet.paper_recorded',
        subject: cabinet.id,
        divisionCode: cabinet.countyCode,
        detail: { kind, number, validUntil: validUntil ?? '' },
      });
      return cabinet.id;
    });
  }

  /** The authority has taken it back, or it was recorded by mistake. Repeating it is harmless. */
  withdraw(cabinetId: string, kind: PaperKind, { userId, scope }: CabinetActor): Promise<CabinetId> {
    return this.database.transaction(async (tx) => {
      const cabinet = await this.cabinets.lock(tx, cabinetId, scope);
      if (!cabinet) throw new NotFound('Cabinet', cabinetId);
      const wasInForce = await this.papers.end(tx, cabinet.id, kind, this.clock.now());
      if (wasInForce)
        await this.audit.record(tx, {
          actorId: userId,
          act: 'cabinet.paper_withdrawn',
          subject: cabinet.id,
          divisionCode: cabinet.countyCode,
          detail: { kind },
        });
      return cabinet.id;
    });
  }

  /** Tells of papers that are about to lapse, or have; and no more once they were renewed. Of whom nothing was ever recorded the map tells. */
  async follow(limit: number): Promise<number> {
    const today = businessDay(this.clock.now());
    const changed = await this.database.transaction(async (tx) => {
      const held = new Map<CabinetId, HeldPaper[]>();
      for (const { cabinetId, ...paper } of await this.papers.inForce(tx))
        held.set(cabinetId, [...(held.get(cabinetId) ?? []), paper]);
      const told = {
        EXPIRING: new Set(await this.papers.told(tx, 'EXPIRING')),
        LAPSED: new Set(await this.papers.told(tx, 'LAPSED')),
      };
      return [...new Set([...held.keys(), ...told.EXPIRING, ...told.LAPSED])]
        .map((cabinetId) => ({ cabinetId, standing: paperStandingOf(held.get(cabinetId) ?? [], today) }))
        .filter(({ cabinetId, standing }) =>
          (['EXPIRING', 'LAPSED'] as const).some((each) => told[each].has(cabinetId) !== (standing === each)),
        );
    });
    for (const { cabinetId, standing } of changed.slice(0, limit))
      await this.database.transaction(async (tx) => {
        await this.alarms.lockLine(tx, cabinetId);
        const cabinet = await this.alarms.watched(tx, cabinetId);
        if (!cabinet) return;
        const signals = [
          statusSignal('PAPERS_EXPIRING', standing === 'EXPIRING'),
          statusSignal('PAPERS_LAPSED', standing === 'LAPSED'),
        ];
        await this.watch.observe(tx, cabinet, signals, this.clock.now());
      });
    return Math.min(changed.length, limit);
  }
}
