import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { refuseReason } from '#libs/intake';
import { Clock, type IdOf, InvalidInputError, NotFound } from '#libs/kernel';
import { SaleFactReader, VolumeFactService } from '#libs/volume';
import { Database, type Tx } from '#platform/database';
import { StoredFileService } from '#platform/files';
import { CorrectionService } from './correction.service.js';
import { correctingFacts } from './correction.rules.js';
import { FlagStateError, OwnDecisionError } from './integrity-flag.errors.js';
import type { FlagAct, IntegrityFlagId } from './integrity-flag.entity.js';
import { IntegrityFlagRepository, type LockedFlag } from './integrity-flag.repository.js';

export interface FlagReviewer {
  readonly userId: IdOf<'usr'>;
  /** Where they may decide. */
  readonly scope: readonly string[] | 'ALL';
}

export interface Appeal {
  readonly flagId: string;
  readonly text: string;
  readonly fileIds: readonly string[];
}

export interface Appellant {
  readonly userId: IdOf<'usr'>;
  readonly merchantIds: readonly string[];
}

export const APPEAL_FILES_MAX = 10;
const APPEAL_LENGTH_MAX = 2_000;
/** Ten thousand million yuan, or as many of whatever is counted: beyond it nothing would ever be flagged. */
const THRESHOLD_MAX = 1_000_000_000_000;

function notOwnFiles(): InvalidInputError {
  const message = {
    zh: `至多 ${APPEAL_FILES_MAX} 个本人上传的文件`,
    en: `At most ${APPEAL_FILES_MAX} files that you have uploaded.`,
  };
  return new InvalidInputError([{ path: 'fileIds', message }]);
}

function refuseAppeal(text: string, fileIds: readonly string[]): InvalidInputError | null {
  const length = text.trim().length;
  if (length >= 2 && length <= APPEAL_LENGTH_MAX)
    return fileIds.length > APPEAL_FILES_MAX ? notOwnFiles() : null;
  const message = {
    zh: `请写明理由（2 到 ${APPEAL_LENGTH_MAX} 字）`,
    en: `Say why, in 2 to ${APPEAL_LENGTH_MAX} characters.`,
  };
  return new InvalidInputError([{ path: 'text', message }]);
}

