import { BATCH_MAX, type Placing, contendedBy, mayShare, nextBatch, offerKey } from './crowd.rules.js';
import type { OfferedLine } from './order.rules.js';

const line = { variantId: 'var_box' } as OfferedLine;
const presold = (variantId: string) =>
  ({ variantId, harvest: { presale: { id: 'psl_peach' } } }) as unknown as OfferedLine;
const funded = (couponId: string) => ({ fundings: [{ couponId }] });

const placing = (changes: {
  offered?: readonly OfferedLine[];
  paymentTerm?: Placing['paymentTerm'];
  lines?: readonly object[];
}) =>
  ({
    offered: changes.offered ?? [line],
    paymentTerm: changes.paymentTerm ?? 'PREPAID',
    totals: { lines: changes.lines ?? [{ fundings: [] }] },
  }) as unknown as Placing;

describe('mayShare', () => {
  it.each([
    // what                        placing                                   shares
    ['one variant, paid first', placing({}), true],
    ['with a price cut', placing({ lines: [funded('')] }), true],
    ['with a coupon', placing({ lines: [funded(''), funded('cpn_1')] }), false],
    ['on account', placing({ paymentTerm: 'ON_ACCOUNT' }), false],
    ['two lines', placing({ offered: [line, line], lines: [funded('')] }), false],
    ['one line of a presale', placing({ offered: [presold('var_5')] }), true],
    ['several lines of one presale', placing({ offered: [presold('var_5'), presold('var_10')] }), true],
    [
      'of a presale, with a coupon',
      placing({ offered: [presold('var_5')], lines: [funded('cpn_1')] }),
      false,
    ],
    ['of a presale, on account', placing({ offered: [presold('var_5')], paymentTerm: 'ON_ACCOUNT' }), false],
  ])('%s', (_what, one, expected) => {
    expect(mayShare(one)).toBe(expected);
  });
});

describe('contendedBy', () => {
  it.each([
    ['a variant', [line], 'var_box'],
    ['a presale, by whichever of its variants', [presold('var_5')], 'psl_peach'],
    ['a presale, by several', [presold('var_10'), presold('var_5')], 'psl_peach'],
  ])('is %s', (_what, offered, expected) => {
    expect(contendedBy({ offered })).toBe(expected);
  });
});

describe('offerKey', () => {
  const wish = {
    lines: [{ variantId: 'var_1', quantity: 1, channelPointId: '' }],
    recipient: { name: '李', phone: '13900001234', countyCode: '430225', address: '路 1 号' },
  };
  const plain = offerKey(wish, false);

  it('is the same for whoever says the same, however they say it', () => {
    const lines = [{ channelPointId: '', quantity: 1, variantId: 'var_1' }];
    const recipient = { ...wish.recipient, name: '王' };

    expect(offerKey({ lines, recipient, handover: 'PARCEL', paymentTerm: 'PREPAID' }, false)).toBe(plain);
  });

  it.each([
    ['how many', { lines: [{ variantId: 'var_1', quantity: 2, channelPointId: '' }] }, false],
    ['from where', { lines: [{ variantId: 'var_1', quantity: 1, channelPointId: 'chp_1' }] }, false],
    [
      'out of which slot',
      {
        lines: [
          {
            variantId: 'var_1',
            quantity: 1,
            channelPointId: '',
            slot: { channelPointId: '', slotCode: 'A1', priceFen: '900' },
          },
        ],
      },
      false,
    ],
    ['where to', { recipient: { ...wish.recipient, countyCode: '430202' } }, false],
    ['how it is handed over', { handover: 'PICK_UP' as const }, false],
    // A deposit is not owed on account, so what is offered for one is not offered for the other.
    ['when it is paid', { paymentTerm: 'ON_ACCOUNT' as const }, false],
    ['for whom', {}, true],
  ])('is another one for whoever says otherwise %s', (_what, changes, isForUnit) => {
    expect(offerKey({ ...wish, ...changes }, isForUnit)).not.toBe(plain);
  });
});

describe('nextBatch', () => {
  const queue = (buyers: readonly string[], lines = 1) =>
    buyers.map((buyerId, index) => ({
      index,
      placing: { buyerId: buyerId as `usr_${string}`, offered: Array.from({ length: lines }, () => line) },
    }));
  const indexesOf = (batch: readonly { readonly index: number }[]) => batch.map(({ index }) => index);

  it.each([
    ['nobody of nobody', [], []],
    ['in the order of coming', ['usr_c', 'usr_a', 'usr_b'], [0, 1, 2]],
    ['of each buyer the first', ['usr_a', 'usr_b', 'usr_a', 'usr_a', 'usr_c'], [0, 1, 4]],
  ])('takes %s', (_what, buyers, expected) => {
    expect(indexesOf(nextBatch(queue(buyers)))).toEqual(expected);
  });

  it('takes no more than go together', () => {
    const many = queue(Array.from({ length: BATCH_MAX + 5 }, (_, index) => `usr_${index}`));
    expect(indexesOf(nextBatch(many))).toEqual(indexesOf(many.slice(0, BATCH_MAX)));
  });

  it.each([
    // lines of each                            orders taken
    [3, Math.floor(BATCH_MAX / 3)],
    [BATCH_MAX, 1],
    [BATCH_MAX + 1, 1],
  ])('counts lines: of %s each', (lines, taken) => {
    const many = queue(
      Array.from({ length: BATCH_MAX }, (_, index) => `usr_${index}`),
      lines,
    );
    expect(indexesOf(nextBatch(many))).toEqual(indexesOf(many.slice(0, taken)));
  });

  it('lets nobody with few lines overtake somebody with many, and does not count who waits for their own', () => {
    const [first] = queue(['usr_a'], BATCH_MAX - 1);
    const [again] = queue(['usr_a'], BATCH_MAX);
    const [many, few] = [...queue(['usr_b'], 2), ...queue(['usr_c'])];
    const fits = queue(['usr_d'])[0];
    const batchOf = (...all: (typeof first)[]) =>
      nextBatch(all.flatMap((one) => one ?? [])).map(({ placing: { buyerId } }) => buyerId);

    expect(batchOf(first, many, few)).toEqual(['usr_a']);
    expect(batchOf(first, again, fits)).toEqual(['usr_a', 'usr_d']);
  });
});
