import { businessDay, present } from '#libs/kernel';
import { parseCsv } from '../data/csv.js';
import { readDataFile } from '../seed/table-load.js';
import {
  ADDRESSES,
  CAST,
  CLAIMS,
  type CasePlan,
  FREIGHT,
  LIMITS,
  LIST,
  ORDERS,
  type OrderPlan,
  type Photo,
  PROMOTIONS,
  type PromotionPlan,
  type Role,
  SCHOOL,
  WAREHOUSE,
  type Seller,
} from './cast.js';
import { Applicants } from './applicants.js';
import { Certifications } from './certifications.js';
import { Harvests } from './harvests.js';
import { Listings } from './listings.js';
import { Counters } from './counters.js';
import type { Doors, Player } from './doors.js';
import { Places } from './places.js';
import { Parcels } from './parcels.js';
import { picture } from './pictures.js';

const REFUSED = '__typename ... on DomainError { code message }';
const CARRIER = '顺丰速运';
const DAY_MS = 86_400_000;

const PROMOTION_PUBLISH = `mutation ($merchantId: ID!, $input: PromotionInput!) {
  promotionPublish(merchantId: $merchantId, input: $input) { ${REFUSED} ... on PromotionPublishPayload { promotion { id } } } }`;
const PROMOTION_PROPOSE = `mutation ($divisionCode: ID, $input: PromotionInput!) {
  promotionPropose(divisionCode: $divisionCode, input: $input) { ${REFUSED} ... on PromotionProposePayload { promotion { id } } } }`;
const PROMOTION_DECIDE = `mutation ($id: ID!) { promotionDecide(promotionId: $id, verdict: APPROVE) { ${REFUSED} } }`;
const COUPON_CLAIM = `mutation ($promotionId: ID!, $key: ID!) {
  couponClaim(promotionId: $promotionId, idempotencyKey: $key) { ${REFUSED} ... on CouponClaimPayload { coupon { id } } } }`;
const FREIGHT_SET = `mutation ($input: FreightTemplateSetInput!) { freightTemplateSet(input: $input) { ${REFUSED} } }`;
const LIMIT_SET = `mutation ($input: PurchaseLimitSetInput!) { purchaseLimitSet(input: $input) { ${REFUSED} } }`;
const ADDRESS_ADD = `mutation ($input: AddressInput!) { addressAdd(input: $input) { ${REFUSED} ... on AddressAddPayload { addressId } } }`;
const ORDER_PLACE = `mutation ($input: OrderPlaceInput!) {
  orderPlace(input: $input) { ${REFUSED} ... on OrderPlacePayload { order { id } } } }`;
const ORDER_SIGN = `mutation ($id: ID!) { orderSign(orderId: $id) { ${REFUSED} } }`;
const PAYMENT_START = `mutation ($orderId: ID!) {
  paymentStart(orderId: $orderId, method: ALIPAY) { ${REFUSED} ... on PaymentStartPayload { payment { action { url } } } } }`;
const ORDER = `query ($id: ID!) { order(id: $id) { state merchantOrders { id fulfillments { id receivedAt } lines { id afterSales { id } review { id } } } } }`;
const PARCEL_RECEIVE = `mutation ($id: ID!) { fulfillmentReceive(fulfillmentId: $id) { ${REFUSED} } }`;
const SHIP = `mutation ($input: MerchantOrderShipInput!) { merchantOrderShip(input: $input) { ${REFUSED} } }`;
const RECEIVE = `mutation ($id: ID!) { merchantOrderReceive(merchantOrderId: $id) { ${REFUSED} } }`;
const REVIEW_POST = `mutation ($input: ReviewPostInput!) {
  reviewPost(input: $input) { ${REFUSED} ... on ReviewPostPayload { review { id } } } }`;
const REVIEW_REPLY = `mutation ($id: ID!, $text: String!) { reviewReply(id: $id, text: $text) { ${REFUSED} } }`;
const WAREHOUSE_PLACE = `mutation ($merchantId: ID!, $longitude: Float!, $latitude: Float!) {
  warehousePositionSet(merchantId: $merchantId, longitude: $longitude, latitude: $latitude) { ${REFUSED} } }`;
const ROUTE_PLAN = `mutation ($input: RestockRoutePlanInput!) { restockRoutePlan(input: $input) { ${REFUSED} } }`;
const CASE_OPEN = `mutation ($input: AfterSaleOpenInput!) {
  afterSaleOpen(input: $input) { ${REFUSED} ... on AfterSaleOpenPayload { afterSale { id } } } }`;
const CASE_APPROVE = `mutation ($id: ID!, $returnAddress: String) { afterSaleApprove(id: $id, returnAddress: $returnAddress) { ${REFUSED} } }`;
const CASE_SEND_BACK = `mutation ($id: ID!, $trackingNo: String!) {
  afterSaleSendBack(id: $id, carrier: "${CARRIER}", trackingNo: $trackingNo) { ${REFUSED} } }`;

