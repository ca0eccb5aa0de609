import { newId, refused } from '#libs/kernel';
import { type ProcurementUnit, ProcurementUnitService } from '#libs/procurement';
import { type VolumeDimension, VolumeCubeReader, VolumeRollupService } from '#libs/volume';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makeCampaign } from '../../make/campaign.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { RECIPIENT, pay } from '../../make/order.make.js';
import { makeMember, makeProcurementUnit } from '../../make/procurement.make.js';
import { type MadeProduct, makeProduct } from '../../make/product.make.js';
import { receiveOrder } from '../../make/receipt.make.js';

const PLACE = `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { __typename
  ... on OrderPlacePayload { order { id unitId campaignCode } } ... on InvalidInputError { fields { path } }
  ... on DomainError { code } } }`;
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
    const registrar = { userId: newId('usr'), scope: 'ALL' } as const;
    const merged = await world.get(ProcurementUnitService).merge(old.id, heir.id, '2026-01-01', registrar);
    expect(refused(merged)).toBe(false);

    expect(await place({ unitId: old.id }, person)).toEqual({
      __typename: 'UnitMergedError',
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

  it('shows everybody the campaigns of today', async () => {
    expect(await world.client('storefront').ask(CAMPAIGNS)).toEqual([
      { code: 'MONTH-2026', name: '2026 年消费帮扶月', startsOn: '2026-01-01', endsOn: '2026-12-31' },
    ]);
  });
});
