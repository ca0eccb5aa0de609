import {
  type RefundableLine,
  amountOf,
  nextRefundState,
  remainingLines,
  spreadOver,
  unitsOf,
  wholeOf,
} from './refund.rules.js';

const line = (orderLineId: string, goodsFen: bigint, quantity = 1): RefundableLine => ({
  orderLineId,
  merchantOrderId: 'mor_1',
  goodsFen,
  freightFen: 0n,
  quantity,
});
const freight = (freightFen: bigint): RefundableLine => ({
  orderLineId: '',
  merchantOrderId: 'mor_1',
  goodsFen: 0n,
  freightFen,
  quantity: 0,
});

describe('what is left of an order', () => {
  it('is what was sold less what has gone back', () => {
    const sold = [line('oln_1', 1000n, 3), line('oln_2', 500n), freight(800n)];

    const left = remainingLines(sold, [line('oln_1', 334n, 1), freight(800n)]);

    expect(left).toEqual([line('oln_1', 666n, 2), line('oln_2', 500n), freight(0n)]);
    expect(wholeOf(left)).toEqual([line('oln_1', 666n, 2), line('oln_2', 500n)]);
    expect(amountOf(left)).toBe(1166n);
  });

  it('C9 is never less than nothing', () => {
    expect(() => remainingLines([line('oln_1', 7500n)], [line('oln_1', 7501n)])).toThrow('gives back more');
  });
});

describe('units of a line', () => {
  it('C5 go back one by one and add up to the line', () => {
    let left = [line('oln_1', 1000n, 3)];
    const parts: bigint[] = [];
    for (let unit = 0; unit < 3; unit += 1) {
      const [part] = unitsOf(left, [{ orderLineId: 'oln_1', quantity: 1 }], []);
      if (!part) throw new Error('expected a part');
      parts.push(part.goodsFen);
      left = remainingLines(left, [part]);
    }

    expect(parts).toEqual([334n, 333n, 333n]);
    expect(amountOf(left)).toBe(0n);
  });

  it.each([0, -1, 4])('C9 never go back as %i of 3', (quantity) => {
    expect(() => unitsOf([line('oln_1', 1000n, 3)], [{ orderLineId: 'oln_1', quantity }], [])).toThrow(
      'units are left',
    );
  });

  it('take no freight along unless asked', () => {
    const left = [line('oln_1', 1000n, 2), freight(800n)];
    const wish = [{ orderLineId: 'oln_1', quantity: 1 }];

    expect(amountOf(unitsOf(left, wish, []))).toBe(500n);
    expect(amountOf(unitsOf(left, wish, ['mor_1']))).toBe(1300n);
    expect(unitsOf(left, [], ['mor_1'])).toEqual([freight(800n)]);
  });
});

describe('an amount without a reason', () => {
  it('C20 is spread over what is left, to the fen', () => {
    const left = [line('oln_1', 6000n), line('oln_2', 3000n), freight(1000n)];

    const parts = spreadOver(left, 2500n);

    expect(parts?.map((part) => part.goodsFen + part.freightFen)).toEqual([1500n, 750n, 250n]);
    expect(parts?.map((part) => part.quantity)).toEqual([0, 0, 0]);
  });

  it('leaves out parts that get nothing', () => {
    expect(spreadOver([line('oln_1', 9999n), line('oln_2', 1n)], 1n)).toEqual([
      { ...line('oln_1', 1n), quantity: 0 },
    ]);
  });

  it('that exceeds what is left is nobody’s to spread', () => {
    expect(spreadOver([line('oln_1', 100n)], 101n)).toBeNull();
  });
});

describe('a refund', () => {
  it.each([
    ['REQUESTED', 'PENDING', 'SENT'],
    ['SENT', 'SUCCEEDED', 'SUCCEEDED'],
    ['SENT', 'FAILED', 'FAILED'],
    ['SUCCEEDED', 'PENDING', 'SUCCEEDED'],
    ['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED'],
    ['FAILED', 'PENDING', 'FAILED'],
    ['SUCCEEDED', 'FAILED', null],
    ['FAILED', 'SUCCEEDED', null],
  ] as const)('that is %s and is seen %s is %s', (state, seen, expected) => {
    expect(nextRefundState(state, seen)).toBe(expected);
  });
});
