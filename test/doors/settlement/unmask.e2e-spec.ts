import { UNMASKINGS_PER_DAY } from '#libs/identity';
import { newId, refused } from '#libs/kernel';
import { PayeeAccountService } from '#libs/settlement';
import type { Grant, Role } from '#platform/auth';
import { fillPool } from '../../harness/pool.js';
import { World } from '../../harness/world.js';
import { claimContent, claimLine, makeClaim } from '../../make/claim.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeHousehold } from '../../make/household.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { RECIPIENT, makeOrder } from '../../make/order.make.js';
import { makeProduct } from '../../make/product.make.js';

const UNMASK = `mutation ($input: PersonalDataUnmaskInput!) { personalDataUnmask(input: $input) { __typename
  ... on PersonalDataUnmaskPayload { fields { name value } left }
  ... on DomainError { code message } ... on InvalidInputError { fields { path } } ... on UnmaskLimitError { limit } } }`;
const LOG = `query ($filter: AuditFilter) { auditEntries(filter: $filter) { nodes { actor { id } divisionCode words { name value } } } }`;
const REASON = '买家投诉未收到货，需要电话核实';

type Kind = 'CLAIM_BUYER' | 'ORDER_RECIPIENT' | 'MERCHANT_CONTACT' | 'HOUSEHOLD' | 'PAYEE_ACCOUNT';
interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly left?: number;
  readonly fields?: readonly { readonly name?: string; readonly value?: string; readonly path?: string }[];
}