interface PlacedOrder {
  readonly state: string;
  readonly merchantOrders: readonly {
    readonly id: string;
    readonly fulfillments: readonly { readonly id: string }[];
    readonly lines: readonly {
      readonly id: string;
      readonly afterSales: readonly { readonly id: string }[];
      readonly review: { readonly id: string } | null;
    }[];
  }[];
}

const idsOf = (file: string, key: string) =>
  new Map(parseCsv(readDataFile(file)).map((row) => [row[key] ?? '', row]));

/**
 * What has happened in the market before anybody comes to look: played through the doors of the running services, as buyers, sellers and
 * officials would. Each act has a key or is refused the second time, so that a story that was broken off goes on where it was.
 */
export class Story {
  private readonly players = new Map<string, Player>();
  private readonly merchants = idsOf('merchants.csv', 'key');
  private readonly variants = idsOf('product-variants.csv', 'sku');
  private readonly products = idsOf('products.csv', 'key');
  private readonly addresses = new Map<string, string>();
  private readonly promotions = new Map<string, string>();

  constructor(
    private readonly doors: Doors,
    private readonly now: Date,
  ) {}

  /** Returns how many orders it is about. */
  async play(): Promise<number> {
    const places = new Places(this.doors, this.now);
    await places.open();
    await this.offers();
    await this.addressBooks();
    for (const [role, key] of CLAIMS) await this.claim(role, key);
    const orderIds = await inTurn(ORDERS, (order) => this.place(order));
    await Promise.all(orderIds.map((id, index) => this.settle(present(ORDERS[index], 'an order'), id)));
    await inTurn(ORDERS, (order, index) => this.deliver(order, present(orderIds[index], order.key)));
    await this.doors.list(this.as('canteen'), this.school, LIST);
    await this.routes();
    await new Applicants(this.doors).play();
    await new Certifications(this.doors, this.now).play();
    await new Listings(this.doors).play();
    await new Counters(this.doors, this.now).play();
    await new Harvests(this.doors, this.now).play();
    await new Parcels(this.doors, (buyer, orderId) => this.pay(buyer, orderId)).play();
    await places.goOn();
    return ORDERS.length;
  }

  private get school(): string {
    return this.idOf(idsOf('procurement-units.csv', 'name'), SCHOOL);
  }

  /** Paid for, or signed for and paid some day. */
  private async settle({ by, forSchool }: OrderPlan, orderId: string): Promise<void> {
    if (forSchool !== 'ON_ACCOUNT') return this.pay(this.as(by), orderId);
    await this.doors.ask('storefront', this.as('director'), ORDER_SIGN, { id: orderId }, [
      'ORDER_NOT_SIGNABLE',
    ]);
  }

  private as(role: Role): Player {
    return this.player(CAST[role]);
  }

  private seller(key: Seller): Player {
    return this.player(present(this.merchants.get(key)?.['contactPhone'], key));
  }

  private player(phone: string): Player {
    const player = this.players.get(phone) ?? this.doors.player(phone);
    this.players.set(phone, player);
    return player;
  }

  private idOf(rows: ReadonlyMap<string, Readonly<Record<string, string>>>, key: string): string {
    return present(rows.get(key)?.['id'], key);
  }

  private async offers(): Promise<void> {
    for (const plan of PROMOTIONS) this.promotions.set(plan.key, await this.offer(plan));
    for (const [key, template] of Object.entries(FREIGHT) as [Seller, object][])
      await this.doors.ask(
        'merchant',
        this.seller(key),
        FREIGHT_SET,
        { input: { merchantId: this.idOf(this.merchants, key), basedOn: 0, ...template } },
        ['FREIGHT_TEMPLATE_CHANGED'],
      );
    for (const { of, sku, ...limit } of LIMITS)
      await this.doors.ask('merchant', this.seller(of), LIMIT_SET, {
        input: { variantId: this.idOf(this.variants, sku), ...limit },
      });
  }

