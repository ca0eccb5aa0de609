import { newId } from '#libs/kernel';
import { ProcurementUnitReader } from '#libs/procurement';
import type { Grant } from '#platform/auth';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { freshCreditCode } from '../../make/merchant.make.js';
import { makeProcurementUnit } from '../../make/procurement.make.js';
import { freshPhone, makeUser } from '../../make/user.make.js';

const UNIT =
  'id name creditCode invoiceTitle taxNo canteen hasDuty isActivated representedById mergedIntoId mergedOn';
const REGISTER = `mutation ($input: ProcurementUnitRegisterInput!) { procurementUnitRegister(input: $input) {
  __typename ... on ProcurementUnitRegisterPayload { unit { ${UNIT} } } ... on InvalidInputError { fields { path } } } }`;
const MERGE = `mutation ($unitId: ID!, $intoId: ID!, $mergedOn: Date!) {
  procurementUnitMerge(unitId: $unitId, intoId: $intoId, mergedOn: $mergedOn) {
    __typename ... on ProcurementUnitMergePayload { unit { id mergedIntoId mergedOn } } ... on InvalidInputError { fields { path } } } }`;
const MEMBER_ADD = `mutation ($input: ProcurementMemberAddInput!) { procurementMemberAdd(input: $input) {
  __typename ... on ProcurementMemberAddPayload { unit { isActivated members { userId role contractorId } } }
  ... on InvalidInputError { fields { path } } } }`;
const MEMBER_END = `mutation ($unitId: ID!, $userId: ID!, $role: ProcurementRole!) {
  procurementMemberEnd(unitId: $unitId, userId: $userId, role: $role) {
    ... on ProcurementMemberEndPayload { unit { isActivated members { userId } } } } }`;
const CONTRACTOR = `mutation ($input: ProcurementContractorAddInput!) { procurementContractorAdd(input: $input) {
  __typename ... on ProcurementContractorAddPayload { contractor { id name startsOn endsBefore } }
  ... on InvalidInputError { fields { path } } } }`;
const FILE = `mutation ($input: ReservedShareFileInput!) { reservedShareFile(input: $input) {
  __typename ... on ReservedShareFilePayload { share { unitId year version canteenTotalFen reservedFen } }
  ... on DomainError { code } } }`;
const SHARES = `query ($year: Int!, $divisionCode: ID) { reservedShares(year: $year, divisionCode: $divisionCode) {
  unitId hasDuty isActivated canteenTotalFen reservedFen isEnough } }`;
const UNITS = `query ($kind: ProcurementUnitKind, $divisionCode: ID, $first: Int, $after: String) {
  procurementUnits(kind: $kind, divisionCode: $divisionCode, first: $first, after: $after) {
    nodes { id members { userId } contractors { id } } pageInfo { hasNextPage endCursor } } }`;

const officialOf = (scopeId: string): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });

