import { Injectable } from '@nestjs/common';
import { DAY_MS, leastIdAt, plus, sumFen } from '#libs/kernel';
import {
  type Payment,
  PaymentReader,
  ProviderStateService,
  type Refund,
  RefundReader,
  STATE_SUBJECTS,
  UnreturnedPaymentReader,
} from '#libs/payment';
import {
  findingOfAdopted,
  findingOfMismatch,
  findingOfState,
  findingOfUnreturned,
  isReturned,
  mismatchBreak,
  unreturnedBreak,
} from './provider-comparison.rules.js';
import { type Comparison, type Round, type Sight } from './reconciliation.rules.js';

const PAGE_MAX = 200;
/** A refund of the provider's desk is put before somebody once; a month of rounds every five minutes will have done it. */
const ADOPTED_BACK_MS = 30 * DAY_MS;

const PARTS = ['mismatch', 'unreturned', 'adopted', ...STATE_SUBJECTS] as const;

/** R5: the provider and we say the same of what is under way; and what the provider did that we never asked for is seen by somebody. */
@Injectable()
export class ProviderComparisonService implements Comparison {
  readonly name = 'PROVIDER_STATE';

  constructor(
    private readonly payments: PaymentReader,
    private readonly refunds: RefundReader,
    private readonly unreturned: UnreturnedPaymentReader,
    private readonly states: ProviderStateService,
  ) {}

  async look({ position, now }: Sight): Promise<Round> {
    const [word = 'mismatch', reached = ''] = position?.split(' ') ?? [];
    const part = PARTS.find((each) => each === word) ?? 'mismatch';
    if (part === 'mismatch') return this.mismatches(reached);
    if (part === 'unreturned') return this.failed(reached);
    if (part === 'adopted') return this.adopted(reached || leastIdAt('rfd', plus(now, -ADOPTED_BACK_MS)));
    const { examined, differences, last } = await this.states.compare(part, reached, now);
    const next = PARTS[PARTS.indexOf(part) + 1];
    return {
      findings: differences.map((difference) => findingOfState(part, difference)),
      examined,
      matched: examined - differences.length,
      position: last ? `${part} ${last}` : next ? `${next} ` : null,
    };
  }

  /** B10, B11. Over once all of it has gone back. */
  private async mismatches(reached: string): Promise<Round> {
    const payments = await this.payments.mismatchedAfter(reached, PAGE_MAX);
    const refunds = await this.refunds.ofPayments(payments.map(({ id }) => id));
    const backOf = ({ id }: Payment): Refund[] =>
      refunds.filter(({ paymentId, state }) => paymentId === id && state === 'SUCCEEDED');
    const isBack = (payment: Payment) => {
      const capturedFen = payment.capturedFen ?? 0n;
      return capturedFen > 0n && sumFen(backOf(payment).map(({ amountFen }) => amountFen)) === capturedFen;
    };
    const open = payments.filter((payment) => !isBack(payment));
    const settled = payments.filter((payment) => isBack(payment));
    const last = payments.length < PAGE_MAX ? undefined : payments.at(-1);
    return {
      findings: open.map((payment) => findingOfMismatch(payment)),
      settled: settled.flatMap((payment) => {
        const refundId = backOf(payment).at(-1)?.id;
        return refundId ? [{ ...mismatchBreak(payment.id), refundId }] : [];
      }),
      examined: payments.length,
      matched: settled.length,
      position: last ? `mismatch ${last.id}` : 'unreturned ',
    };
  }

  /** What should have gone back by itself and whose refund failed: over once all of it has arrived, by whichever way. */
  private async failed(reached: string): Promise<Round> {
    const payments = await this.unreturned.after(reached, PAGE_MAX);
    const settled = payments.filter((payment) => isReturned(payment));
    const last = payments.length < PAGE_MAX ? undefined : payments.at(-1);
    return {
      findings: payments.filter((payment) => !isReturned(payment)).map(findingOfUnreturned),
      settled: settled.flatMap(({ paymentId, returnedBy }) =>
        returnedBy ? [{ ...unreturnedBreak(paymentId), refundId: returnedBy }] : [],
      ),
      examined: payments.length,
      matched: settled.length,
      position: last ? `unreturned ${last.paymentId}` : 'adopted ',
    };
  }

  /** C20. */
  private async adopted(reached: string): Promise<Round> {
    const refunds = await this.refunds.adoptedAfter(reached, PAGE_MAX);
    const last = refunds.length < PAGE_MAX ? undefined : refunds.at(-1);
    return {
      findings: refunds.map((refund) => findingOfAdopted(refund)),
      examined: refunds.length,
      matched: refunds.length,
      position: last ? `adopted ${last.id}` : 'PAYMENT ',
    };
  }
}