  private async offer({ key, of, isOpen, conditions = [], ...plan }: PromotionPlan): Promise<string> {
    const year = this.now.getUTCFullYear();
    const input = {
      idempotencyKey: `demo:promotion:${key}`,
      benefit: plan.percentBps === undefined ? 'AMOUNT' : 'PERCENT',
      percentBps: 0,
      thresholdFen: '0',
      budgetFen: null,
      personMax: 1,
      isExclusive: false,
      // By years, so that who goes on later says the same.
      claimFrom: `${year}-01-01T00:00:00Z`,
      claimUntil: `${year + 1}-12-01T00:00:00Z`,
      validFrom: `${year}-01-01T00:00:00Z`,
      validUntil: `${year + 1}-12-31T00:00:00Z`,
      conditions: conditions.map(({ axis, value }) => ({
        axis,
        value: axis === 'PRODUCT' ? this.idOf(this.products, value) : value,
      })),
      ...plan,
    };
    if (of !== 'PLATFORM' && of !== 'CITY') {
      const merchantId = this.idOf(this.merchants, of);
      const made = await this.doors.ask<{ promotion: { id: string } }>(
        'merchant',
        this.seller(of),
        PROMOTION_PUBLISH,
        {
          merchantId,
          input,
        },
      );
      return present(made, key).promotion.id;
    }
    const [proposes, agrees] =
      of === 'CITY' ? (['bureau', 'office'] as const) : (['operator', 'finance'] as const);
    const divisionCode = of === 'CITY' ? '430200' : null;
    const made = await this.doors.ask<{ promotion: { id: string } }>(
      'settlement',
      this.as(proposes),
      PROMOTION_PROPOSE,
      { divisionCode, input },
    );
    const { id } = present(made, key).promotion;
    if (!isOpen)
      await this.doors.ask('settlement', this.as(agrees), PROMOTION_DECIDE, { id }, [
        'PROMOTION_STATE',
        'APPROVAL_NOT_OPEN',
      ]);
    return id;
  }

  /** A day's round to the cabinets of one operator, for whoever comes to load its van. */
  private async routes(): Promise<void> {
    const { of, ...place } = WAREHOUSE;
    const merchantId = this.idOf(this.merchants, of);
    await this.doors.ask('merchant', this.seller(of), WAREHOUSE_PLACE, { merchantId, ...place });
    const dayIn = (days: number) => businessDay(new Date(this.now.getTime() + days * DAY_MS));
    const limits = { routesMax: 2, visitsMax: 8, loadMaxG: 600_000, fillUnitsMin: 5 };
    const input = {
      merchantId,
      idempotencyKey: 'story-restock',
      day: dayIn(0),
      nextVisitOn: dayIn(7),
      ...limits,
    };
    // Told again on another day it is another wish: the first stays.
    await this.doors.ask('merchant', this.seller(of), ROUTE_PLAN, { input }, ['RESTOCK_KEY_REUSED']);
  }

  private async addressBooks(): Promise<void> {
    for (const { of, key, ...input } of ADDRESSES) {
      const player = this.as(of);
      const added = await this.doors.ask<{ addressId: string }>('storefront', player, ADDRESS_ADD, {
        input: { ...input, phone: player.phone },
      });
      this.addresses.set(`${of}:${key}`, present(added, key).addressId);
    }
  }

  private async claim(role: Role, key: string): Promise<string> {
    const claimed = await this.doors.ask<{ coupon: { id: string } }>(
      'storefront',
      this.as(role),
      COUPON_CLAIM,
      {
        promotionId: present(this.promotions.get(key), key),
        key: `demo:coupon:${key}`,
      },
    );
    return present(claimed, key).coupon.id;
  }

  private async place({ key, by, sku, quantity, coupons = [], forSchool }: OrderPlan): Promise<string> {
    const couponIds = await inTurn(coupons, (coupon) => this.claim(by, coupon));
    const placed = await this.doors.ask<{ order: { id: string } }>('storefront', this.as(by), ORDER_PLACE, {
      input: {
        idempotencyKey: `demo:order:${key}`,
        lines: [{ variantId: this.idOf(this.variants, sku), quantity }],
        addressId: present(this.addresses.get(`${by}:home`), by),
        couponIds,
        ...(forSchool ? { unitId: this.school, isForUnion: forSchool === 'UNION' } : {}),
        ...(forSchool === 'ON_ACCOUNT' ? { paymentTerm: 'ON_ACCOUNT' } : {}),
      },
    });
    return present(placed, key).order.id;
  }

  private async pay(player: Player, orderId: string): Promise<void> {
    const started = await this.doors.ask<{ payment: { action: { url: string } | null } }>(
      'storefront',
      player,
      PAYMENT_START,
      { orderId },
      ['ORDER_NOT_PAYABLE'],
    );
    const page = started?.payment.action?.url;
    if (page !== undefined) await this.doors.pay(page);
    // One that waited for its money too long, because the story was broken off, is cancelled and stays so.
    await this.doors.until(
      `${orderId} is paid`,
      async () => (await this.look(player, orderId)).state !== 'PLACED',
    );
  }

  private async look(player: Player, id: string): Promise<PlacedOrder> {
    return present(await this.doors.ask<PlacedOrder>('storefront', player, ORDER, { id }), id);
  }

