import { Global, Module } from '@nestjs/common';
import { ChannelModule } from '#libs/channel';
import { CounterModule, SnapshotService } from '#libs/counter';
import { LedgerReader } from '#libs/ledger';
import { MerchantModule } from '#libs/merchant';
import { SystemClock, present } from '#libs/kernel';
import { VendingModule } from '#libs/vending';
import { Config } from '#platform/config';
import { Vault } from '#platform/vault';
import { type Command, Device } from '../../scripts/counters/device.js';
import { manyCabinets } from '../../scripts/counters/many-cabinets.js';
import { MOODS_AT_ONCE } from '../../scripts/counters/people/buyer.js';
import { WILD } from '../../scripts/counters/temper.js';
import { Town } from '../../scripts/counters/town.js';
import { hasten } from '../../scripts/storm/hasten.js';
import { storm } from '../../scripts/storm/storm.js';
import { provision } from '../../scripts/counters/provision.js';
import { Broker } from '../harness/broker.js';
import { redisUrl } from '../harness/database.js';
import { PAYMENT_START } from '../harness/documents.js';
import { Fleet, eventually } from '../harness/fleet.js';
import { type Rooms, openBeside } from '../harness/rooms.js';
import { AUTH_SECRET, DATA_KEYS } from '../harness/secrets.js';
import { makeCredential } from '../make/cabinet.make.js';
import { makeDivisions } from '../make/division.make.js';
import { makeProduct } from '../make/product.make.js';
import { type MadeVending, makeLocker, makeOpenDoor, makeVending } from '../make/vending.make.js';

const SCAN = `mutation ($code: String!) { kioskScan(code: $code) { ... on KioskScanPayload { visit kiosk { obstacle slots { code available priceFen } } }
  ... on DomainError { code } } }`;
const BUY = `mutation ($visit: String!, $input: KioskOrderPlaceInput!) { kioskOrderPlace(visit: $visit, input: $input) {
  ... on KioskOrderPlacePayload { order { id } } ... on DomainError { code } } }`;
const ORDER = `query ($id: ID!) { order(id: $id) { state vend { state items { slotCode quantity deliveredUnits } } refunds { state amountFen } } }`;
const PRICE = 900;

interface Shown {
  readonly state: string;
  readonly vend: {
    readonly state: string;
    readonly items: readonly { readonly quantity: number; readonly deliveredUnits: number | null }[];
  } | null;
  readonly refunds: readonly { readonly state: string; readonly amountFen: string }[];
}

const config = new Config({
  NODE_ENV: 'test',
  DATABASE_URL: 'mysql://rooms-have-their-own/database',
  REDIS_URL: redisUrl(),
  AUTH_SECRET,
  DATA_KEYS,
  STRIPE_SECRET_KEY: 'sk_test_nobody',
  STRIPE_WEBHOOK_SECRET: 'whsec_nobody',
});

/** Makers ask no provider; the services beside them do. */
@Global()
@Module({
  providers: [
    { provide: Config, useValue: config },
    { provide: Vault, useValue: new Vault(config.dataKeys) },
  ],
  exports: [Config, Vault],
})
class SettingsModule {}

