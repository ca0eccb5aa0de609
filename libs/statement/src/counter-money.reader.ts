import { Injectable } from '@nestjs/common';
import { ChannelPointReader } from '#libs/channel';
import { type RunCounter, RunCounterReader } from '#libs/counter';
import type { Page, PageRequest } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { PayeeAccountReader, type PayeeAccountState } from '#libs/settlement';
import { isInOwnTime } from './own-payee.rules.js';
import type { ShownAmounts } from './statement.reader.js';
import { accountsOf, amountsOf, codesOf, netOf } from './statement.rules.js';

/** What a counter has earned whoever runs it. */
export interface CounterMoney {
  readonly counterId: string;
  readonly name: string;
  readonly address: string;
  readonly since: Date | null;
  readonly amounts: ShownAmounts;
  /** Of the account that whoever runs it has told; null while they have told of none. */
  readonly bankAccountState: PayeeAccountState | null;
}

const accountsAt = ({ id }: RunCounter) => accountsOf({ kind: 'OPERATOR', id });

/** The counters that a merchant runs, each a payee by itself. Four statements, however many there are. */
@Injectable()
export class CounterMoneyReader {
  constructor(
    private readonly counters: RunCounterReader,
    private readonly points: ChannelPointReader,
    private readonly ledger: LedgerReader,
    private readonly accounts: PayeeAccountReader,
  ) {}

  /** With `counterId`, of that one alone. */
  async page(
    merchantId: string,
    counterId: string | null,
    request: PageRequest,
  ): Promise<Page<CounterMoney>> {
    const page = await this.counters.page(merchantId, counterId, request);
    if (page.nodes.length === 0) return { ...page, nodes: [] };
    const ids = page.nodes.map(({ id }) => id);
    const [points, books, accounts] = await Promise.all([
      this.points.byIds(ids),
      this.ledger.balancesAsOf(
        page.nodes.flatMap((counter) => codesOf(accountsAt(counter))),
        null,
      ),
      this.accounts.currentOf(ids),
    ]);
    const nodes = page.nodes.map((counter) => {
      const point = points.find(({ id }) => id === counter.id);
      const account = accounts.find(({ payeeId }) => payeeId === counter.id);
      const amounts = amountsOf(accountsAt(counter), books);
      return {
        counterId: counter.id,
        name: point?.name ?? '',
        address: point?.address ?? '',
        since: counter.since,
        amounts: { ...amounts, netFen: netOf(amounts) },
        bankAccountState: account && isInOwnTime(counter, account.proposedAt) ? account.state : null,
      };
    });
    return { ...page, nodes };
  }
}