interface Units {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

describe('procurement units', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement', 'storefront'] });
    await makeDivisions(world);
  });
  afterEach(() =>
    world.database.transaction(async (tx) => {
      for (const table of [
        'procurement_unit',
        'procurement_member',
        'procurement_contractor',
        'reserved_share',
      ])
        await tx.write(`DELETE FROM ${table}`);
    }),
  );
  afterAll(() => world.close());

  const official = (scope = '430225') => world.client('settlement').as(world.person(officialOf(scope)).token);
  const input = (changes: object = {}) => ({
    name: '炎陵县霞阳中学',
    kind: 'SCHOOL',
    divisionCode: '430225',
    creditCode: freshCreditCode(),
    canteen: 'OWN',
    ...changes,
  });
  const share = (unitId: string, changes: object = {}) => ({
    input: { unitId, year: 2026, canteenTotalFen: '1000000', reservedFen: '100000', ...changes },
  });

  it('are registered once under their credit code, and other facts under it are refused', async () => {
    const facts = input();
    const first = await official().ask<{ unit: { id: string } }>(REGISTER, { input: facts });

    expect(first).toMatchObject({
      unit: { invoiceTitle: facts.name, taxNo: facts.creditCode, hasDuty: true, isActivated: false },
    });
    expect(await official().ask(REGISTER, { input: facts })).toEqual(first);
    expect(await official().ask(REGISTER, { input: { ...facts, name: '别的学校' } })).toMatchObject({
      __typename: 'InvalidInputError',
      fields: [{ path: 'creditCode' }],
    });
    expect(await official().ask(REGISTER, { input: input({ creditCode: '1', name: '' }) })).toMatchObject({
      fields: [{ path: 'name' }, { path: 'invoiceTitle' }, { path: 'creditCode' }, { path: 'taxNo' }],
    });
  });

  it('are registered once by two who do it at the same time', async () => {
    const facts = input();
    const both = await Promise.all(
      [1, 2, 3].map(() => official().ask<{ unit: { id: string } }>(REGISTER, { input: facts })),
    );

    expect(new Set(both.map(({ unit }) => unit.id)).size).toBe(1);
    expect((await official().ask<Units>(UNITS)).nodes).toHaveLength(1);
  });

  it('belong to somebody: what lies elsewhere is not found, as if it did not exist', async () => {
    const unit = await makeProcurementUnit(world, { divisionCode: '430224' });
    const own = await makeProcurementUnit(world);
    const stranger = official('430225');
    const member = { unitId: unit.id, phone: freshPhone(), role: 'BUYER' };

    expect(await stranger.codeOf(REGISTER, { input: input({ divisionCode: '430224' }) })).toBe('NOT_FOUND');
    expect(await stranger.codeOf(MEMBER_ADD, { input: member })).toBe('NOT_FOUND');
    expect(await stranger.codeOf(FILE, share(unit.id))).toBe('NOT_FOUND');
    expect(await stranger.codeOf(FILE, share(newId('pru')))).toBe('NOT_FOUND');
    const merge = { unitId: own.id, intoId: unit.id, mergedOn: '2026-11-01' };
    expect(await stranger.codeOf(MERGE, merge)).toBe('NOT_FOUND');
    expect((await stranger.ask<Units>(UNITS)).nodes.map(({ id }) => id)).toEqual([own.id]);
    expect((await stranger.ask<Units>(UNITS, { divisionCode: '430224' })).nodes).toEqual([]);
    expect(
      await stranger.ask<null>(`query ($id: ID!) { procurementUnit(id: $id) { id } }`, { id: unit.id }),
    ).toBeNull();
    expect(await stranger.ask<object[]>(SHARES, { year: 2026 })).toHaveLength(1);
    expect((await official('430200').ask<Units>(UNITS)).nodes).toHaveLength(2);
    const clerk = world.person({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: 'mer_1' });
    expect(await world.client('settlement').as(clerk.token).codeOf(UNITS)).toBe('FORBIDDEN');
  });

  it('have people who buy and approve, until they no longer do', async () => {
    const unit = await makeProcurementUnit(world, { canteen: 'OUTSOURCED' });
    const { userId, phone } = await makeUser(world);
    const hired = await official().ask<{ contractor: { id: string } }>(CONTRACTOR, {
      input: { unitId: unit.id, name: '膳食服务', creditCode: freshCreditCode(), startsOn: '2026-01-01' },
    });
    const add = (more: object) =>
      official().ask(MEMBER_ADD, { input: { unitId: unit.id, phone, role: 'BUYER', ...more } });

    await add({});
    expect(await add({ contractorId: hired.contractor.id })).toMatchObject({
      unit: { isActivated: true, members: [{ userId, role: 'BUYER', contractorId: hired.contractor.id }] },
    });
    expect(await add({ contractorId: 'prc_none' })).toMatchObject({ fields: [{ path: 'contractorId' }] });
    expect(await add({ phone: '12' })).toMatchObject({ fields: [{ path: 'phone' }] });
    const reader = world.get(ProcurementUnitReader);
    expect(await reader.isMember(unit.id, userId, 'BUYER')).toBe(true);
    expect(await reader.isMember(unit.id, userId, 'APPROVER')).toBe(false);

    const end = { unitId: unit.id, userId, role: 'BUYER' };
    expect(await official().ask(MEMBER_END, end)).toEqual({ unit: { isActivated: false, members: [] } });
    expect(await official().codeOf(MEMBER_END, end)).toBe('NOT_FOUND');
    expect(await reader.isMember(unit.id, userId, 'BUYER')).toBe(false);
    const trail = await world.database.query<{ act: string }>(
      'SELECT act FROM audit_entry WHERE subject IN (?, ?) ORDER BY id',
      [userId, unit.id],
    );
    expect(trail.map(({ act }) => act)).toEqual(
      expect.arrayContaining([
        'procurement_unit.registered',
        'procurement_member.added',
        'procurement_member.ended',
      ]),
    );
  });

  it('refuse a contractor whose time or code is wrong, and take the same one once', async () => {
    const unit = await makeProcurementUnit(world);
    const contractor = {
      unitId: unit.id,
      name: '膳食服务',
      creditCode: freshCreditCode(),
      startsOn: '2026-01-01',
      endsBefore: '2027-01-01',
    };
    const first = await official().ask(CONTRACTOR, { input: contractor });

    expect(await official().ask(CONTRACTOR, { input: contractor })).toEqual(first);
    expect(
      await official().ask(CONTRACTOR, {
        input: { ...contractor, endsBefore: '2026-01-01', creditCode: '1' },
      }),
    ).toMatchObject({ fields: [{ path: 'creditCode' }, { path: 'endsBefore' }] });
  });

  it('become part of another one step by step, and never in a circle', async () => {
    const [a, b, c] = await Promise.all([1, 2, 3].map(() => makeProcurementUnit(world)));
    const merge = (unitId = '', intoId = '', mergedOn = '2026-07-01') =>
      official().ask<{ __typename: string }>(MERGE, { unitId, intoId, mergedOn });

    expect(await merge(a?.id, b?.id)).toMatchObject({
      unit: { mergedIntoId: b?.id, mergedOn: '2026-07-01' },
    });
    expect(await merge(a?.id, b?.id)).toMatchObject({ unit: { mergedIntoId: b?.id } });
    expect(await merge(a?.id, c?.id)).toEqual({ __typename: 'UnitMergedError' });
    expect(await merge(b?.id, a?.id)).toEqual({ __typename: 'UnitMergedError' });
    expect(await merge(b?.id, b?.id)).toMatchObject({ fields: [{ path: 'intoId' }] });
    expect(await merge(b?.id, c?.id, '2026-10-01')).toMatchObject({ unit: { mergedIntoId: c?.id } });
    const successors = world.get(ProcurementUnitReader);
    expect(Object.fromEntries(await successors.successors('2026-08-01'))).toEqual({ [a?.id ?? '']: b?.id });
    expect(Object.fromEntries(await successors.successors())).toEqual({
      [a?.id ?? '']: c?.id,
      [b?.id ?? '']: c?.id,
    });
    expect(await official().ask(FILE, share(a?.id ?? ''))).toMatchObject({ code: 'UNIT_MERGED' });
  });

  it('file at least ten percent; the same again is one filing, others are a new version', async () => {
    const unit = await makeProcurementUnit(world);
    const idle = await makeProcurementUnit(world, { canteen: 'NONE' });
    const file = (changes: object = {}, id: string = unit.id) => official().ask(FILE, share(id, changes));

    expect(await file()).toMatchObject({ share: { version: 1, reservedFen: '100000' } });
    expect(await file()).toMatchObject({ share: { version: 1 } });
    expect(await file({ reservedFen: '99999' })).toMatchObject({ code: 'RESERVED_SHARE_TOO_LOW' });
    expect(await file({ reservedFen: '250000' })).toMatchObject({ share: { version: 2 } });
    expect(await file({ year: 2030 })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await file({}, idle.id)).toMatchObject({ code: 'NO_RESERVED_SHARE_DUTY' });
    const rows = await official().ask<{ unitId: string }[]>(SHARES, { year: 2026, divisionCode: '430200' });
    expect(rows.find(({ unitId }) => unitId === unit.id)).toEqual({
      unitId: unit.id,
      hasDuty: true,
      isActivated: false,
      canteenTotalFen: '1000000',
      reservedFen: '250000',
      isEnough: true,
    });
    expect(rows.find(({ unitId }) => unitId === idle.id)).toMatchObject({
      reservedFen: null,
      isEnough: null,
    });
    expect(await world.database.query('SELECT version FROM reserved_share ORDER BY version')).toEqual([
      { version: 1 },
      { version: 2 },
    ]);
  });

  it('number their filings one after the other, however many file at once', async () => {
    const unit = await makeProcurementUnit(world);
    await Promise.all(
      [1, 2, 3, 4, 5].map((n) => official().ask(FILE, share(unit.id, { reservedFen: String(200_000 + n) }))),
    );

    const versions = await world.database.query<{ version: number }>(
      'SELECT version FROM reserved_share ORDER BY version',
    );
    expect(versions.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
  });

  it('file for themselves at the storefront, and nobody else for them', async () => {
    const unit = await makeProcurementUnit(world);
    const buyer = await makeUser(world);
    await official().ask(MEMBER_ADD, { input: { unitId: unit.id, phone: buyer.phone, role: 'BUYER' } });
    const me = world.person();
    await world.database.transaction((tx) =>
      tx.write('UPDATE procurement_member SET user_id = ? WHERE user_id = ?', [me.userId, buyer.userId]),
    );
    const mine = world.client('storefront').as(me.token);

    expect(await mine.ask('{ myProcurementUnits { id hasDuty } }')).toEqual([{ id: unit.id, hasDuty: true }]);
    expect(await mine.ask(FILE, share(unit.id))).toMatchObject({ share: { version: 1 } });
    const stranger = world.client('storefront').as(world.person().token);
    expect(await stranger.ask('{ myProcurementUnits { id } }')).toEqual([]);
    expect(await stranger.codeOf(FILE, share(unit.id))).toBe('NOT_FOUND');
  });

  it('are paged, with as many statements for many as for one', async () => {
    await makeProcurementUnit(world);
    const client = official();
    const forOne = await countStatements(() => client.ask(UNITS));
    for (let n = 0; n < 4; n += 1) await makeProcurementUnit(world, { kind: 'HOSPITAL' });

    expect(await countStatements(() => client.ask(UNITS))).toBe(forOne);
    const first = await client.ask<Units>(UNITS, { first: 3 });
    const rest = await client.ask<Units>(UNITS, { first: 3, after: first.pageInfo.endCursor });
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(new Set([...first.nodes, ...rest.nodes].map(({ id }) => id)).size).toBe(5);
    expect((await client.ask<Units>(UNITS, { kind: 'HOSPITAL' })).nodes).toHaveLength(4);
    expect(await client.codeOf(UNITS, { first: 101 })).toBe('INVALID_INPUT');
  });

  it.each([
    ['procurement_unit_shares_with_somebody', "'SCHOOL', 'SHARED', NULL"],
    ['procurement_unit_kind_known', "'CLUB', 'OWN', NULL"],
    ['procurement_unit_canteen_known', "'SCHOOL', 'BUFFET', NULL"],
  ])('keep %s', async (constraint, values) => {
    const insert = world.database.transaction((tx) =>
      tx.write(
        `INSERT INTO procurement_unit (kind, canteen, represented_by_id, id, name, division_code, credit_code, invoice_title, tax_no, created_at)
         VALUES (${values}, 'pru_x', 'x', '430225', 'x', 'x', 'x', '2026-01-01')`,
      ),
    );

    await expect(insert).rejects.toThrow(constraint);
  });
});
