import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, type Fen, type IdOf, NotFound, newId, present } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { StatementFeeReader, lastDayOf } from '#libs/statement';
import { Database, type Tx } from '#platform/database';
import type { InvoiceId } from './invoice.entity.js';
import { InvoiceNotFailedError } from './invoice.errors.js';
import { type InvoiceItemRow, InvoiceReader, type InvoiceRow } from './invoice.reader.js';
import { InvoiceRepository } from './invoice.repository.js';
import { isRetriedByFinance } from './invoice.rules.js';
import { ServiceFeeRepository } from './service-fee.repository.js';
import { type OrderFee, serviceFeesOf } from './service-fee.rules.js';
import { TaxTreatmentReader } from './tax-treatment.reader.js';
import { type ItemTax, PLATFORM_SELLER, UNSET, serviceTaxOf } from './tax-treatment.rules.js';

/** Ten years: whoever has more months to catch up with is done at the next fact. */
const MONTHS_MAX = 120;
/** Orders of one question, so that it stays short whatever a month has brought back. */
const ORDERS_PER_PAGE = 500;

type Bill = Pick<InvoiceRow, 'kind' | 'refundId' | 'originalId' | 'attempt' | 'period' | 'totalFen'> &
  ItemTax;

/** The platform bills sellers for its service, by what their checked statements show, and takes back what went back later. */
@Injectable()
export class ServiceFeeService {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoiceRepository,
    private readonly reader: InvoiceReader,
    private readonly bills: ServiceFeeRepository,
    private readonly statements: StatementFeeReader,
    private readonly merchants: MerchantReader,
    private readonly treatments: TaxTreatmentReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Every month that stands and is not billed yet, in order; told again, or out of order, it finds nothing left to do. */
  async bill(tx: Tx, merchantId: string): Promise<void> {
    await this.invoices.lockGate(tx, merchantId);
    const last = await this.bills.lastMonth(tx, merchantId);
    const months = await this.statements.monthsAfter(tx, merchantId, last, MONTHS_MAX);
    for (const { id, month } of months) await this.billMonth(tx, merchantId, { statementId: id, month });
  }

  /** What has failed, asked for anew in today's name of the merchant: service fees, and red ones that no buyer asks for. */
  async retry(userId: IdOf<'usr'>, invoiceId: string): Promise<InvoiceRow | InvoiceNotFailedError> {
    return this.database.transaction(async (tx) => {
      await this.invoices.lock(tx, [invoiceId]);
      const [failed] = await this.reader.byIds([invoiceId], tx);
      if (!failed) throw new NotFound('Invoice', invoiceId);
      if (!isRetriedByFinance(failed) || (await this.invoices.isReplaced(tx, failed)))
        return new InvoiceNotFailedError();
      const items = await this.reader.itemsOf([invoiceId], tx);
      const named = failed.subject === 'GOODS' ? failed : await this.billedTo(tx, failed.merchantId);
      const { title, taxNumber } = named;
      const again: InvoiceRow = {
        ...failed,
        id: newId('inv'),
        title,
        taxNumber,
        attempt: failed.attempt + 1,
        ...this.fresh(),
      };
      await this.invoices.insert(
        tx,
        [again],
        items.map((item) => ({ ...item, invoiceId: again.id })),
      );
      // They wait for its number: none of them has been handed over yet.
      await this.invoices.follow(tx, { from: failed.id, to: again.id });
      await this.audit.record(tx, {
        actorId: userId,
        act: 'invoice.retried',
        subject: again.id,
        detail: { failed: failed.id, attempt: again.attempt },
      });
      return again;
    });
  }

