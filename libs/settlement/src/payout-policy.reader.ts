import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf, present } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { PayoutPolicyName } from './payout-policy.entity.js';
import type { PolicyChangeRow } from './payout-policy.rules.js';

type Raw = Omit<PolicyChangeRow, 'amountFen'> & { readonly amount: FenText };

export const SELECT_CHANGES = `SELECT id, name, amount_fen AS amount, effective_on AS effectiveOn, reason,
  idempotency_key AS idempotencyKey, proposed_by AS proposedBy, approval_request_id AS approvalRequestId, state,
  proposed_at AS proposedAt, decided_at AS decidedAt FROM payout_policy_change`;

export function changeOf({ amount, ...rest }: Raw): PolicyChangeRow {
  return { ...rest, amountFen: fen(amount) };
}

/** The policy of one day. */
export class PolicyOfDay {
  constructor(private readonly amounts: ReadonlyMap<PayoutPolicyName, Fen>) {}

  of(name: PayoutPolicyName): Fen {
    return present(this.amounts.get(name), `the policy ${name}`);
  }

  all(): { readonly name: PayoutPolicyName; readonly amountFen: Fen }[] {
    return [...this.amounts].map(([name, amountFen]) => ({ name, amountFen }));
  }
}

@Injectable()
export class PayoutPolicyReader {
  constructor(private readonly database: Database) {}

  /** What holds on a business day: of the changes agreed to the one that took effect last, of several the one agreed to last. */
  async on(day: string, on: Pick<Tx, 'query'> = this.database): Promise<PolicyOfDay> {
    const rows = await on.query<{ name: PayoutPolicyName; amount: FenText }>(
      `SELECT p.name, COALESCE((
         SELECT c.amount_fen FROM payout_policy_change c
         WHERE c.name = p.name AND c.state = 'APPROVED' AND c.effective_on <= ?
         ORDER BY c.effective_on DESC, c.decided_at DESC, c.id DESC LIMIT 1), p.amount_fen) AS amount
       FROM payout_policy p ORDER BY p.name`,
      [day],
    );
    return new PolicyOfDay(new Map(rows.map(({ name, amount }) => [name, fen(amount)])));
  }

  /** The latest first. Ids are made in the order of time. */
  async changes({ first, after }: PageRequest): Promise<Page<PolicyChangeRow>> {
    const [before = 'ppc_~'] = after ?? [];
    const rows = await this.database.query<Raw>(`${SELECT_CHANGES} WHERE id < ? ORDER BY id DESC LIMIT ?`, [
      before,
      first + 1,
    ]);
    return pageOf(rows.map(changeOf), first, ({ id }) => [id]);
  }
}