describe('personalDataUnmask', () => {
  let world: World;
  let idOf: Readonly<Record<Kind, string>>;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
    world.clock.set('2026-11-02T02:00:00.000Z');
    await makeDivisions(world);
    const merchant = await makeMerchant(world);
    const product = await makeProduct(world, { merchantId: merchant.id });
    const content = claimContent({
      buyerKind: 'CONSUMER',
      buyerName: '李秀英',
      buyerPhone: '13973312345',
      lines: [claimLine()],
    });
    const account = await world.get(PayeeAccountService).propose(
      newId('usr'),
      { kind: 'MERCHANT', id: merchant.id },
      {
        method: 'BANK',
        accountName: '炎陵县霞阳黄桃专业合作社',
        bankName: '炎陵农商银行（演示）',
        bankCode: '402552000019',
        accountNumber: '6230 0000 0000 0001',
        idempotencyKey: newId('key'),
      },
    );
    if (refused(account)) throw new Error(account.message.en);
    idOf = {
      CLAIM_BUYER: (await makeClaim(world, merchant.id, { content })).claimId,
      ORDER_RECIPIENT: (await makeOrder(world, {}, product)).orderId,
      MERCHANT_CONTACT: merchant.id,
      HOUSEHOLD: (await makeHousehold(world)).id,
      PAYEE_ACCOUNT: account.id,
    };
  });
  afterAll(() => world.close());

  const PURPOSE: Readonly<Record<Kind, string>> = {
    CLAIM_BUYER: 'COMPLAINT',
    ORDER_RECIPIENT: 'COMPLAINT',
    MERCHANT_CONTACT: 'DISPUTE',
    HOUSEHOLD: 'INSPECTION',
    PAYEE_ACCOUNT: 'PAYOUT_ERROR',
  };
  const somebody = (role: Role, scopeId: string) => {
    const grant: Grant = { role, scopeKind: scopeId === '*' ? 'PLATFORM' : 'DIVISION', scopeId };
    const { userId, token } = world.person(grant);
    return { userId, client: world.client('settlement').as(token) };
  };
  const inputOf = (kind: Kind, changes: object = {}) => ({
    input: { kind, subjectId: idOf[kind], purpose: PURPOSE[kind], reason: REASON, ...changes },
  });
  const count = async () => {
    const [row] = await world.database.query<{ n: string }>('SELECT COUNT(*) AS n FROM unmasking');
    return Number(row?.n);
  };

  it.each<[Kind, Role, string, string, object]>([
    ['CLAIM_BUYER', 'CERTIFIER', '430225', '430224', { buyerName: '李秀英', buyerPhone: '13973312345' }],
    [
      'ORDER_RECIPIENT',
      'OFFICIAL',
      '430225',
      '430224',
      { recipientName: RECIPIENT.name, recipientPhone: RECIPIENT.phone, recipientAddress: RECIPIENT.address },
    ],
    [
      'MERCHANT_CONTACT',
      'INSPECTOR',
      '430200',
      '430300',
      { contactName: '张桂花', contactPhone: '13973312345' },
    ],
    ['HOUSEHOLD', 'INSPECTOR', '430225', '430224', { headName: '陈大山', memberNames: '陈小山' }],
  ])('shows %s to %s of %s, and not of %s', async (kind, role, here, elsewhere, expected) => {
    const { client } = somebody(role, here);
    const before = await count();

    expect(await somebody(role, elsewhere).client.codeOf(UNMASK, inputOf(kind))).toBe('NOT_FOUND');
    expect(await count()).toBe(before);
    const { fields = [], left } = await client.ask<Answer>(UNMASK, inputOf(kind));

    expect(Object.fromEntries(fields.map(({ name = '', value }) => [name, value]))).toEqual(expected);
    expect(left).toBe(UNMASKINGS_PER_DAY - 1);
    expect(await count()).toBe(before + 1);
  });

  it('shows an account to the platform’s finance, and to nobody within a division', async () => {
    for (const role of ['OFFICIAL', 'INSPECTOR'] as const)
      expect(await somebody(role, '430225').client.codeOf(UNMASK, inputOf('PAYEE_ACCOUNT'))).toBe(
        'NOT_FOUND',
      );

    const { fields } = await somebody('FINANCE', '*').client.ask<Answer>(UNMASK, inputOf('PAYEE_ACCOUNT'));

    expect(fields).toContainEqual({ name: 'accountNumber', value: '6230000000000001' });
  });

  it('is for those who may, and only for what is there', async () => {
    const { client } = somebody('OFFICIAL', '430225');
    for (const subjectId of ['clm_none', "' OR 1=1 -- "])
      expect(await client.codeOf(UNMASK, inputOf('CLAIM_BUYER', { subjectId }))).toBe('NOT_FOUND');
    for (const role of ['STATISTICIAN', 'DEPARTMENT_OFFICER', 'FINANCE_REVIEWER'] as const)
      expect(await somebody(role, '430225').client.codeOf(UNMASK, inputOf('CLAIM_BUYER'))).toBe('FORBIDDEN');
    for (const role of ['AUDITOR', 'OPERATOR'] as const)
      expect(await somebody(role, '*').client.codeOf(UNMASK, inputOf('CLAIM_BUYER'))).toBe('FORBIDDEN');
    expect(await world.client('settlement').codeOf(UNMASK, inputOf('CLAIM_BUYER'))).toBe('UNAUTHENTICATED');
  });

  it('wants a purpose of its own and a reason, and shows nothing without', async () => {
    const { client } = somebody('OFFICIAL', '430225');
    const before = await count();

    for (const [changes, path] of [
      [{ reason: '看看' }, 'reason'],
      [{ purpose: 'TAX' }, 'purpose'],
      [{ caseRef: 'x'.repeat(81) }, 'caseRef'],
    ] as const)
      expect(await client.ask<Answer>(UNMASK, inputOf('CLAIM_BUYER', changes))).toMatchObject({
        code: 'INVALID_INPUT',
        fields: [{ path }],
      });
    expect(await count()).toBe(before);
  });

  it('is told to one’s superiors: who, for what, and why, but not what was read', async () => {
    const certifier = somebody('CERTIFIER', '430225');
    await certifier.client.ask(UNMASK, inputOf('CLAIM_BUYER', { caseRef: '12345-2026-118' }));
    const filter = { actorId: certifier.userId, act: 'personal_data.unmasked' };
    const entriesFor = async (scopeId: string) =>
      (await somebody('INSPECTOR', scopeId).client.ask<{ nodes: object[] }>(LOG, { filter })).nodes;

    const entries = await entriesFor('430200');

    expect(entries).toEqual([
      {
        actor: { id: certifier.userId },
        divisionCode: '430225',
        words: expect.arrayContaining([
          { name: 'kind', value: 'CLAIM_BUYER' },
          { name: 'purpose', value: 'COMPLAINT' },
          { name: 'reason', value: REASON },
          { name: 'caseRef', value: '12345-2026-118' },
        ]),
      },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/李秀英|13973312345/);
    expect(await entriesFor('430224')).toEqual([]);
  });

  it('ends for the day after so many, also for two at once', async () => {
    const { client } = somebody('OFFICIAL', '430225');
    await fillPool(world.database);
    for (let index = 0; index < UNMASKINGS_PER_DAY - 1; index += 1)
      await client.ask(UNMASK, inputOf('CLAIM_BUYER'));

    const last = await Promise.all([1, 2, 3].map(() => client.ask<Answer>(UNMASK, inputOf('CLAIM_BUYER'))));

    expect(last.map(({ __typename }) => __typename).toSorted()).toEqual([
      'PersonalDataUnmaskPayload',
      'UnmaskLimitError',
      'UnmaskLimitError',
    ]);
    expect(await client.ask<Answer>(UNMASK, inputOf('CLAIM_BUYER'))).toMatchObject({
      limit: UNMASKINGS_PER_DAY,
    });
    world.clock.set('2026-11-02T16:00:00.000Z'); // Midnight in Shanghai.
    expect((await client.ask<Answer>(UNMASK, inputOf('CLAIM_BUYER'))).left).toBe(UNMASKINGS_PER_DAY - 1);
    world.clock.set('2026-11-02T02:00:00.000Z');
  });
});
