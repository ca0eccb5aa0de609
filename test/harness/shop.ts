import { newId, type IdOf } from '#libs/kernel';
import type { Database } from '#platform/database';
import { ORDER_PLACE, PAYMENT_START } from './documents.js';
import type { Fleet } from './fleet.js';

/** A shop for faults: one cooperative, one peach, plenty of stock. Rows, not makers, because the services run elsewhere. */
export async function openShop(
  database: Database,
): Promise<{ variantId: IdOf<'var'>; merchantId: IdOf<'mer'> }> {
  const now = new Date();
  const [merchantId, productId, variantId, batchId, locationId] = [
    newId('mer'),
    newId('prd'),
    newId('var'),
    newId('bat'),
    newId('loc'),
  ];
  await database.transaction(async (tx) => {
    await tx.insert('division', [
      { code: '430200', parentCode: null, level: 'CITY', name: '株洲市', isDesignated: false },
      { code: '430225', parentCode: '430200', level: 'COUNTY', name: '炎陵县', isDesignated: true },
    ]);
    await tx.insert('merchant', [
      {
        id: merchantId,
        name: '桃源合作社',
        kind: 'COOPERATIVE',
        creditCode: '93430225MA00000000',
        countyCode: '430225',
        townshipCode: null,
        contactName: '张*',
        contactPhone: '19900000000',
        state: 'ACTIVE',
        createdAt: now,
      },
    ]);
    await tx.insert('category', [{ code: 'FRUIT', nameZh: '水果', nameEn: 'Fruit', position: 1 }]);
    await tx.insert('product', [
      {
        id: productId,
        merchantId,
        categoryCode: 'FRUIT',
        name: '炎陵黄桃',
        description: '',
        originCountyCode: '430225',
        isPerishable: true,
        seasonFrom: 7,
        seasonTo: 8,
        priceFromFen: 10_000n,
        state: 'ON_SALE',
        listedAt: now,
        updatedAt: now,
      },
    ]);
    await tx.insert('product_variant', [
      {
        id: variantId,
        productId,
        sku: 'PEACH-5',
        name: '5斤装',
        netWeightG: 2_500,
        priceFen: 10_000n,
        position: 0,
        state: 'ON_SALE',
      },
    ]);
    await tx.insert('product_batch', [
      {
        id: batchId,
        productId,
        traceCode: 'T-1',
        originCountyCode: '430225',
        originVillageCode: null,
        linkageAgreementId: null,
        harvestedOn: '2026-10-01',
        bestBeforeOn: '2099-12-31',
        createdAt: now,
      },
    ]);
    await tx.insert('stock_location', [
      { id: locationId, kind: 'WAREHOUSE', merchantId, channelPointId: null, name: '仓库' },
    ]);
    await tx.insert('stock_level', [
      {
        id: newId('stk'),
        variantId,
        locationId,
        batchId,
        bestBeforeOn: '2099-12-31',
        onHand: 100_000,
        reserved: 0,
      },
    ]);
  });
  return { variantId, merchantId };
}

export interface PlacedOrder {
  readonly id: string;
  readonly totalFen: string;
}

export async function placeOrder(fleet: Fleet, token: string, variantId: string): Promise<PlacedOrder> {
  const recipient = {
    name: '李女士',
    phone: '19900000300',
    countyCode: '430225',
    address: '霞阳镇神农大道1号',
  };
  const input = { idempotencyKey: newId('req'), lines: [{ variantId, quantity: 1 }], recipient };
  const { order } = await fleet.ask<{ order: PlacedOrder }>('storefront', token, ORDER_PLACE, { input });
  return order;
}

/** Starts to pay and returns the payment page. */
export async function startPayment(fleet: Fleet, token: string, orderId: string): Promise<string> {
  const { payment } = await fleet.ask<{ payment: { action: { url: string } } }>(
    'storefront',
    token,
    PAYMENT_START,
    { orderId, method: 'ALIPAY' },
  );
  return payment.action.url;
}
