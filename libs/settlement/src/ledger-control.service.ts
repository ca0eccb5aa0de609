import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { type IdOf, InvalidInputError, NotFound, present, refused } from '#libs/kernel';
import {
  type AccountStateRefusal,
  type LedgerAccountRow,
  LedgerAccountService,
  type LedgerAccountState,
  LedgerReader,
  accountCodeOf,
} from '#libs/ledger';
import { Database } from '#platform/database';
import { ADJUSTMENT_REASON_LENGTH_MAX } from './ledger-adjustment.rules.js';

/** People who freeze, thaw and close accounts; who and why is in the audit log. */
@Injectable()
export class LedgerControlService {
  constructor(
    private readonly database: Database,
    private readonly accounts: LedgerAccountService,
    private readonly reader: LedgerReader,
    private readonly audit: AuditService,
  ) {}

  /** Asking for the state it is in changes nothing and leaves no entry. */
  async setState(
    code: string,
    state: LedgerAccountState,
    { userId, reason }: { readonly userId: IdOf<'usr'>; readonly reason: string },
  ): Promise<LedgerAccountRow | InvalidInputError | AccountStateRefusal> {
    if (!accountCodeOf(code)) throw new NotFound('LedgerAccount', code);
    const why = reason.trim();
    if (why.length === 0 || why.length > ADJUSTMENT_REASON_LENGTH_MAX) {
      const message = {
        zh: `须写明理由，不超过 ${ADJUSTMENT_REASON_LENGTH_MAX} 字`,
        en: `A reason is needed, of at most ${ADJUSTMENT_REASON_LENGTH_MAX} characters.`,
      };
      return new InvalidInputError([{ path: 'reason', message }]);
    }
    const refusal = await this.database.transaction(async (tx) => {
      const before = await this.accounts.setState(tx, code, state);
      if (refused(before)) return before;
      if (before !== state) {
        const detail = { from: before, to: state, reason: why };
        await this.audit.record(tx, { actorId: userId, act: 'ledger_account.moved', subject: code, detail });
      }
      return null;
    });
    return refusal ?? present(await this.reader.accountByCode(code), code);
  }
}
