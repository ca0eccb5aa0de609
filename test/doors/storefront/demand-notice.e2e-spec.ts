import { newId } from '#libs/kernel';
import { type ProcurementUnit, ProcurementUnitService } from '#libs/procurement';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeDemandNotice, makeMember, makeProcurementUnit } from '../../make/procurement.make.js';
import { makeGoodsKind } from '../../make/product.make.js';

const PUBLISH = `mutation ($input: DemandNoticePublishInput!) { demandNoticePublish(input: $input) { __typename
  ... on DemandNoticePublishPayload { notice { id state weightKg kind { nameEn } countyName note } }
  ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
const WITHDRAW = `mutation ($noticeId: ID!) { demandNoticeWithdraw(noticeId: $noticeId) {
  ... on DemandNoticeWithdrawPayload { notice { id state } } } }`;
const NOTICES = `query ($unitId: ID!, $first: Int, $after: String) { unitDemandNotices(unitId: $unitId, first: $first, after: $after) {
  nodes { id state kind { code } countyName } pageInfo { hasNextPage endCursor } } }`;

type Asked = { notice: { id: string } };
interface Notices {
  nodes: { id: string; state: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

let world: World;
let unit: ProcurementUnit;
let buyer: Person;

beforeAll(async () => {
  world = await World.start({ services: ['storefront'] });
  await makeDivisions(world);
  await makeGoodsKind(world);
  unit = await makeProcurementUnit(world);
  buyer = world.personOf(await makeMember(world, unit.id));
});
afterAll(() => world.close());

const as = (person: Person) => world.client('storefront').as(person.token);
const inputOf = (changes: object = {}) => ({
  idempotencyKey: newId('req'),
  unitId: unit.id,
  kindCode: 'YELLOW_PEACH',
  weightKg: 300,
  fromOn: '2026-11-09',
  toOn: '2026-11-20',
  countyCode: '430225',
  ...changes,
});
const publish = (changes: object = {}) => as(buyer).ask<Asked>(PUBLISH, { input: inputOf(changes) });

it('says what a unit needs, once by its key, until somebody withdraws it', async () => {
  const said = { idempotencyKey: newId('req'), note: '要脆一点的' };
  const [first, again] = await Promise.all([publish(said), publish(said)]);
  expect(first).toEqual({
    __typename: 'DemandNoticePublishPayload',
    notice: {
      id: expect.any(String),
      state: 'OPEN',
      weightKg: 300,
      kind: { nameEn: 'Yellow peaches' },
      countyName: '炎陵县',
      note: '要脆一点的',
    },
  });
  expect(again).toEqual(first);
  expect(await publish({ ...said, weightKg: 301 })).toMatchObject({ code: 'DEMAND_KEY_USED' });

  const { id } = first.notice;
  for (let twice = 0; twice < 2; twice += 1)
    expect(await as(buyer).ask(WITHDRAW, { noticeId: id })).toEqual({ notice: { id, state: 'WITHDRAWN' } });
  expect(await publish(said)).toMatchObject({ notice: { id, state: 'WITHDRAWN' } });
  const acts = await world.database.query(
    "SELECT act FROM audit_entry WHERE subject = ? AND act LIKE 'demand_notice%' ORDER BY id",
    [unit.id],
  );
  expect(acts).toEqual([{ act: 'demand_notice.published' }, { act: 'demand_notice.withdrawn' }]);
});

it('is the business of whoever orders for the unit; its approver reads it', async () => {
  const noticeId = await makeDemandNotice(world, buyer.userId, { unitId: unit.id });
  const approver = world.personOf(await makeMember(world, unit.id, 'APPROVER'));
  const other = world.personOf(await makeMember(world, (await makeProcurementUnit(world)).id));
  for (const person of [approver, other, world.person()]) {
    expect(await as(person).codeOf(PUBLISH, { input: inputOf({ kindCode: 'NONE' }) })).toBe('NOT_FOUND');
    expect(await as(person).codeOf(WITHDRAW, { noticeId })).toBe('NOT_FOUND');
  }
  expect(await as(other).codeOf(NOTICES, { unitId: unit.id })).toBe('NOT_FOUND');
  expect((await as(approver).ask<Notices>(NOTICES, { unitId: unit.id })).nodes[0]).toMatchObject({
    id: noticeId,
    state: 'OPEN',
  });
});

it('refuses what nobody can deliver, the fifty-first, and a unit that has merged', async () => {
  for (const [path, value] of [
    ['kindCode', 'NONE'],
    ['countyCode', '999999'],
    ['weightKg', 0],
    ['toOn', '2026-11-01'],
    ['idempotencyKey', ''],
  ] as const)
    expect(await publish({ [path]: value })).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path }] });

  const full = await makeProcurementUnit(world);
  const person = world.personOf(await makeMember(world, full.id));
  const ids: string[] = [];
  for (let n = 0; n < 49; n += 1) ids.push(await makeDemandNotice(world, person.userId, { unitId: full.id }));
  const ask = () => as(person).ask<Asked>(PUBLISH, { input: inputOf({ unitId: full.id }) });
  const both = await Promise.all([ask(), ask()]);
  expect(both.filter((answer) => 'code' in answer)).toMatchObject([{ code: 'TOO_MANY_DEMAND_NOTICES' }]);
  await as(person).ask(WITHDRAW, { noticeId: ids[0] });
  expect(await ask()).toMatchObject({ notice: { state: 'OPEN' } });

  const page = (first: number, after: string | null = null) =>
    as(person).ask<Notices>(NOTICES, { unitId: full.id, first, after });
  await page(2);
  const cost = await countStatements(() => page(2));
  expect(await countStatements(() => page(40))).toBe(cost);
  const first = await page(40);
  const rest = await page(40, first.pageInfo.endCursor);
  expect(rest.pageInfo.hasNextPage).toBe(false);
  expect(new Set([...first.nodes, ...rest.nodes].map(({ id }) => id)).size).toBe(51);

  const heir = await makeProcurementUnit(world);
  const registrar = { userId: newId('usr'), scope: 'ALL' } as const;
  await world.get(ProcurementUnitService).merge(full.id, heir.id, '2026-01-01', registrar);
  expect(await ask()).toMatchObject({ code: 'UNIT_MERGED' });
});
