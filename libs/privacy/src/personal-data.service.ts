import { Injectable } from '@nestjs/common';
import { AddressReader } from '#libs/address';
import { AdoptionReader } from '#libs/adoption';
import { AfterSaleReader } from '#libs/aftersale';
import { BulkOrderReader } from '#libs/bulk';
import {
  AuditService,
  PersonReader,
  PhoneProofService,
  type SignInCodeExpiredError,
  type SignInCodeWrongError,
} from '#libs/identity';
import { InvoiceReader } from '#libs/invoice';
import { MerchantApplicationReader } from '#libs/merchant';
import { Clock, businessDay } from '#libs/kernel';
import { AdoptionOrderReader, BuyerOrderReader, CartViewReader, OrderReader } from '#libs/ordering';
import { PaymentReader, RefundReader } from '#libs/payment';
import { ProcurementUnitReader } from '#libs/procurement';
import { CouponReader } from '#libs/promotion';
import { ReviewReader } from '#libs/review';
import { Database } from '#platform/database';
import type { Proof } from './account-deletion.service.js';

export interface PersonalDataFile {
  readonly fileName: string;
  /** JSON. */
  readonly content: string;
}

/** Money is text in JSON, as everywhere outside. */
const textOf = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

/** Everything that is kept about somebody, in one file, for themselves. */
@Injectable()
export class PersonalDataService {
  constructor(
    private readonly database: Database,
    private readonly people: PersonReader,
    private readonly addresses: AddressReader,
    private readonly carts: CartViewReader,
    private readonly buyerOrders: BuyerOrderReader,
    private readonly orders: OrderReader,
    private readonly adoptionOrders: AdoptionOrderReader,
    private readonly adoptions: AdoptionReader,
    private readonly payments: PaymentReader,
    private readonly refunds: RefundReader,
    private readonly afterSales: AfterSaleReader,
    private readonly reviews: ReviewReader,
    private readonly coupons: CouponReader,
    private readonly invoices: InvoiceReader,
    private readonly units: ProcurementUnitReader,
    private readonly lists: BulkOrderReader,
    private readonly applications: MerchantApplicationReader,
    private readonly proofs: PhoneProofService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Written down before anything is gathered. */
  async export({
    userId,
    code,
    address,
  }: Proof): Promise<PersonalDataFile | SignInCodeWrongError | SignInCodeExpiredError> {
    const refusal = await this.proofs.prove(userId, code, address);
    if (refusal) return refusal;
    const note = { actorId: userId, act: 'personal_data.exported', subject: userId };
    await this.database.transaction((tx) => this.audit.record(tx, note));
    const exportedAt = this.clock.now();
    const content = JSON.stringify(
      { format: 'taoyuan-personal-data/1', exportedAt, ...(await this.gather(userId)) },
      textOf,
      2,
    );
    return { fileName: `taoyuan-${businessDay(exportedAt)}.json`, content };
  }

  private async gather(userId: string): Promise<object> {
    const [person, addresses, cart, orderIds, coupons, invoices, procurementUnits, lists, applications] =
      await Promise.all([
        this.people.of(userId),
        this.addresses.ofBuyer(userId),
        this.carts.ofBuyer(userId),
        this.buyerOrders.idsOf(userId),
        this.couponsOf(userId),
        this.invoices.ofBuyer(userId),
        this.units.ofMember(userId),
        this.lists.ofBuyer(userId),
        this.applications.ofApplicant(userId),
      ]);
    const bankAccounts = await this.applications.accountsOf(applications.map(({ id }) => id));
    return {
      ...person,
      addresses,
      cart: cart.lines,
      ...(await this.bought(orderIds)),
      ...(await this.said(userId)),
      coupons,
      invoices,
      merchantApplications: applications.map(
        ({ id, state, content, countyCode, merchantId, createdAt, submittedAt }) => ({
          id,
          state,
          content,
          bankAccount: bankAccounts.find(({ applicationId }) => applicationId === id) ?? null,
          countyCode,
          merchantId,
          createdAt,
          submittedAt,
        }),
      ),
      procurementUnits: procurementUnits.map(({ id, name }) => ({ id, name })),
      bulkOrders: lists.map(
        ({ id, unitId, reference, fileName, state, rowCount, totalFen, createdAt, confirmedAt }) => ({
          id,
          unitId,
          reference,
          fileName,
          state,
          rowCount,
          totalFen,
          createdAt,
          confirmedAt,
        }),
      ),
    };
  }

  /** What they have said of goods, and what they have asked for where something went wrong. */
  private async said(userId: string): Promise<object> {
    const [reviews, afterSales] = await Promise.all([
      this.reviews.ofBuyer(userId),
      this.afterSales.ofBuyer(userId),
    ]);
    const caseIds = afterSales.map(({ id }) => id);
    const [reviewPhotos, afterSaleSteps, afterSalePhotos] = await Promise.all([
      this.reviews.photosOf(reviews.map(({ id }) => id)),
      this.afterSales.stepsOf(caseIds),
      this.afterSales.photosOf(caseIds),
    ]);
    return { reviews, reviewPhotos, afterSales, afterSaleSteps, afterSalePhotos };
  }

  /** What they have claimed, without what its giver keeps of the promotion. */
  private async couponsOf(userId: string): Promise<object[]> {
    const coupons = await this.coupons.ofHolder(userId);
    return coupons.map(({ promotion: { kind, name, validFrom, validUntil }, ...coupon }) => ({
      ...coupon,
      promotion: { kind, name, validFrom, validUntil },
    }));
  }

  private async bought(orderIds: readonly string[]): Promise<object> {
    if (orderIds.length === 0)
      return { orders: [], orderLines: [], adoptions: [], payments: [], refunds: [] };
    const [orders, orderLines, adoptions, payments, refunds] = await Promise.all([
      this.orders.byIds(orderIds),
      this.orders.linesOfOrders(orderIds),
      this.adopted(orderIds),
      this.payments.ofOrders(orderIds),
      this.refunds.ofOrders(orderIds),
    ]);
    const told = refunds.map(({ id, orderId, reason, state, amountFen, createdAt }) => ({
      id,
      orderId,
      reason,
      state,
      amountFen,
      createdAt,
    }));
    return { orders, orderLines, adoptions, payments, refunds: told };
  }

  /** What they have adopted, what they have had written on it, and to whom its instalments go. */
  private async adopted(orderIds: readonly string[]): Promise<object[]> {
    const adoptions = await this.adoptionOrders.ofOrders(orderIds);
    const ids = adoptions.map(({ id }) => id);
    const [instalments, plates] = await Promise.all([
      this.adoptions.progressOf(ids),
      this.adoptions.platesOf(ids),
    ]);
    const recipients = await this.adoptions.recipientsOf(instalments.map(({ orderLineId }) => orderLineId));
    return adoptions.map((adoption) => ({
      ...adoption,
      plateName: plates.find(({ adoptionId }) => adoptionId === adoption.id)?.name ?? null,
      instalments: instalments
        .filter(({ adoptionId }) => adoptionId === adoption.id)
        .map((each) => ({
          ...each,
          recipient: recipients.find(({ orderLineId }) => orderLineId === each.orderLineId) ?? null,
        })),
    }));
  }
}