  private async deliver(plan: OrderPlan, orderId: string): Promise<void> {
    const [buyer, seller] = [this.as(plan.by), this.seller(plan.of)];
    const order = await this.look(buyer, orderId);
    const part = present(order.merchantOrders[0], plan.key);
    const line = present(part.lines[0], plan.key);
    if (plan.until === 'PAID' || (order.state !== 'PAID' && order.state !== 'SIGNED')) return;
    if (plan.parcels) return this.inParcels(plan, plan.parcels, orderId, part.id, line.id);
    const trackingNo = `SF99000${String(ORDERS.indexOf(plan)).padStart(6, '0')}`;
    await this.doors.ask(
      'merchant',
      seller,
      SHIP,
      { input: { merchantOrderId: part.id, carrier: CARRIER, trackingNo } },
      ['MERCHANT_ORDER_NOT_SHIPPABLE'],
    );
    if (plan.until === 'SHIPPED') return;
    await this.doors.ask('storefront', buyer, RECEIVE, { id: part.id }, ['MERCHANT_ORDER_NOT_RECEIVABLE']);
    if (plan.afterSale) await this.complain(plan, plan.afterSale, line.id, line.afterSales[0]?.id);
    if (plan.review) await this.review(plan, plan.review, line.id, line.review?.id);
  }

  /** One after the other under numbers of their own, so that a parcel that has left does not leave again. */
  private async inParcels(
    plan: OrderPlan,
    parcels: readonly number[],
    orderId: string,
    merchantOrderId: string,
    orderLineId: string,
  ): Promise<void> {
    await inTurn(parcels, (quantity, index) =>
      this.doors.ask('merchant', this.seller(plan.of), SHIP, {
        input: {
          merchantOrderId,
          carrier: CARRIER,
          trackingNo: `SF99001${ORDERS.indexOf(plan)}${String(index).padStart(5, '0')}`,
          lines: [{ orderLineId, quantity }],
        },
      }),
    );
    const buyer = this.as(plan.by);
    const [part] = (await this.look(buyer, orderId)).merchantOrders;
    const first = present(part?.fulfillments[0], 'a parcel');
    await this.doors.ask('storefront', buyer, PARCEL_RECEIVE, first, ['PARCEL_RECEIVED']);
  }

  private async complain(
    plan: OrderPlan,
    wanted: CasePlan,
    orderLineId: string,
    openedId?: string,
  ): Promise<void> {
    const [buyer, seller] = [this.as(plan.by), this.seller(plan.of)];
    const { until, photos, text, ...ask } = wanted;
    const id =
      openedId ??
      (await this.open(
        buyer,
        { idempotencyKey: `demo:case:${plan.key}`, ask: { orderLineId, ...ask }, text },
        photos,
      ));
    if (until === 'REQUESTED') return;
    const returnAddress = until === 'SENT_BACK' ? '醴陵市国瓷路 18 号 售后部 19900000135' : null;
    await this.doors.ask('merchant', seller, CASE_APPROVE, { id, returnAddress }, ['AFTER_SALE_STATE']);
    if (until === 'SENT_BACK')
      await this.doors.ask('storefront', buyer, CASE_SEND_BACK, { id, trackingNo: 'SF99000900001' }, [
        'AFTER_SALE_STATE',
      ]);
  }

  private async open(buyer: Player, input: object, photos: readonly Photo[]): Promise<string> {
    const shown = await inTurn(photos, async ([motif, name]) => ({
      subject: motif === 'WAYBILL' || motif === 'SCALE' ? motif : 'GOODS',
      photoId: await this.doors.photo(buyer, await picture(motif, name)),
    }));
    const opened = await this.doors.ask<{ afterSale: { id: string } }>('storefront', buyer, CASE_OPEN, {
      input: { ...input, photos: shown },
    });
    return present(opened, 'a case').afterSale.id;
  }

  private async review(
    plan: OrderPlan,
    said: NonNullable<OrderPlan['review']>,
    orderLineId: string,
    postedId?: string,
  ): Promise<void> {
    const { photos, reply, ...words } = said;
    const id = postedId ?? (await this.post(this.as(plan.by), { orderLineId, ...words }, photos));
    if (reply !== undefined)
      await this.doors.ask('merchant', this.seller(plan.of), REVIEW_REPLY, { id, text: reply }, [
        'ALREADY_REPLIED',
      ]);
  }

  private async post(buyer: Player, input: object, photos: readonly Photo[]): Promise<string> {
    const photoIds = await inTurn(photos, async ([motif, name]) =>
      this.doors.photo(buyer, await picture(motif, name)),
    );
    const posted = await this.doors.ask<{ review: { id: string } }>('storefront', buyer, REVIEW_POST, {
      input: { ...input, photoIds },
    });
    return present(posted, 'a review').review.id;
  }
}

/** One after the other, as people do. */
async function inTurn<T, U>(items: readonly T[], work: (item: T, index: number) => Promise<U>): Promise<U[]> {
  const done: U[] = [];
  for (const [index, item] of items.entries()) done.push(await work(item, index));
  return done;
}
