import { Injectable } from '@nestjs/common';
import type { Fen, Page, PageRequest } from '#libs/kernel';
import { type AccountJournal, AccountMovementReader } from '#libs/ledger';
import { type Payee, PayeeShareReader, PayoutReader } from '#libs/settlement';
import { type MoneyDeduction, deductionsOf } from './money-line.rules.js';
import { StatementDetailReader } from './statement-detail.reader.js';
import type { StatementLineKind } from './statement.entity.js';
import { type WholeLine, subjectsOf, wholeLineOf } from './statement-line.rules.js';
import { type Amounts, NOTHING, accountsOf, codesOf, netOf } from './statement.rules.js';

/** Columns in the sort keys of the two lists, for `pageRequest`. */
export const MONEY_LINE_KEY_PARTS = 1;
export const PAYOUT_LINE_KEY_PARTS = 2;

/** What one journal did to a payee's money, as the books have it now: no statement is waited for. */
export interface MoneyLine {
  readonly journalId: string;
  readonly kind: StatementLineKind;
  readonly orderId: string | null;
  /** That it is, or that came back. */
  readonly payoutId: string | null;
  readonly wording: string;
  readonly grossFen: Fen | null;
  readonly deductions: readonly MoneyDeduction[];
  readonly amounts: Amounts & { readonly netFen: Fen };
  readonly effectiveAt: Date;
}

const PAYOUT_KINDS: readonly StatementLineKind[] = ['PAYOUT', 'PAYOUT_RETURNED'];

/** Every fen of a payee with what it is of: all of them, or those that one payout is made of. */
@Injectable()
export class MoneyLineReader {
  constructor(
    private readonly movements: AccountMovementReader,
    private readonly details: StatementDetailReader,
    private readonly shares: PayeeShareReader,
    private readonly payouts: PayoutReader,
  ) {}

  /** What was written down last comes first; all of them together are what the accounts hold. None below `fromJournalId`; '' for all. */
  async page(payee: Payee, request: PageRequest, fromJournalId = ''): Promise<Page<MoneyLine>> {
    const page = await this.movements.latestOf(codesOf(accountsOf(payee)), request, fromJournalId);
    return { ...page, nodes: await this.linesOf(payee, page.nodes) };
  }

  /** In the order of the books; what each gives to the payout, together its amount. None below `fromJournalId`; '' for all. The caller has checked whose it is. */
  async ofPayout(
    payee: Payee,
    payoutId: string,
    request: PageRequest,
    fromJournalId = '',
  ): Promise<Page<MoneyLine>> {
    const page = await this.payouts.items(payoutId, request, fromJournalId);
    const ids = page.nodes.map(({ journalId }) => journalId);
    const journals = await this.movements.journalsByIds(ids, codesOf(accountsOf(payee)));
    const lines = new Map((await this.linesOf(payee, journals)).map((line) => [line.journalId, line]));
    const nodes = page.nodes.flatMap(({ journalId, amountFen }) => {
      const line = lines.get(journalId);
      return line ? [{ ...line, amounts: shown({ ...NOTHING, availableFen: amountFen }) }] : [];
    });
    return { ...page, nodes };
  }

  private async linesOf(payee: Payee, journals: readonly AccountJournal[]): Promise<MoneyLine[]> {
    const [details, others] = await Promise.all([
      this.details.of(payee, journals),
      this.shares.othersOf(payee, subjectsOf(journals).orderIds),
    ]);
    return journals.map((journal) => {
      const line = wholeLineOf(accountsOf(payee), journal, details);
      const gotBy = line.kind === 'SALE' ? others.filter(({ orderId }) => orderId === line.orderId) : [];
      return lineOf(line, deductionsOf(gotBy));
    });
  }
}

function shown(amounts: Amounts): MoneyLine['amounts'] {
  return { ...amounts, netFen: netOf(amounts) };
}

function lineOf({ subject, orderId, amounts, ...line }: WholeLine, deductions: MoneyDeduction[]): MoneyLine {
  return {
    ...line,
    orderId: orderId || null,
    payoutId: PAYOUT_KINDS.includes(line.kind) ? subject : null,
    deductions,
    amounts: shown(amounts),
  };
}
