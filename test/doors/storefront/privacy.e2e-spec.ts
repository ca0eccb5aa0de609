import { jest } from '@jest/globals';
import { AddressService } from '#libs/address';
import { UserReader } from '#libs/identity';
import { DAY_MS, type IdOf, MINUTE_MS, newId, present, refused } from '#libs/kernel';
import { OrderReader } from '#libs/ordering';
import { AccountDeletionService } from '#libs/privacy';
import { ProcurementUnitService } from '#libs/procurement';
import { ReviewService } from '#libs/review';
import type { Client } from '../../harness/client.js';
import { World } from '../../harness/world.js';
import { makeApplication } from '../../make/application.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { type MadeOrder, makePaidOrder } from '../../make/order.make.js';
import { makeProcurementUnit } from '../../make/procurement.make.js';
import { makeProduct } from '../../make/product.make.js';
import { claimCoupon, makePromotion } from '../../make/promotion.make.js';
import { receiveOrder } from '../../make/receipt.make.js';
import { freshPhone, makeUser, signIn } from '../../make/user.make.js';

const CODE = `mutation ($phone: String!) { signInCodeRequest(phone: $phone) {
  ... on SignInCodeRequestPayload { developmentCode } ... on DomainError { message } } }`;
const REFUSALS = '... on SignInCodeWrongError { attemptsLeft } ... on DomainError { code message }';
const EXPORT = `mutation ($code: String!) { personalDataExport(code: $code) {
  __typename ... on PersonalDataExportPayload { fileName content } ${REFUSALS} } }`;
const REQUEST = `mutation ($code: String!) { accountDeletionRequest(code: $code) {
  __typename ... on AccountDeletionRequestPayload { accountDeletion { requestedAt dueAt } }
  ... on AccountNotDeletableError { matters { kind subject } } ${REFUSALS} } }`;
const WITHDRAW = `mutation { accountDeletionWithdraw { ... on AccountDeletionWithdrawPayload { accountDeletion { dueAt } } } }`;
const OPEN = '{ accountDeletion { dueAt } }';
const VIEWER = '{ viewer { id } }';
const SET = `mutation ($variantId: ID!) { cartLineSet(input: { variantId: $variantId, quantity: 1 }) { __typename } }`;

let world: World;
let nobody: Client;

