import { newId, refused } from '#libs/kernel';
import { OrderPlacementService, OrderService, OrderingModule } from '#libs/ordering';
import { CouponLimitError, CouponService, CouponsGoneError } from '#libs/promotion';
import { fillPool } from '../harness/pool.js';
import { SETTINGS, openRooms, type Rooms } from '../harness/rooms.js';
import { orderInput } from '../make/order.make.js';
import { makeProduct } from '../make/product.make.js';
import { budgetOf, claimCoupon, makePromotion } from '../make/promotion.make.js';

describe('coupons at once', () => {
  let rooms: Rooms;

  beforeAll(async () => {
    rooms = await openRooms(SETTINGS, OrderingModule);
    await fillPool(rooms.database);
  });
  afterAll(() => rooms.close());

  const claims = (count: number, promotionId: string, holder = () => newId('usr')) =>
    Promise.all(
      Array.from({ length: count }, () =>
        rooms.get(CouponService).claim(holder(), promotionId, newId('req')),
      ),
    );

  it('200 people claim what the budget pays for, to the fen, and not one more', async () => {
    const { id } = await makePromotion(rooms, { kind: 'VOUCHER', budgetFen: 37_999n });

    const answers = await claims(200, id);

    expect(answers.filter((answer) => !refused(answer))).toHaveLength(37);
    expect(answers.filter((answer) => answer instanceof CouponsGoneError)).toHaveLength(163);
    expect(await budgetOf(rooms, id)).toEqual({ state: 'PUBLISHED', claimed: '37000', spent: '0' });
  });

  it('one person at twenty windows claims no more than one person may', async () => {
    const { id } = await makePromotion(rooms, { personMax: 3 });
    const holderId = newId('usr');

    const answers = await claims(20, id, () => holderId);

    expect(answers.filter((answer) => !refused(answer))).toHaveLength(3);
    expect(answers.filter((answer) => answer instanceof CouponLimitError)).toHaveLength(17);
    expect(await budgetOf(rooms, id)).toMatchObject({ claimed: '3000' });
  });

  it('one coupon is used by one of twenty orders, also while it is given back in between', async () => {
    const { variantId } = await makeProduct(rooms);
    const { id } = await makePromotion(rooms, { kind: 'VOUCHER' });
    const buyerId = newId('usr');
    const couponIds = [await claimCoupon(rooms, buyerId, id)];
    // Others have claimed as well: what one coupon may cost is not kept by what all of them may.
    await claims(20, id);
    const lines = [{ variantId, quantity: 1, channelPointId: '' }];
    const place = () => rooms.get(OrderPlacementService).place(buyerId, orderInput({ lines, couponIds }));

    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(Array.from({ length: 20 }, place));
      const placed = answers.filter((answer) => typeof answer === 'string');
      expect(placed).toHaveLength(1);
      expect(answers.filter((answer) => refused(answer)).map(({ code }) => code)).toEqual(
        Array.from({ length: 19 }, () => 'COUPON_NOT_USABLE'),
      );
      expect(await budgetOf(rooms, id)).toMatchObject({ claimed: '21000', spent: '1000' });
      // Two windows call it off: it comes back once.
      await Promise.all([0, 1].map(() => rooms.get(OrderService).cancel(buyerId, placed[0] ?? '')));
      expect(await budgetOf(rooms, id)).toMatchObject({ claimed: '21000', spent: '0' });
    }
  });
});