/** What becomes of a suspicion. A figure moves only when somebody confirms under their name, and moves back when an appeal is granted. */
@Injectable()
export class IntegrityFlagService {
  constructor(
    private readonly database: Database,
    private readonly flags: IntegrityFlagRepository,
    private readonly sales: SaleFactReader,
    private readonly corrections: CorrectionService,
    private readonly facts: VolumeFactService,
    private readonly files: StoredFileService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  dismiss(
    id: string,
    reason: string,
    reviewer: FlagReviewer,
  ): Promise<IntegrityFlagId | InvalidInputError | FlagStateError> {
    return this.database.transaction(async (tx) => {
      const refusal = refuseReason(reason);
      if (refusal) return refusal;
      const flag = await this.lock(tx, id, reviewer);
      if (flag.state === 'DISMISSED') return flag.id;
      if (flag.state !== 'OPEN') return new FlagStateError(flag.state);
      await this.move(tx, flag, 'DISMISSED', reviewer.userId, reason);
      return flag.id;
    });
  }

  /** Takes what the flag is about off what is recognised; of each line at most what is left of it. */
  confirm(
    id: string,
    reason: string,
    reviewer: FlagReviewer,
  ): Promise<IntegrityFlagId | InvalidInputError | FlagStateError> {
    return this.database.transaction(async (tx) => {
      const refusal = refuseReason(reason);
      if (refusal) return refusal;
      const flag = await this.lock(tx, id, reviewer);
      if (flag.state === 'CONFIRMED' && flag.confirmedBy === reviewer.userId) return flag.id;
      if (flag.state !== 'OPEN') return new FlagStateError(flag.state);
      const { facts, corrections } = await this.corrections.dueOf(
        tx,
        await this.flags.lockFacts(tx, flag.id),
      );
      await this.flags.addCorrections(tx, flag.id, corrections);
      await this.facts.record(
        tx,
        correctingFacts(flag.id, facts, corrections, 'corrected', this.clock.now()),
      );
      await this.move(tx, flag, 'CONFIRMED', reviewer.userId, reason);
      return flag.id;
    });
  }

  /** The seller's word, once. */
  async appeal(
    { flagId, text, fileIds }: Appeal,
    { userId, merchantIds }: Appellant,
  ): Promise<IntegrityFlagId | InvalidInputError | FlagStateError> {
    const refusal = refuseAppeal(text, fileIds);
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const flag = await this.flags.lockOfMerchants(tx, flagId, merchantIds);
      if (!flag) throw new NotFound('IntegrityFlag', flagId);
      if (flag.state === 'APPEALED') return flag.id;
      if (flag.state !== 'CONFIRMED') return new FlagStateError(flag.state);
      const own = await this.files.attach(tx, fileIds, userId);
      if (own.length !== new Set(fileIds).size) return notOwnFiles();
      await this.move(tx, flag, 'APPEALED', userId, text, fileIds);
      return flag.id;
    });
  }

  /** Somebody else than who confirmed; granted, everything that was taken off is given back. */
  decideAppeal(
    id: string,
    verdict: 'UPHELD' | 'OVERTURNED',
    reason: string,
    reviewer: FlagReviewer,
  ): Promise<IntegrityFlagId | InvalidInputError | FlagStateError | OwnDecisionError> {
    return this.database.transaction(async (tx) => {
      const refusal = refuseReason(reason);
      if (refusal) return refusal;
      const flag = await this.lock(tx, id, reviewer);
      if (flag.state === verdict) return flag.id;
      if (flag.state !== 'APPEALED') return new FlagStateError(flag.state);
      if (flag.confirmedBy === reviewer.userId) return new OwnDecisionError();
      if (verdict === 'OVERTURNED') {
        const corrections = await this.flags.correctionsOf(tx, flag.id);
        const facts = await this.sales.byIds(
          corrections.map(({ factId }) => factId),
          tx,
        );
        await this.facts.record(
          tx,
          correctingFacts(flag.id, facts, corrections, 'restored', this.clock.now()),
        );
      }
      await this.move(tx, flag, verdict, reviewer.userId, reason);
      return flag.id;
    });
  }

  /** Changed for everything that is looked at from now on. */
  setThreshold(
    rule: string,
    name: string,
    value: number,
    actorId: IdOf<'usr'>,
  ): Promise<InvalidInputError | null> {
    return this.database.transaction(async (tx) => {
      if (value < 0 || value > THRESHOLD_MAX) {
        const message = {
          zh: '阈值须在 0 到 1,000,000,000,000 之间',
          en: 'A threshold is 0 to 1,000,000,000,000.',
        };
        return new InvalidInputError([{ path: 'value', message }]);
      }
      if (!(await this.flags.setThreshold(tx, rule, name, value)))
        throw new NotFound('IntegrityThreshold', `${rule}.${name}`);
      const detail = { name, value };
      await this.audit.record(tx, { actorId, act: 'integrity.threshold_set', subject: rule, detail });
      return null;
    });
  }

  private async lock(tx: Tx, id: string, { scope }: FlagReviewer): Promise<LockedFlag> {
    const flag = await this.flags.lock(tx, id, scope);
    if (!flag) throw new NotFound('IntegrityFlag', id);
    return flag;
  }

  private async move(
    tx: Tx,
    flag: LockedFlag,
    act: FlagAct,
    actorId: IdOf<'usr'>,
    reason: string,
    fileIds: readonly string[] = [],
  ): Promise<void> {
    const at = this.clock.now();
    await this.flags.setState(tx, flag.id, act, act === 'CONFIRMED' ? actorId : flag.confirmedBy, at);
    await this.flags.addStep(tx, flag.id, act, actorId, reason.trim(), fileIds, at);
    await this.audit.record(tx, {
      actorId,
      act: `integrity.${act.toLowerCase()}`,
      subject: flag.id,
      divisionCode: flag.countyCode,
      detail: { reason: reason.trim() },
    });
  }
}