beforeAll(async () => {
  world = await World.start({ services: ['storefront', 'settlement'] });
  await makeDivisions(world);
  nobody = world.client('storefront');
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance(DAY_MS)); // Codes are counted per address and hour.

interface Somebody {
  readonly userId: `usr_${string}`;
  readonly phone: string;
  readonly client: Client;
}

async function somebody(phone = freshPhone()): Promise<Somebody> {
  const { accessToken } = await signIn(world, nobody, phone);
  const client = nobody.as(accessToken);
  const { id } = await client.ask<{ id: `usr_${string}` }>(VIEWER);
  return { userId: id, phone, client };
}

async function code({ phone }: Pick<Somebody, 'phone'>): Promise<string> {
  world.clock.advance(61_000);
  return (await nobody.ask<{ developmentCode: string }>(CODE, { phone })).developmentCode;
}

const request = async (who: Somebody) => who.client.ask(REQUEST, { code: await code(who) });
const finish = () => world.get(AccountDeletionService).finishDue(100);
const nameOf = async (userId: string) =>
  (await world.get(UserReader).namesOf([userId])).map(({ displayName }) => displayName);
const recipientOf = async ({ orderId }: Pick<MadeOrder, 'orderId'>) =>
  (await world.get(OrderReader).byId(orderId))?.recipient;

/** Of goods that keep: days go by here. */
async function paidOrder(buyerId: `usr_${string}`): Promise<MadeOrder> {
  const product = await makeProduct(world, { batches: [{ quantity: 10, bestBeforeOn: null }] });
  return makePaidOrder(world, { buyerId }, product);
}

/** Its after-sale window is over. The books know nothing of it: no money came in. */
async function complete({ orderId }: MadeOrder): Promise<void> {
  await world.asOwner((tx) =>
    tx.write("UPDATE merchant_order SET state = 'COMPLETED' WHERE order_id = ?", [orderId]),
  );
}

async function completedOrder(buyerId: `usr_${string}`): Promise<MadeOrder> {
  const order = await paidOrder(buyerId);
  await complete(order);
  return order;
}

/** Received and said, with words of a person who has a name. */
async function reviewed(buyerId: `usr_${string}`, order: MadeOrder): Promise<string> {
  await world.asOwner((tx) =>
    tx.write("UPDATE user_account SET display_name = '李秀英' WHERE id = ?", [buyerId]),
  );
  await receiveOrder(world, order);
  const [line] = await world.get(OrderReader).linesOfOrder(order.orderId);
  const wish = { orderLineId: present(line, 'a line').id, rating: 5, text: '很甜🍑', photoIds: [] };
  const id = await world.get(ReviewService).post(buyerId, wish);
  if (refused(id)) throw new Error(id.message.en);
  return id;
}

const shownOf = (reviewIds: readonly string[]) =>
  world.database.query(
    'SELECT id, shown_name AS shownName, text, rating, state FROM review WHERE id IN (?) ORDER BY id',
    [reviewIds],
  );

/** With a word of each side. No money is in it: what becomes of that is told elsewhere. */
async function openCase(buyerId: `usr_${string}`, { orderId }: MadeOrder): Promise<IdOf<'afs'>> {
  const [line] = await world.get(OrderReader).linesOfOrder(orderId);
  const { id: orderLineId, merchantOrderId, productId, variantId } = present(line, 'a line');
  const [id, at] = [newId('afs'), world.clock.now()];
  const steps = [
    ['OPENED', 'BUYER', '压坏了，我叫李秀英'],
    ['REFUSED', 'MERCHANT', '李女士签收时完好'],
    ['CONTESTED', 'BUYER', '收到就是坏的'],
    ['REJECT_DECIDED', 'PLATFORM', '照片不足'],
  ] as const;
  await world.asOwner(async (tx) => {
    const about = { orderId, orderLineId, merchantOrderId, productId, variantId };
    await tx.insert('after_sale', [
      {
        id,
        buyerId,
        idempotencyKey: newId('req'),
        requestHash: Buffer.alloc(32),
        ...about,
        merchantId: newId('mer'),
        productName: '炎陵黄桃',
        variantName: '第 1 种',
        countyCode: '430225',
        openLineId: orderLineId,
        kind: 'REFUND_ONLY',
        reason: 'DAMAGED',
        state: 'AT_PLATFORM',
        quantity: 1,
        askedFen: 1n,
        isWhole: true,
        openedAt: at,
      },
    ]);
    for (const [act, side, note] of steps)
      await tx.insert('after_sale_step', [
        { id: newId('ass'), afterSaleId: id, act, side, state: 'AT_PLATFORM', note, at },
      ]);
  });
  return id;
}

async function closeCase(id: string): Promise<void> {
  await world.asOwner((tx) =>
    tx.write("UPDATE after_sale SET state = 'REJECTED', open_line_id = NULL, closed_at = ? WHERE id = ?", [
      world.clock.now(),
      id,
    ]),
  );
}

async function wordsOf(id: string): Promise<string[]> {
  const rows = await world.database.query<{ act: string; note: string }>(
    'SELECT act, note FROM after_sale_step WHERE after_sale_id = ? ORDER BY id',
    [id],
  );
  return rows.map(({ act, note }) => `${act}: ${note}`);
}

/** Seven days on, signed out, and the last token over. */
async function comeDue(): Promise<void> {
  world.clock.advance(7 * DAY_MS);
  await finish();
  world.clock.advance(12 * MINUTE_MS);
  await finish();
  await world.settle();
}

async function withAddressAndCart({ userId, client }: Somebody): Promise<void> {
  await world.get(AddressService).add(userId, {
    name: '李女士',
    phone: '13900001234',
    countyCode: '430225',
    townshipCode: '',
    provinceCode: '',
    cityCode: '',
    detail: '井冈路 1 号',
  });
  const { variantId } = await makeProduct(world, { batches: [{ quantity: 10, bestBeforeOn: null }] });
  await client.ask(SET, { variantId });
}

describe('personalDataExport', () => {
  it('tells everything that is kept about somebody, and writes it down', async () => {
    const who = await somebody();
    await withAddressAndCart(who);
    const order = await paidOrder(who.userId);
    const other = await paidOrder(newId('usr'));
    const stranger = await somebody();
    const said = await reviewed(who.userId, order);
    const saidByOther = await reviewed(stranger.userId, await paidOrder(stranger.userId));
    const opened = await openCase(who.userId, order);
    const { id: promotionId } = await makePromotion(world);
    const coupon = await claimCoupon(world, who.userId, promotionId);
    const couponOfOther = await claimCoupon(world, stranger.userId, promotionId);

    const applied = await makeApplication(world, who.userId, { isSubmitted: false });
    const appliedByOther = await makeApplication(world, stranger.userId, { isSubmitted: false });
    const answer = await who.client.ask<{ fileName: string; content: string }>(EXPORT, {
      code: await code(who),
    });

    expect(answer.fileName).toMatch(/^taoyuan-\d{4}-\d\d-\d\d\.json$/);
    const file = JSON.parse(answer.content);
    expect(file).toMatchObject({
      format: 'taoyuan-personal-data/1',
      person: { id: who.userId, phone: who.phone },
      sessions: [{ revokedAt: null }],
      roles: [],
      addresses: [{ detail: '井冈路 1 号' }],
      cart: [{ quantity: 1 }],
      orders: [{ id: order.orderId, recipient: { name: '李女士' } }],
      orderLines: [{ productName: '炎陵黄桃' }],
      payments: [],
      refunds: [],
      reviews: [{ id: said, text: '很甜🍑', shownName: '李**' }],
      reviewPhotos: [],
      afterSales: [{ id: opened, state: 'AT_PLATFORM', askedFen: '1' }],
      afterSaleSteps: [{ note: '压坏了，我叫李秀英' }, { side: 'MERCHANT' }, {}, { side: 'PLATFORM' }],
      afterSalePhotos: [],
      coupons: [{ id: coupon, state: 'CLAIMED', usedFen: '0', promotion: { kind: 'PLATFORM_COUPON' } }],
      invoices: [],
      procurementUnits: [],
      merchantApplications: [{ id: applied.id, state: 'DRAFT', content: { legalPersonName: '罗长庚' } }],
    });
    expect(file.acts.map(({ act }: { act: string }) => act)).toContain('personal_data.exported');
    for (const theirs of [other.orderId, saidByOther, couponOfOther, appliedByOther.id, 'createdBy'])
      expect(answer.content).not.toContain(theirs);
  });

  it('wants the code that was sent to the phone of that person, once', async () => {
    const [who, other] = [await somebody(), await somebody()];
    const [own, others] = [await code(who), await code(other)];

    // A code in a million is the same for both.
    if (own !== others)
      expect(await who.client.ask(EXPORT, { code: others })).toMatchObject({
        code: 'SIGN_IN_CODE_WRONG',
        attemptsLeft: 4,
      });
    expect(await who.client.ask(EXPORT, { code: own })).toMatchObject({
      __typename: 'PersonalDataExportPayload',
    });
    expect(await who.client.ask(EXPORT, { code: own })).toMatchObject({ code: 'SIGN_IN_CODE_EXPIRED' });
    expect(await nobody.codeOf(EXPORT, { code: own })).toBe('UNAUTHENTICATED');
  });
});

describe('accountDeletionRequest', () => {
  it('is due in seven days, and asking again changes nothing', async () => {
    const who = await somebody();

    const first = await request(who);
    const { dueAt } = await who.client.ask<{ dueAt: string }>(OPEN);
    world.clock.advance(DAY_MS);
    const again = await request(who);

    expect(first).toMatchObject({ accountDeletion: { dueAt } });
    expect(Date.parse(dueAt) - world.clock.now().getTime()).toBeLessThan(6 * DAY_MS);
    expect(again).toEqual(first);
  });

  it('is refused while something is open, naming it, in both languages', async () => {
    const who = await somebody();
    const order = await paidOrder(who.userId);
    const unit = await makeProcurementUnit(world);
    const member = { unitId: unit.id, phone: who.phone, role: 'BUYER', contractorId: null } as const;
    await world.get(ProcurementUnitService).addMember(member, { userId: newId('usr'), scope: 'ALL' });
    const staff = await makeUser(world, {
      grants: [{ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' }],
    });
    const official = { ...staff, client: nobody.as(world.personOf(staff.userId).token) };

    expect(await request(who)).toMatchObject({
      code: 'ACCOUNT_NOT_DELETABLE',
      message: 'Something is still open in this account; bring it to its end first.',
      matters: [
        { kind: 'ORDER', subject: order.orderId },
        { kind: 'UNIT', subject: unit.id },
      ],
    });
    expect(await official.client.speaking('zh-CN').ask(REQUEST, { code: '000000' })).toMatchObject({
      message: '账号还有未了结的事项，请先处理完毕再申请注销',
      matters: [{ kind: 'ROLE', subject: 'OFFICIAL 430225' }],
    });
    expect(await who.client.ask(OPEN)).toBeNull();
  });

  it('is refused while money is on its way', async () => {
    const who = await somebody();
    const order = await completedOrder(who.userId);
    await world.asOwner((tx) =>
      tx.insert('refund', [
        {
          id: newId('rfd'),
          paymentId: newId('pay'),
          orderId: order.orderId,
          reason: 'GOODWILL',
          amountFen: 1n,
          state: 'SENT',
          createdAt: world.clock.now(),
          updatedAt: world.clock.now(),
        },
      ]),
    );

    expect(await request(who)).toMatchObject({ matters: [{ kind: 'REFUND' }] });
    await world.asOwner((tx) => tx.write("UPDATE refund SET state = 'SUCCEEDED'"));
    expect(await request(who)).toMatchObject({ __typename: 'AccountDeletionRequestPayload' });
  });

  it('is refused while an after-sale case is open', async () => {
    const who = await somebody();
    const id = await openCase(who.userId, await completedOrder(who.userId));

    expect(await request(who)).toMatchObject({ matters: [{ kind: 'AFTER_SALE', subject: id }] });
    await closeCase(id);
    expect(await request(who)).toMatchObject({ __typename: 'AccountDeletionRequestPayload' });
    await who.client.ask(WITHDRAW);
  });

  it('is refused without a code of that phone', async () => {
    const who = await somebody();
    const right = await code(who);
    const wrong = right.replace(/^./, (digit) => String((Number(digit) + 1) % 10));

    expect(await who.client.ask(REQUEST, { code: wrong })).toMatchObject({ code: 'SIGN_IN_CODE_WRONG' });
    expect(await who.client.ask(OPEN)).toBeNull();
    expect(await nobody.codeOf(REQUEST, { code: right })).toBe('UNAUTHENTICATED');
  });

  it('can be withdrawn until then, and asked for anew', async () => {
    const who = await somebody();
    await request(who);

    for (const _ of ['once', 'again'])
      expect(await who.client.ask(WITHDRAW)).toEqual({ accountDeletion: null });
    await comeDue();

    expect(await who.client.ask(VIEWER)).toEqual({ id: who.userId });
    expect(await request(who)).toMatchObject({ __typename: 'AccountDeletionRequestPayload' });
    await who.client.ask(WITHDRAW);
  });
});

describe('a deletion that is due', () => {
  it('forgets who it was, and leaves what was bought', async () => {
    const who = await somebody();
    await withAddressAndCart(who);
    const order = await completedOrder(who.userId);
    const [lines, before] = await Promise.all([
      world.get(OrderReader).linesOfOrder(order.orderId),
      world.get(OrderReader).byId(order.orderId),
    ]);
    await request(who);

    await comeDue();

    expect(await nameOf(who.userId)).toEqual(['已注销用户']);
    expect(await who.client.ask(VIEWER)).toBeNull();
    expect(await who.client.ask('{ addresses { id } }')).toEqual([]);
    expect(await who.client.ask('{ cart { lines { variantId } } }')).toEqual({ lines: [] });
    const after = await world.get(OrderReader).byId(order.orderId);
    expect(after).toEqual({
      ...before,
      recipient: { name: '已注销', phone: '', countyCode: before?.recipient.countyCode, address: '' },
    });
    expect(await world.get(OrderReader).linesOfOrder(order.orderId)).toEqual(lines);
    const left = await world.database.query(
      `SELECT id FROM user_account WHERE phone = ? UNION ALL SELECT id FROM sign_in_code WHERE phone = ?`,
      [who.phone, who.phone],
    );
    expect(left).toEqual([]);
    const states = await world.database.query(
      'SELECT state, open_of AS openOf FROM account_deletion WHERE user_id = ?',
      [who.userId],
    );
    expect(states).toEqual([{ state: 'DONE', openOf: null }]);
  });

  it('leaves what was said of goods without a name, and of a case what was done; it waits for one that was opened since', async () => {
    const [who, other] = [await somebody(), await somebody()];
    const [order, others] = [await paidOrder(who.userId), await paidOrder(other.userId)];
    const [mine, theirs] = [await reviewed(who.userId, order), await reviewed(other.userId, others)];
    await Promise.all([complete(order), complete(others)]);
    await request(who);
    const [id, theirCase] = [await openCase(who.userId, order), await openCase(other.userId, others)];
    const words = await wordsOf(id);

    await comeDue();
    expect(await nameOf(who.userId)).toEqual(['李秀英']);
    expect(await wordsOf(id)).toEqual(words);

    await closeCase(id);
    await comeDue();
    expect(await nameOf(who.userId)).toEqual(['已注销用户']);
    const said = { text: '很甜🍑', rating: 5, state: 'SHOWN' };
    expect(await shownOf([mine, theirs])).toEqual([
      { id: mine, shownName: '匿**', ...said },
      { id: theirs, shownName: '李**', ...said },
    ]);
    expect(await wordsOf(id)).toEqual(['OPENED: ', 'REFUSED: ', 'CONTESTED: ', 'REJECT_DECIDED: 照片不足']);
    expect(await wordsOf(theirCase)).toEqual(words);
  });

  it('frees the phone: whoever signs in with it is somebody new', async () => {
    const who = await somebody();
    const order = await completedOrder(who.userId);
    await request(who);
    await comeDue();

    const next = await somebody(who.phone);

    expect(next.userId).not.toBe(who.userId);
    expect(await next.client.ask('{ orders { nodes { id } } }')).toEqual({ nodes: [] });
    expect(
      await next.client.ask('query ($id: ID!) { order(id: $id) { id } }', { id: order.orderId }),
    ).toBeNull();
  });

  it('waits until the last token is over, also of whoever signs in meanwhile', async () => {
    const who = await somebody();
    await request(who);
    world.clock.advance(7 * DAY_MS);

    await finish();
    expect(await nameOf(who.userId)).not.toEqual(['已注销用户']);
    await signIn(world, nobody, who.phone);
    world.clock.advance(12 * MINUTE_MS);
    await finish();
    expect(await nameOf(who.userId)).not.toEqual(['已注销用户']);
    world.clock.advance(12 * MINUTE_MS);
    await finish();

    expect(await nameOf(who.userId)).toEqual(['已注销用户']);
  });

  it('is put off while something has been opened since', async () => {
    const who = await somebody();
    await request(who);
    const order = await paidOrder(who.userId);

    await comeDue();
    expect(await recipientOf(order)).toMatchObject({ name: '李女士' });
    expect(await who.client.ask(VIEWER)).toEqual({ id: who.userId });

    await complete(order);
    await comeDue();
    expect(await recipientOf(order)).toMatchObject({ name: '已注销' });
  });

  it('leaves nobody half gone when the process dies in it, and finishes once', async () => {
    const who = await somebody();
    await withAddressAndCart(who);
    await request(who);
    world.clock.advance(7 * DAY_MS);
    await finish();
    world.clock.advance(12 * MINUTE_MS);
    const dying = jest.spyOn(world.get(AddressService), 'forget').mockRejectedValueOnce(new Error('killed'));

    await expect(finish()).rejects.toThrow('killed');
    dying.mockRestore();
    expect(await nameOf(who.userId)).not.toEqual(['已注销用户']);
    expect(await who.client.ask('{ addresses { id } }')).toHaveLength(1);

    await Promise.all([finish(), finish()]);
    await world.settle();
    const told = await world.database.query(
      "SELECT id FROM audit_entry WHERE act = 'account.deleted' AND subject = ?",
      [who.userId],
    );
    expect(told).toHaveLength(1);
    expect(await who.client.ask('{ addresses { id } }')).toEqual([]);
  });

  it('does not wait for what belongs to others', async () => {
    const [who, other] = [await somebody(), await somebody()];
    await withAddressAndCart(other);
    const order = await completedOrder(other.userId);
    await request(who);
    await comeDue();

    expect(await recipientOf(order)).toMatchObject({ name: '李女士' });
    expect(await other.client.ask('{ addresses { id } }')).toHaveLength(1);
    expect(await other.client.ask(VIEWER)).toEqual({ id: other.userId });
  });
});