/** A cabinet at the compiled broker, a buyer at the compiled shop, the sandbox's money, the books and the register. */
describe('a sale at a cabinet', () => {
  let fleet: Fleet;
  let broker: Broker;
  let rooms: Pick<Rooms, 'get' | 'close' | 'database'>;
  let made: MadeVending;
  let device: Device;
  let buyer: string;

  beforeAll(async () => {
    fleet = await Fleet.start();
    broker = await Broker.start(fleet.test.url);
    const clock = new SystemClock();
    rooms = await openBeside(
      { url: fleet.test.url, clock } as unknown as Rooms,
      SettingsModule,
      VendingModule,
      CounterModule,
      ChannelModule,
      MerchantModule,
    );
    const ground = { get: rooms.get, database: rooms.database, clock };
    await makeDivisions(ground);
    made = await makeVending(ground, { batches: [{ quantity: 10, bestBeforeOn: null }] });
    device = new Device(await makeCredential(ground, made.cabinetId), broker.url);
    device.boot();
    await device.connect();
    await device.beat();
    await device.flush();
    buyer = fleet.tokenFor();
  }, 180_000);
  afterAll(async () => {
    device.cut();
    await broker.stop('SIGTERM');
    await rooms.close();
    await fleet.close();
  }, 60_000);

  const sums = async () => {
    const [row] = await rooms.database.query<
      Record<'units' | 'reserved' | 'paid' | 'back' | 'recognised' | 'waiting', string>
    >(
      `SELECT (SELECT COALESCE(SUM(l.on_hand), 0) FROM stock_level l JOIN stock_location p ON p.id = l.location_id WHERE p.slot_code <> '') AS units,
         (SELECT COALESCE(SUM(l.reserved), 0) FROM stock_level l JOIN stock_location p ON p.id = l.location_id WHERE p.slot_code <> '') AS reserved,
         (SELECT COALESCE(SUM(captured_fen), 0) FROM payment WHERE disposition = 'KEPT') AS paid,
         (SELECT COALESCE(SUM(amount_fen), 0) FROM refund WHERE state = 'SUCCEEDED') AS back,
         (SELECT COALESCE(SUM(recognised_fen), 0) FROM volume_fact) AS recognised,
         (SELECT COUNT(*) FROM outbox WHERE published_at IS NULL) + (SELECT COUNT(*) FROM inbox WHERE state <> 'APPLIED')
           + (SELECT COUNT(*) FROM refund WHERE state IN ('REQUESTED', 'SENT')) + (SELECT COUNT(*) FROM vend WHERE state = 'DELIVERING') AS waiting`,
    );
    return present(row, 'sums');
  };
  /** Nothing is on its way any more, and goods, money and volume say the same to the unit and the fen. */
  const reconcile = async (withinMs = 60_000) => {
    await eventually('nothing is on its way', async () => (await sums()).waiting === '0', withinMs);
    const { units, reserved, paid, back, recognised } = await sums();
    const sold = 15 - Number(units);
    expect({
      reserved,
      kept: Number(paid) - Number(back),
      recognised: Number(recognised),
      counted: device.soldFen,
    }).toEqual({
      reserved: '0',
      kept: sold * PRICE,
      recognised: sold * PRICE,
      counted: sold * PRICE,
    });
    expect((await new LedgerReader(rooms.database).trialBalance()).differenceFen).toBe(0n);
    const [books] = await rooms.database.query<{ unsplit: string }>(
      `SELECT COUNT(*) AS unsplit FROM payment p WHERE p.disposition = 'KEPT'
         AND NOT EXISTS (SELECT 1 FROM ledger_journal j WHERE j.idempotency_key = CONCAT('split:', p.order_id, ':', p.id))`,
    );
    expect(books).toEqual({ unsplit: '0' });
  };
  const order = (id: string) => fleet.ask<Shown>('storefront', buyer, ORDER, { id });
  const place = async (...lines: readonly (readonly [string, number])[]) => {
    const code = await eventually('the screen shows a code', async () => device.code, 45_000);
    const scanned = await fleet.ask<{ visit: string; kiosk: { obstacle: string | null } }>(
      'storefront',
      null,
      SCAN,
      { code },
    );
    expect(scanned.kiosk).toMatchObject({ obstacle: null });
    const input = {
      idempotencyKey: crypto.randomUUID(),
      lines: lines.map(([slotCode, quantity]) => ({ slotCode, quantity })),
      totalFen: String(lines.reduce((sum, [, quantity]) => sum + quantity * PRICE, 0)),
    };
    const placed = await fleet.ask<{ order: { id: string } }>('storefront', buyer, BUY, {
      visit: scanned.visit,
      input,
    });
    return placed.order.id;
  };
  const pay = async (orderId: string) => {
    const vars = { orderId, method: 'ALIPAY' };
    const started = await fleet.ask<{ payment: { action: { url: string } } }>(
      'storefront',
      buyer,
      PAYMENT_START,
      vars,
    );
    await fleet.payAt(started.payment.action.url);
  };
  const concluded = (orderId: string) =>
    eventually(
      'the vend is over',
      async () => {
        const shown = await order(orderId);
        return shown.vend && shown.vend.state !== 'DELIVERING' ? shown : null;
      },
      120_000,
    );

  it('from the code on the screen to the county’s volume: what came out is delivered, what jammed is paid back', async () => {
    device.comesOut = (slot, units) => (slot === 'A2' ? units - 1 : units);
    device.skewMs = 3_600_000; // Its clock has jumped since it was told the time.
    const orderId = await place(['A1', 2], ['A2', 2]);
    await pay(orderId);

    const shown = await concluded(orderId);

    expect(shown.vend).toMatchObject({
      state: 'PARTLY_DONE',
      items: [
        { quantity: 2, deliveredUnits: 2 },
        { quantity: 2, deliveredUnits: 1 },
      ],
    });
    await reconcile();
    expect((await order(orderId)).refunds).toEqual([{ state: 'SUCCEEDED', amountFen: String(PRICE) }]);
    device.comesOut = (_, units) => units;
  }, 120_000);

  it('a service that is killed between payment and command, and a broker that is killed with it, lose no money and no goods', async () => {
    const orderId = await place(['A1', 1]);
    await fleet.stop('settlement', 'SIGKILL');
    await pay(orderId);
    await broker.stop('SIGKILL');
    device.cut();
    await Promise.all([fleet.launch('settlement'), broker.launch()]);
    await device.connect({ listens: false });
    await device.beat();
    await hasten(rooms.database); // What the bank could not tell meanwhile is asked for now, and not in a minute.

    const shown = await concluded(orderId);

    expect(['DONE', 'NOT_DONE']).toContain(shown.vend?.state);
    await reconcile(120_000);
  }, 240_000);

  it('a cabinet that falls silent while it delivers is told of later, and nobody is paid back for what came out before anybody gave it up', async () => {
    const orderId = await place(['A1', 1]);
    device.cut();
    // It has heard, and its line goes before it can say what came of it.
    const onCommand = (command: Command) => {
      device.cut();
      device.obey(command);
    };
    await device.connect({ listens: false, onCommand });
    await pay(orderId);
    await eventually('it has delivered', async () => device.outbox.some(({ kind }) => kind === 'vend'));
    expect((await order(orderId)).vend).toMatchObject({ state: 'DELIVERING' });
    await device.connect({ listens: false });
    await device.flush();

    expect((await concluded(orderId)).vend).toMatchObject({ state: 'DONE' });
    await reconcile();
  }, 240_000);

  it('a storm of twelve cabinets, four of them with one door: stock, money and volume agree with what came out and what was taken', async () => {
    const [stolen = null, ...provisioned] = await manyCabinets(rooms.database, 13, 4, 4);
    const town = new Town(
      {
        seed: '7',
        // Nothing that takes minutes until it is put right.
        temper: { ...WILD, stepMs: 500, cutEveryS: 10, cutMaxS: 3, rareEveryS: 0, passOverPercent: 0 },
        mqttUrl: broker.url,
        urls: { storefront: fleet.url('storefront'), merchant: fleet.url('merchant') },
        authSecret: AUTH_SECRET,
        buyerEveryS: 0.6,
        visitEveryS: 1,
        counterfeitEveryS: 0.5,
        fetchEveryS: 0,
        moods: MOODS_AT_ONCE,
        stolen,
      },
      provisioned,
    );
    const kill = async (victim: 'broker' | 'settlement') => {
      if (victim === 'broker') await broker.stop('SIGKILL').then(() => broker.launch());
      else await fleet.stop(victim, 'SIGKILL').then(() => fleet.launch(victim));
    };
    const plan = { seconds: 6, victims: ['broker', 'settlement'], gatherMs: 0, restMs: 180_000 } as const;

    const faults = await storm({ database: rooms.database, kill, say: () => undefined }, town, {
      ...plan,
      hasLatePayers: false,
      hasClock: false,
      isHastened: true,
    });

    expect(faults).toEqual([]);
    expect(town.numbers.waiting).toBe(0);
    expect(town.numbers.soldUnits).toBeGreaterThan(0);
    expect(town.counterfeit.tries).toBeGreaterThan(0);
    expect(town.doorRoutes.reduce((sum, { kind }) => sum + kind.taken.size, 0)).toBeGreaterThan(0);
    await rooms.get(SnapshotService).compareWaiting(100);
    expect(await rooms.database.query('SELECT DISTINCT state FROM cabinet_snapshot')).toEqual([
      { state: 'AGREES' },
    ]);

    // As `npm start` switches cabinets on: with new credentials, and what they knew before.
    const again = await provision(rooms.database, 100);
    const before = again.find(({ cabinetId }) => cabinetId === device.identity.cabinetId);
    expect(again).toHaveLength(14);
    expect(before?.memory).toEqual({
      bootNo: device.bootNo,
      soldUnits: device.soldUnits,
      soldFen: device.soldFen,
    });
    expect(before?.secret).not.toBe(device.identity.secret);
  }, 300_000);

  // Last, because what is before it measures everything that was sold.
  it('of what is fetched from a cell: opened for whoever has ordered it, handed over when its door was seen open, counted and split once', async () => {
    const ORDER_PLACE = `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { ... on OrderPlacePayload { order { id } } ... on DomainError { code } } }`;
    const LIES = `query ($id: ID!) { order(id: $id) { merchantOrders { id state pickUp { id state code } } } }`;
    const PUT = `mutation ($cabinetId: ID!, $merchantOrderId: ID!) { pickUpPlace(cabinetId: $cabinetId, merchantOrderId: $merchantOrderId, cellCode: "B1") {
      ... on PickUpPlacePayload { pickUp { id } } ... on DomainError { code } } }`;
    const BY_CODE = `mutation ($visit: String!, $code: String!) { pickUpOpenByCode(visit: $visit, code: $code) { ... on PickUpOpenByCodePayload { cellCode } ... on DomainError { code } } }`;
    interface Lies {
      readonly merchantOrders: readonly {
        readonly id: string;
        readonly state: string;
        readonly pickUp: { readonly state: string; readonly code: string | null } | null;
      }[];
    }
    const ground = { get: rooms.get, database: rooms.database, clock: new SystemClock() };
    const product = await makeProduct(ground, {
      pricesFen: [4_000n],
      batches: [{ quantity: 5, bestBeforeOn: null }],
    });
    const locker = await makeLocker(ground, { operatorId: product.merchantId });
    const cabinet = new Device(await makeCredential(ground, locker.cabinetId), broker.url);
    cabinet.opensCell = () => true;
    cabinet.boot();
    await cabinet.connect();
    await cabinet.beat();
    await cabinet.flush();
    const whoever = fleet.tokenFor();
    const line = { variantId: product.variantId, quantity: 2, channelPointId: locker.channelPointId };
    const placed = await fleet.ask<{ order: { id: string } }>('storefront', whoever, ORDER_PLACE, {
      input: {
        idempotencyKey: crypto.randomUUID(),
        lines: [line],
        handover: 'PICK_UP',
        recipient: { name: '李女士', phone: '13900001234' },
      },
    });
    const { id } = placed.order;
    const started = await fleet.ask<{ payment: { action: { url: string } } }>(
      'storefront',
      whoever,
      PAYMENT_START,
      {
        orderId: id,
        method: 'ALIPAY',
      },
    );
    await fleet.payAt(started.payment.action.url);
    const part = async () => (await fleet.ask<Lies>('storefront', whoever, LIES, { id })).merchantOrders[0];
    const paid = await eventually(
      'it is paid',
      async () => ((await part())?.state === 'TO_SHIP' ? part() : null),
      60_000,
    );
    const operator = fleet.tokenFor({
      role: 'MERCHANT_OWNER',
      scopeKind: 'MERCHANT',
      scopeId: locker.operatorId,
    });
    await fleet.ask('merchant', operator, PUT, { cabinetId: locker.cabinetId, merchantOrderId: paid?.id });
    const { code } = present((await part())?.pickUp, 'a pick-up');
    const shown = await eventually('the screen shows a code', async () => cabinet.code, 45_000);
    const { visit } = await fleet.ask<{ visit: string }>('storefront', null, SCAN, { code: shown });
    expect(await fleet.ask('storefront', fleet.tokenFor(), BY_CODE, { visit, code })).toEqual({
      cellCode: 'B1',
    });
    await eventually('it is fetched', async () => (await part())?.state === 'RECEIVED', 60_000);
    cabinet.cut();

    expect((await part())?.pickUp).toMatchObject({ state: 'OPENED' });
    const measured = async () => {
      const [row] = await rooms.database.query<Record<string, string>>(
        `SELECT (SELECT COALESCE(SUM(f.recognised_fen), 0) FROM volume_fact f JOIN order_line l ON f.source_line_no = l.id WHERE l.order_id = ?) AS recognised,
           (SELECT COUNT(*) FROM ledger_journal j JOIN payment p ON j.idempotency_key = CONCAT('split:', p.order_id, ':', p.id) WHERE p.order_id = ?) AS split`,
        [id, id],
      );
      return row;
    };
    await eventually('it is counted', async () => (await measured())?.['recognised'] === '8000', 60_000);
    expect(await measured()).toEqual({ recognised: '8000', split: '1' });
  }, 180_000);

  it('from an open door: what is missing from the trays is billed, captured of what the bank keeps ready, and counted once', async () => {
    const OPENING = 'doorOpening { id state billedFen action { url } order { id } }';
    const START = `mutation ($visit: String!, $key: ID!) { doorOpeningStart(visit: $visit, idempotencyKey: $key) {
      ... on DoorOpeningStartPayload { ${OPENING} } ... on DomainError { code } } }`;
    const OPEN = `mutation ($visit: String!, $openingId: ID!) { doorOpen(visit: $visit, openingId: $openingId) {
      ... on DoorOpenPayload { ${OPENING} } ... on DomainError { code } } }`;
    const SHOW = `query ($id: ID!) { ${OPENING.replace('doorOpening', 'doorOpening(id: $id)')} }`;
    interface Opening {
      readonly id: string;
      readonly state: string;
      readonly billedFen: string | null;
      readonly action: { readonly url: string } | null;
      readonly order: { readonly id: string } | null;
    }
    const ground = { get: rooms.get, database: rooms.database, clock: new SystemClock() };
    const weighing = await makeOpenDoor(ground);
    const cabinet = new Device(await makeCredential(ground, weighing.cabinetId), broker.url);
    cabinet.trays.set('A1', 5_100).set('A2', 3_646).set('A3', 0);
    cabinet.takes = () =>
      new Map([
        ['A1', 1_020],
        ['A2', 137],
      ]);
    cabinet.boot();
    await cabinet.connect();
    await cabinet.beat();
    await cabinet.flush();
    const code = await eventually('the screen shows a code', async () => cabinet.code, 45_000);
    const { visit } = await fleet.ask<{ visit: string }>('storefront', null, SCAN, { code });
    const whoever = fleet.tokenFor();
    const started = await fleet.ask<{ doorOpening: Opening }>('storefront', whoever, START, {
      visit,
      key: crypto.randomUUID(),
    });
    const { id, action } = started.doorOpening;
    await fleet.payAt(present(action, 'a page').url);
    const inState = (state: string) =>
      eventually(
        `the opening is ${state}`,
        async () => {
          const shown = await fleet.ask<Opening>('storefront', whoever, SHOW, { id });
          return shown.state === state ? shown : null;
        },
        60_000,
      );
    await inState('READY');
    await fleet.ask('storefront', whoever, OPEN, { visit, openingId: id });
    const paid = await inState('PAID');
    cabinet.cut();

    expect(paid.billedFen).toBe('2100');
    const orderId = present(paid.order, 'an order').id;
    const measured = async () => {
      const [row] = await rooms.database.query<Record<string, string>>(
        `SELECT (SELECT COALESCE(SUM(captured_fen), 0) FROM payment WHERE order_id = ? AND disposition = 'KEPT') AS captured,
           (SELECT COALESCE(SUM(f.recognised_fen), 0) FROM volume_fact f JOIN order_line l ON f.source_line_no = l.id WHERE l.order_id = ?) AS recognised,
           (SELECT COUNT(*) FROM ledger_journal j JOIN payment p ON j.idempotency_key = CONCAT('split:', p.order_id, ':', p.id) WHERE p.order_id = ?) AS split`,
        [orderId, orderId, orderId],
      );
      return row;
    };
    await eventually('it is counted', async () => (await measured())?.['recognised'] === '2100', 60_000);
    await eventually('it is split', async () => (await measured())?.['split'] === '1', 60_000);
    expect(await measured()).toEqual({ captured: '2100', recognised: '2100', split: '1' });
  }, 180_000);
});
