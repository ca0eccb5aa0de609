import { newId, refused } from '#libs/kernel';
import { OrderSigningService } from '#libs/ordering';
import { type ProcurementUnit, ProcurementUnitService, ReservedShareService } from '#libs/procurement';
import { type VolumeDimension, VolumeCubeReader, VolumeRollupService } from '#libs/volume';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makeCampaign } from '../../make/campaign.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { freshCreditCode } from '../../make/merchant.make.js';
import { RECIPIENT, pay } from '../../make/order.make.js';
import { makeMember, makeProcurementUnit } from '../../make/procurement.make.js';
import { type MadeProduct, makeProduct } from '../../make/product.make.js';
import { receiveOrder } from '../../make/receipt.make.js';
import { makeCreditTerm } from '../../make/receivable.make.js';
import { makeUser } from '../../make/user.make.js';

const PLACE = `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { __typename
  ... on OrderPlacePayload { order { id unitId campaignCode } } ... on InvalidInputError { fields { path } }
  ... on DomainError { code } } }`;
const PROGRESS = `query ($unitId: ID!, $year: Int!) { unitShareProgress(unitId: $unitId, year: $year) {
  countsForId canteenTotalFen reservedFen boughtFen byKind { kind boughtFen } byUnit { unitId name boughtFen } completionBps missingFen daysLeft } }`;
const R9 = `query ($filter: ReportFilter!) { report(id: R9, filter: $filter) { rows { members { code } cells { measure numerator denominator value } } } }`;
const UNIT_ORDERS = `query ($unitId: ID!, $first: Int, $after: String) { unitOrders(unitId: $unitId, first: $first, after: $after) {
  nodes { orderId state buyerKind totalFen countedFen paymentTerm invoiceTitle { title taxNumber } } pageInfo { hasNextPage endCursor } } }`;
const UNITS = '{ myProcurementUnits { id kind canteen myRoles } }';
const OPEN = `mutation ($input: UnitContractorOpenInput!) { unitContractorOpen(input: $input) { __typename
  ... on UnitContractorOpenPayload { contractor { id name startsOn endsBefore } } ... on InvalidInputError { fields { path } }
  ... on DomainError { code } } }`;
const END = `mutation ($contractorId: ID!, $endsBefore: Date) { unitContractorEnd(contractorId: $contractorId, endsBefore: $endsBefore) {
  ... on UnitContractorEndPayload { contractor { endsBefore } } } }`;
const CONTRACTORS = 'query ($unitId: ID!) { unitContractors(unitId: $unitId) { id name endsBefore } }';
const TITLES = 'query ($unitId: ID!) { unitInvoiceTitles(unitId: $unitId) { id title taxNumber } }';
const TITLE_ADD = `mutation ($input: UnitInvoiceTitleAddInput!) { unitInvoiceTitleAdd(input: $input) {
  ... on UnitInvoiceTitleAddPayload { title { id title } } ... on InvalidInputError { fields { path } } } }`;
const TITLE_END = `mutation ($unitId: ID!, $titleId: ID!) { unitInvoiceTitleEnd(unitId: $unitId, titleId: $titleId) {
  ... on UnitInvoiceTitleEndPayload { titles { title } } } }`;
const INVOICE = `mutation ($input: InvoiceRequestInput!) { invoiceRequest(input: $input) {
  ... on InvoiceRequestPayload { invoices { title taxNumber } } ... on DomainError { code } } }`;
const CAMPAIGNS = '{ campaigns { code name startsOn endsOn } }';

