import {
  Clock,
  type IdOf,
  type InvalidInputError,
  NotFound,
  businessDay,
  newId,
  present,
} from '#libs/kernel';
import { Database } from '#platform/database';
import type { PersonalRecord, PersonalSource } from '#platform/personal';
import type { AuditService } from './audit.service.js';
import { UnmaskLimitError } from './unmasking.errors.js';
import type { UnmaskingRepository } from './unmasking.repository.js';
import { UNMASKINGS_PER_DAY, type UnmaskWish, refuseWish } from './unmasking.rules.js';

export interface Unmasker {
  readonly userId: IdOf<'usr'>;
  readonly scope: readonly string[] | 'ALL';
}

export interface Unmasked {
  readonly fields: PersonalRecord['fields'];
  /** How many more today. */
  readonly left: number;
}

/**
 * Shows one record in plain, once: for a purpose, with a reason, within one's divisions, and so many times a day. Who was shown what and
 * why is written before anybody sees it. The sources are brought together by a door, as no room knows them all.
 */
export class UnmaskingService {
  constructor(
    private readonly sources: readonly PersonalSource[],
    private readonly database: Database,
    private readonly unmaskings: UnmaskingRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async unmask(
    wish: UnmaskWish,
    { userId, scope }: Unmasker,
  ): Promise<Unmasked | InvalidInputError | UnmaskLimitError> {
    const refusal = refuseWish(wish);
    if (refusal) return refusal;
    const { kind, subjectId, purpose } = wish;
    const source = present(
      this.sources.find((each) => each.kind === kind),
      `a source of ${kind}`,
    );
    const record = await source.reveal(subjectId, scope);
    if (!record) throw new NotFound('Record', subjectId);

    const [reason, caseRef] = [wish.reason.trim(), wish.caseRef?.trim() || null];
    const { divisionCode, fields } = record;
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const onDay = businessDay(at);
      const before = await this.unmaskings.countOf(tx, userId, onDay);
      if (before >= UNMASKINGS_PER_DAY) return new UnmaskLimitError(UNMASKINGS_PER_DAY);
      const dayNo = before + 1;
      const stated = { kind, subjectId, purpose, reason, caseRef, divisionCode };
      await this.unmaskings.insert(tx, { id: newId('unm'), actorId: userId, ...stated, onDay, dayNo, at });
      await this.audit.record(tx, {
        actorId: userId,
        act: 'personal_data.unmasked',
        subject: subjectId,
        divisionCode,
        detail: { kind, purpose, reason, caseRef, fields: fields.map(({ name }) => name) },
      });
      return { fields, left: UNMASKINGS_PER_DAY - dayNo };
    });
  }
}