  private async billMonth(
    tx: Tx,
    merchantId: string,
    { statementId, month }: { readonly statementId: string; readonly month: string },
  ): Promise<void> {
    const feeFen = await this.statements.totalOf(tx, statementId);
    const fees = serviceFeesOf(month, feeFen, await this.takenBack(tx, merchantId, { statementId, month }));
    const blues = new Map(
      (await this.reader.feesOf(tx, merchantId))
        .filter(({ kind }) => kind === 'BLUE')
        // Of one that failed and was asked for anew the latest, which comes last.
        .map((blue) => [blue.period ?? '', blue]),
    );
    const drafts: Bill[] = [];
    if (fees.blueFen > 0n) drafts.push(await this.blueOf(tx, month, fees.blueFen));
    for (const { month: period, amountFen } of fees.reds) {
      const original = present(blues.get(period), `what was billed for ${period}`);
      const [item] = await this.reader.itemsOf([original.id], tx);
      const { taxTreatment, taxRateBps } = item ?? UNSET;
      drafts.push({
        kind: 'RED',
        refundId: statementId,
        originalId: original.id,
        attempt: 1,
        period,
        totalFen: amountFen,
        taxTreatment,
        taxRateBps,
      });
    }
    await this.write(tx, merchantId, drafts);
    const redFen = fees.blueFen - feeFen;
    const billedAt = this.clock.now();
    await this.bills.insert(tx, {
      statementId,
      merchantId,
      month,
      feeFen,
      blueFen: fees.blueFen,
      redFen,
      billedAt,
    });
  }

  private async blueOf(tx: Tx, month: string, totalFen: Fen): Promise<Bill> {
    const entries = await this.treatments.ofMerchants([PLATFORM_SELLER], tx);
    return {
      kind: 'BLUE',
      refundId: '',
      originalId: null,
      attempt: 1,
      period: month,
      totalFen,
      ...serviceTaxOf(entries, lastDayOf(month)),
    };
  }

  private async takenBack(
    tx: Tx,
    merchantId: string,
    { statementId, month }: { readonly statementId: string; readonly month: string },
  ): Promise<OrderFee[]> {
    const all: OrderFee[] = [];
    for (let after = ''; ;) {
      const ids = await this.statements.ordersTakenBack(tx, statementId, after, ORDERS_PER_PAGE);
      all.push(...(await this.statements.ofOrders(tx, merchantId, ids, month)));
      const last = ids.at(-1);
      if (last === undefined || ids.length < ORDERS_PER_PAGE) return all;
      after = last;
    }
  }

  private async write(tx: Tx, merchantId: string, drafts: readonly Bill[]): Promise<void> {
    if (drafts.length === 0) return;
    const named = await this.billedTo(tx, merchantId);
    const items: InvoiceItemRow[] = [];
    const rows = drafts.map(({ taxTreatment, taxRateBps, ...draft }): InvoiceRow => {
      const id: InvoiceId = newId('inv');
      items.push({
        invoiceId: id,
        lineNo: 1,
        orderLineId: '',
        name: `平台技术服务费 ${draft.period ?? ''}`,
        quantity: draft.kind === 'BLUE' ? 1 : 0,
        amountFen: draft.totalFen,
        taxTreatment,
        taxRateBps,
      });
      return {
        id,
        subject: 'SERVICE_FEE',
        ...draft,
        orderId: null,
        merchantOrderId: null,
        buyerId: null,
        merchantId,
        ...named,
        ...this.fresh(),
      };
    });
    await this.invoices.insert(tx, rows, items);
  }

  /** Whoever is billed, as the register of merchants has them now. */
  private async billedTo(
    tx: Tx,
    merchantId: string,
  ): Promise<{ readonly title: string; readonly taxNumber: string }> {
    const [merchant] = await this.merchants.byIds([merchantId], tx);
    const codes = await this.merchants.creditCodesOf([merchantId], tx);
    return { title: merchant?.name ?? merchantId, taxNumber: codes.get(merchantId) ?? '' };
  }

  private fresh() {
    return {
      state: 'REQUESTED',
      exportId: null,
      number: null,
      issuedOn: null,
      failureNote: null,
      requestedAt: this.clock.now(),
    } as const;
  }
}