describe('orders for a procurement unit', () => {
  let world: World;
  let unit: ProcurementUnit;
  let buyer: Person;
  let peach: MadeProduct;

  beforeAll(async () => {
    world = await World.start({ services: ['storefront', 'settlement'] });
    await makeDivisions(world);
    await makeCampaign(world);
    unit = await makeProcurementUnit(world);
    buyer = world.personOf(await makeMember(world, unit.id));
    peach = await makeProduct(world);
  });
  afterAll(() => world.close());

  const inputOf = (changes: object = {}) => ({
    idempotencyKey: newId('req'),
    recipient: RECIPIENT,
    lines: [{ variantId: peach.variantId, quantity: 1 }],
    ...changes,
  });
  const place = (changes: object, person = buyer) =>
    world
      .client('storefront')
      .as(person.token)
      .ask<Record<string, unknown> & { order: { id: `ord_${string}` } }>(PLACE, { input: inputOf(changes) });
  const recognisedBy = async (dimension: VolumeDimension) => {
    const groups = await world.get(VolumeCubeReader).groups({
      from: '2026-01-01',
      to: '2027-12-31',
      dimensions: [dimension],
      filters: {},
      scope: { by: 'ORIGIN_COUNTY', codes: 'ALL' },
    });
    if (refused(groups)) throw new Error(groups.message.en);
    return Object.fromEntries(groups.map(({ members: [member = ''], sums }) => [member, sums.RECOGNISED]));
  };

  it('counts for the unit and the campaign once it has been received', async () => {
    const { order } = await place({ unitId: unit.id, campaignCode: 'MONTH-2026' });
    expect(order).toMatchObject({ unitId: unit.id, campaignCode: 'MONTH-2026' });

    await pay(world, order.id);
    await world.settle();
    await receiveOrder(world, { orderId: order.id, buyerId: buyer.userId });
    await world.settle();
    while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);

    expect(await recognisedBy('UNIT')).toEqual({ [unit.id]: 10_000n });
    expect(await recognisedBy('BUYER_KIND')).toEqual({ ORGANISATION: 10_000n });
    expect(await recognisedBy('CAMPAIGN')).toEqual({ 'MONTH-2026': 10_000n });
  });

  it('is not found by whoever does not buy for the unit, an approver among them', async () => {
    const approver = world.personOf(await makeMember(world, unit.id, 'APPROVER'));

    for (const person of [world.person(), approver]) {
      const client = world.client('storefront').as(person.token);
      expect(await client.codeOf(PLACE, { input: inputOf({ unitId: unit.id }) })).toBe('NOT_FOUND');
    }
  });

  it('is refused for a unit that has become part of another one', async () => {
    const [old, heir] = [await makeProcurementUnit(world), await makeProcurementUnit(world)];
    const person = world.personOf(await makeMember(world, old.id));
    const approver = world.personOf(await makeMember(world, old.id, 'APPROVER'));
    const registrar = { userId: newId('usr'), scope: 'ALL' } as const;
    const merged = await world.get(ProcurementUnitService).merge(old.id, heir.id, '2026-01-01', registrar);
    expect(refused(merged)).toBe(false);

    expect(await place({ unitId: old.id }, person)).toEqual({
      __typename: 'UnitMergedError',
      code: 'UNIT_MERGED',
    });
    const { phone } = await makeUser(world);
    const input = {
      unitId: old.id,
      name: '株洲味佳餐饮有限公司',
      creditCode: freshCreditCode(),
      startsOn: '2026-01-01',
      phone,
    };
    expect(await world.client('storefront').as(approver.token).ask(OPEN, { input })).toMatchObject({
      code: 'UNIT_MERGED',
    });
  });

  it.each(['NO-SUCH', 'OVER'])('is refused in the campaign %s', async (campaignCode) => {
    await makeCampaign(world, { code: 'OVER', startsOn: '2020-01-01', endsOn: '2020-01-31' });

    expect(await place({ campaignCode })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'campaignCode' }],
    });
  });

  it('is another order for another unit: the key with other content is refused', async () => {
    const idempotencyKey = newId('req');
    const { order } = await place({ idempotencyKey, unitId: unit.id });

    expect((await place({ idempotencyKey, unitId: unit.id })).order.id).toBe(order.id);
    expect(await place({ idempotencyKey })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });

  it('costs a statement for the unit and one for the campaign, and none for limits per person', async () => {
    const plain = await countStatements(() => place({}));

    expect(await countStatements(() => place({ unitId: unit.id, campaignCode: 'MONTH-2026' }))).toBe(
      plain + 2 - 1,
    );
  });

  describe('of an outsourced canteen', () => {
    let school: ProcurementUnit;
    let approver: Person;
    let cook: { userId: `usr_${string}`; phone: string };
    const creditCode = freshCreditCode();

    beforeAll(async () => {
      school = await makeProcurementUnit(world, { name: '炎陵县第一中学', canteen: 'OUTSOURCED' });
      approver = world.personOf(await makeMember(world, school.id, 'APPROVER'));
      cook = await makeUser(world);
    });

    const as = (person: Person) => world.client('storefront').as(person.token);
    const input = (changes: object = {}) => ({
      unitId: school.id,
      name: '株洲味佳餐饮有限公司',
      creditCode,
      startsOn: '2026-01-01',
      phone: cook.phone,
      ...changes,
    });
    const open = (changes: object = {}) =>
      as(approver).ask<{ contractor: { id: string } }>(OPEN, { input: input(changes) });
    const report = async () => {
      const official = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' });
      const filter = { from: '2026-01-01', to: '2026-12-31' };
      const { rows } = await world
        .client('settlement')
        .as(official.token)
        .ask<{ rows: { members: { code: string }[]; cells: Record<string, string | null>[] }[] }>(R9, {
          filter,
        });
      return rows.find(({ members }) => members[0]?.code === school.id)?.cells ?? [];
    };
    const receive = async (changes: object, person: Person) => {
      const { order } = await place({ unitId: school.id, ...changes }, person);
      await pay(world, order.id);
      await world.settle();
      await receiveOrder(world, { orderId: order.id, buyerId: person.userId });
      await world.settle();
      return order.id;
    };

    it('lets its contractor buy, tells whose purchase it was, and ends that', async () => {
      const { contractor } = await open();
      expect((await open()).contractor).toEqual(contractor);
      const person = world.personOf(cook.userId);
      expect(await as(person).ask(UNITS)).toEqual([
        { id: school.id, kind: 'SCHOOL', canteen: 'OUTSOURCED', myRoles: ['CONTRACTOR'] },
      ]);

      const { order } = await place({ unitId: school.id }, person);
      const kinds = await world.database.query(
        'SELECT buyer_kind AS kind, unit_id AS unitId FROM order_line WHERE order_id = ?',
        [order.id],
      );
      expect(kinds).toEqual([{ kind: 'CONTRACTOR', unitId: school.id }]);
      expect(await place({ unitId: school.id, isForUnion: true }, person)).toMatchObject({
        code: 'INVALID_INPUT',
        fields: [{ path: 'isForUnion' }],
      });
      await makeCreditTerm(world, school.id, { limitFen: 1n });
      const owed = { input: inputOf({ unitId: school.id, paymentTerm: 'ON_ACCOUNT' }) };
      const OWED = `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) {
        ... on CreditExceededError { code message limitFen usedFen } } }`;
      expect(await as(person).ask(OWED, owed)).toEqual({
        code: 'CREDIT_EXCEEDED',
        message: "Beyond the unit's credit. Pay this order at once, or ask the unit.",
        limitFen: null,
        usedFen: null,
      });
      // What the unit owes, is billed and has ordered, and who runs its canteen, is none of a contractor's.
      for (const query of [UNIT_ORDERS, CONTRACTORS, TITLES])
        expect(await as(person).codeOf(query, { unitId: school.id })).toBe('NOT_FOUND');
      expect(await as(person).codeOf(END, { contractorId: contractor.id })).toBe('NOT_FOUND');

      const other = world.personOf(await makeMember(world, unit.id, 'APPROVER'));
      for (const stranger of [other, world.person(), buyer]) {
        expect(await as(stranger).codeOf(OPEN, { input: input() })).toBe('NOT_FOUND');
        expect(await as(stranger).codeOf(END, { contractorId: contractor.id })).toBe('NOT_FOUND');
      }

      for (let twice = 0; twice < 2; twice += 1)
        expect(await as(approver).ask(END, { contractorId: contractor.id })).toEqual({
          contractor: { endsBefore: '2026-11-02' },
        });
      expect(await as(person).codeOf(PLACE, { input: inputOf({ unitId: school.id }) })).toBe('NOT_FOUND');
      expect(await as(person).ask(UNITS)).toEqual([]);
      expect(await as(approver).ask(CONTRACTORS, { unitId: school.id })).toEqual([
        { id: contractor.id, name: '株洲味佳餐饮有限公司', endsBefore: '2026-11-02' },
      ]);

      // What has ended lets nobody in any more; from another day on it is another contract.
      expect(await open()).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'startsOn' }] });
      expect(await as(person).ask(UNITS)).toEqual([]);
      await open({ startsOn: '2026-11-02' });
      expect((await place({ unitId: school.id }, person)).order.id).toBeDefined();
    });

    it('lets nobody buy before the first day or after the last', async () => {
      const late = await makeUser(world);
      await open({ startsOn: '2026-11-10', endsBefore: '2026-11-20', phone: late.phone });
      const person = world.personOf(late.userId);
      const code = () => as(person).codeOf(PLACE, { input: inputOf({ unitId: school.id }) });

      expect(await code()).toBe('NOT_FOUND');
      world.clock.set('2026-11-12T02:00:00Z');
      expect((await place({ unitId: school.id }, person)).order.id).toBeDefined();
      world.clock.set('2026-11-20T02:00:00Z');
      expect(await code()).toBe('NOT_FOUND');
      world.clock.set('2026-11-02T02:00:00Z');
    });

    it('refuses a contractor where no firm runs the canteen, and what is malformed, all at once', async () => {
      const own = world.personOf(await makeMember(world, unit.id, 'APPROVER'));
      expect(await as(own).ask(OPEN, { input: input({ unitId: unit.id }) })).toMatchObject({
        code: 'CANTEEN_NOT_OUTSOURCED',
      });
      expect(await open({ name: ' ', creditCode: '1', endsBefore: '2025-01-01', phone: '1' })).toMatchObject({
        fields: ['name', 'creditCode', 'endsBefore', 'phone'].map((path) => ({ path })),
      });
      const { phone } = await makeMemberUser();
      expect(await open({ phone, startsOn: '2026-02-01' })).toMatchObject({ fields: [{ path: 'phone' }] });
    });

    async function makeMemberUser() {
      const user = await makeUser(world);
      const member = { unitId: school.id, phone: user.phone, role: 'BUYER', contractorId: null } as const;
      await world.get(ProcurementUnitService).addMember(member, { userId: newId('usr'), scope: 'ALL' });
      return user;
    }

    it('shows its people how far it has come with its share: the figures of the officials’ report', async () => {
      const share = { year: 2026, canteenTotalFen: 1_000_000n, reservedFen: 100_000n };
      await world.get(ReservedShareService).fileAsMember(school.id, share, approver.userId);
      const union = await makeProcurementUnit(world, {
        name: '炎陵县第一中学工会',
        kind: 'UNION',
        canteen: 'NONE',
        parentId: school.id,
      });
      const { phone, userId } = await makeUser(world);
      await open({ startsOn: '2026-03-01', phone });
      const [hired, own] = [world.personOf(userId), world.personOf((await makeMemberUser()).userId)];
      const ofUnion = world.personOf(await makeMember(world, union.id));
      const bought = [
        await receive({}, own),
        await receive({ isForUnion: true }, own),
        await receive({ lines: [{ variantId: peach.variantId, quantity: 2 }] }, hired),
        await receive({ unitId: union.id }, ofUnion),
      ];
      await place({ unitId: school.id }, own); // Not received, so it does not count yet.
      while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);

      const progress = await as(hired).ask(PROGRESS, { unitId: school.id, year: 2026 });
      expect(progress).toEqual({
        countsForId: school.id,
        canteenTotalFen: '1000000',
        reservedFen: '100000',
        boughtFen: '50000',
        byKind: [
          { kind: 'UNIT', boughtFen: '10000' },
          { kind: 'CONTRACTOR', boughtFen: '20000' },
          { kind: 'UNION', boughtFen: '20000' },
          { kind: 'STAFF', boughtFen: '0' },
          { kind: 'OTHER', boughtFen: '0' },
        ],
        byUnit: [
          { unitId: school.id, name: '炎陵县第一中学', boughtFen: '40000' },
          { unitId: union.id, name: '炎陵县第一中学工会', boughtFen: '10000' },
        ],
        completionBps: 5_000,
        missingFen: '50000',
        daysLeft: 60,
      });
      expect(await report()).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            measure: 'RESERVED_COMPLETION',
            numerator: '50000',
            denominator: '100000',
          }),
          expect.objectContaining({ measure: 'RECOGNISED', value: '50000' }),
        ]),
      );
      // Whoever belongs to the union follows the share that it counts for.
      expect(await as(ofUnion).ask(PROGRESS, { unitId: union.id, year: 2026 })).toEqual(progress);
      expect(await as(own).ask(PROGRESS, { unitId: school.id, year: 2027 })).toMatchObject({
        reservedFen: null,
        boughtFen: '0',
        completionBps: null,
        missingFen: null,
        daysLeft: 365,
      });

      type Orders = {
        nodes: { orderId: string; buyerKind: string; countedFen: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      const first = await as(own).ask<Orders>(UNIT_ORDERS, { unitId: school.id, first: 4 });
      const { endCursor: after } = first.pageInfo;
      const rest = await as(own).ask<Orders>(UNIT_ORDERS, { unitId: school.id, after });
      const counted = [...first.nodes, ...rest.nodes].filter(({ countedFen }) => countedFen !== '0');
      expect(counted.map(({ orderId, buyerKind, countedFen }) => [orderId, buyerKind, countedFen])).toEqual([
        [bought[2], 'CONTRACTOR', '20000'],
        [bought[1], 'UNION', '10000'],
        [bought[0], 'ORGANISATION', '10000'],
      ]);
      expect(first.nodes[0]).toMatchObject({ state: 'PLACED', countedFen: '0' });
    });

    it('is followed by nobody else, for no other year, at a constant cost', async () => {
      const variables = { unitId: school.id, year: 2026 };
      expect(await as(world.person()).codeOf(PROGRESS, variables)).toBe('NOT_FOUND');
      expect(await world.client('storefront').codeOf(PROGRESS, variables)).toBe('UNAUTHENTICATED');
      expect(await as(buyer).codeOf(UNIT_ORDERS, { unitId: school.id })).toBe('NOT_FOUND');
      for (const year of [2018, 2028, 999_999])
        expect(await as(approver).codeOf(PROGRESS, { unitId: school.id, year })).toBe('INVALID_INPUT');
      expect(await countStatements(() => as(approver).ask(PROGRESS, variables))).toBe(5);
      const page = (first: number) => () => as(approver).ask(UNIT_ORDERS, { unitId: school.id, first });
      expect(await countStatements(page(1))).toBe(await countStatements(page(24)));
    });
  });

  it('is billed by the title of the unit’s book that it was ordered with', async () => {
    const approverId = await makeMember(world, unit.id, 'APPROVER');
    const approver = world.client('storefront').as(world.personOf(approverId).token);
    const taxNumber = '81430225MC1234567X';
    const input = { unitId: unit.id, title: '炎陵县霞阳中学工会委员会', taxNumber };
    const added = await approver.ask<{ title: { id: string } }>(TITLE_ADD, { input });
    expect(await approver.ask(TITLE_ADD, { input })).toEqual(added);
    expect(await approver.ask(TITLE_ADD, { input: { ...input, title: '我', taxNumber: '1' } })).toMatchObject(
      {
        fields: [{ path: 'title' }, { path: 'taxNumber' }],
      },
    );
    const asBuyer = world.client('storefront').as(buyer.token);
    expect(await asBuyer.ask(TITLES, { unitId: unit.id })).toEqual([
      { id: null, title: unit.invoiceTitle, taxNumber: unit.taxNo },
      { id: added.title.id, title: input.title, taxNumber },
    ]);
    // Buyers order by titles, approvers keep them.
    expect(await asBuyer.codeOf(TITLE_ADD, { input })).toBe('NOT_FOUND');

    const invoiceTitleId = added.title.id;
    await makeCreditTerm(world, unit.id);
    const idempotencyKey = newId('req');
    const wish = { unitId: unit.id, invoiceTitleId, paymentTerm: 'ON_ACCOUNT', idempotencyKey };
    const { order } = await place(wish);
    expect(await place({ ...wish, invoiceTitleId: null })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await approver.ask(UNIT_ORDERS, { unitId: unit.id, first: 1 })).toMatchObject({
      nodes: [
        { orderId: order.id, paymentTerm: 'ON_ACCOUNT', invoiceTitle: { title: input.title, taxNumber } },
      ],
    });
    expect(await place({ invoiceTitleId })).toMatchObject({ fields: [{ path: 'invoiceTitleId' }] });
    const none = inputOf({ unitId: unit.id, invoiceTitleId: 'pit_none' });
    expect(await asBuyer.codeOf(PLACE, { input: none })).toBe('NOT_FOUND');

    for (let twice = 0; twice < 2; twice += 1)
      expect(await approver.ask(TITLE_END, { unitId: unit.id, titleId: invoiceTitleId })).toEqual({
        titles: [{ title: unit.invoiceTitle }],
      });
    const ended = inputOf({ unitId: unit.id, invoiceTitleId });
    expect(await asBuyer.codeOf(PLACE, { input: ended })).toBe('NOT_FOUND');

    const signed = await world.get(OrderSigningService).sign(approverId, order.id);
    expect(refused(signed)).toBe(false);
    const invoice = { orderId: order.id };
    expect(await approver.ask(INVOICE, { input: { ...invoice, title: '别的抬头' } })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await approver.ask(INVOICE, { input: invoice })).toEqual({
      invoices: [{ title: input.title, taxNumber }],
    });
  });

  it('shows everybody the campaigns of today', async () => {
    expect(await world.client('storefront').ask(CAMPAIGNS)).toEqual([
      { code: 'MONTH-2026', name: '2026 年消费帮扶月', startsOn: '2026-01-01', endsOn: '2026-12-31' },
    ]);
  });
});
