import fc from 'fast-check';
import { HOUR_MS, plus, refused } from '#libs/kernel';
import {
  fundingsBack,
  type RefundAsk,
  type RefundableLine,
  amountOf,
  calledOffOf,
  cutOver,
  nextRefundState,
  nextTry,
  planRefund,
  refuseAsk,
  refuseBearer,
  refundKey,
  remainingLines,
  spreadOver,
  unitsOf,
  wholeOf,
  withoutSubsidy,
} from './refund.rules.js';

const line = (orderLineId: string, goodsFen: bigint, quantity = 1, subsidyFen = 0n): RefundableLine => ({
  orderLineId,
  merchantOrderId: 'mor_1',
  goodsFen,
  freightFen: 0n,
  quantity,
  subsidyFen,
});
/** Nothing of it was given for some units alone. */
const gone = (...lines: RefundableLine[]) =>
  lines.map((each) => ({ ...each, compensated: { goodsFen: 0n, subsidyFen: 0n, quantity: 0 } }));
const freight = (freightFen: bigint): RefundableLine => ({
  orderLineId: '',
  merchantOrderId: 'mor_1',
  goodsFen: 0n,
  freightFen,
  quantity: 0,
  subsidyFen: 0n,
});

describe('what is left of an order', () => {
  it('is what was sold less what has gone back', () => {
    const sold = [line('oln_1', 1000n, 3), line('oln_2', 500n), freight(800n)];

    const left = remainingLines(sold, gone(line('oln_1', 334n, 1), freight(800n)));

    expect(left).toMatchObject([line('oln_1', 666n, 2), line('oln_2', 500n), freight(0n)]);
    expect(wholeOf(left)).toMatchObject([line('oln_1', 666n, 2), line('oln_2', 500n)]);
    expect(amountOf(left)).toBe(1166n);
  });

  it('C9 is never less than nothing', () => {
    expect(() => remainingLines([line('oln_1', 7500n)], gone(line('oln_1', 7501n)))).toThrow(
      'gives back more',
    );
  });
});

describe('what goes back of an order that two payments have paid', () => {
  const cut = (lines: RefundableLine[], ...leftFen: bigint[]) =>
    cutOver(lines, leftFen).map((each) =>
      each.map(({ orderLineId, goodsFen, freightFen, quantity, subsidyFen }) => [
        orderLineId,
        goodsFen + freightFen,
        quantity,
        subsidyFen,
      ]),
    );

  it.each([
    [
      'all of the first while it lasts',
      [line('oln_1', 900n, 2, 90n)],
      [1_000n, 100n],
      [[['oln_1', 900n, 2, 90n]], []],
    ],
    [
      'the rest of the second, with units and what others paid at the beginning of the line',
      [line('oln_1', 900n, 2, 90n), line('oln_2', 200n, 1), freight(50n)],
      [1_000n, 150n],
      [
        [
          ['oln_1', 900n, 2, 90n],
          ['oln_2', 100n, 1, 0n],
        ],
        [
          ['oln_2', 100n, 0, 0n],
          ['', 50n, 0, 0n],
        ],
      ],
    ],
    [
      'only of the second where nothing is left of the first',
      [line('oln_1', 100n)],
      [0n, 100n],
      [[], [['oln_1', 100n, 1, 0n]]],
    ],
    [
      'what others paid whole with the first',
      [line('oln_1', 0n, 1, 50n)],
      [0n, 100n],
      [[['oln_1', 0n, 1, 50n]], []],
    ],
  ] as const)('is %s', (_what, lines, left, expected) => {
    expect(cut([...lines], ...left)).toEqual(expected);
  });

  it('is for the same units of both, and counts them once; what is for the line is so of both', () => {
    const ofTwo = { ...line('oln_1', 900n, 0), compensatedQuantity: 2 };
    const unitsIn = (lines: RefundableLine[], ...leftFen: bigint[]) =>
      cutOver(lines, leftFen).map((each) => each.map(({ compensatedQuantity }) => compensatedQuantity));

    expect(unitsIn([ofTwo], 800n, 100n)).toEqual([[2], [0]]);
    expect(unitsIn([ofTwo], 0n, 900n)).toEqual([[], [2]]);
    expect(unitsIn([line('oln_1', 900n, 0)], 800n, 100n)).toEqual([[undefined], [undefined]]);
  });

  it('is never more than they have paid', () => {
    expect(() => cut([line('oln_1', 101n)], 50n, 50n)).toThrow('have paid what goes back');
  });

  it('is every fen and every unit once, and of no payment more than is left of it', () => {
    const lines = fc.array(
      fc.record({ goods: fc.bigInt(0n, 500n), quantity: fc.nat(9), subsidy: fc.bigInt(0n, 99n) }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(lines, fc.nat(100), (drawn, percent) => {
        const all = drawn.map(({ goods, quantity, subsidy }, at) =>
          line(`oln_${at}`, goods, quantity, subsidy),
        );
        const first = (amountOf(all) * BigInt(percent)) / 100n;
        const left = [first, amountOf(all) - first];
        const cuts = cutOver(all, left);
        expect(cuts.map(amountOf)).toEqual(left);
        for (const { orderLineId, goodsFen, quantity, subsidyFen } of all) {
          const own = cuts.flat().filter((each) => each.orderLineId === orderLineId);
          expect(own.reduce((sum, each) => sum + each.goodsFen, 0n)).toBe(goodsFen);
          expect(own.reduce((sum, each) => sum + each.quantity, 0)).toBe(quantity);
          expect(own.reduce((sum, each) => sum + each.subsidyFen, 0n)).toBe(subsidyFen);
        }
      }),
    );
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
      left = remainingLines(left, gone(part));
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

describe('units of a line of which amounts have been given', () => {
  type Step = readonly ['units', number] | readonly ['amount', bigint, number | null];
  const take = (left: readonly RefundableLine[], step: Step): RefundableLine[] | null => {
    const [kind, much, forQuantity = null] = step;
    const wish =
      kind === 'units'
        ? { orderLineId: 'oln_1', quantity: much, amountFen: null }
        : { orderLineId: 'oln_1', quantity: forQuantity, amountFen: much };
    const ask = { kind: kind === 'units' ? 'LINE' : 'PARTIAL', lines: [wish], freightOf: [] } as const;
    const plan = planRefund(left, { ...ask, amountFen: null });
    return refused(plan) ? null : plan;
  };
  /** What goes back step by step, with everything before it taken off as the database sums it up. */
  const story = (sold: RefundableLine, steps: readonly Step[]) => {
    const earlier: RefundableLine[] = [];
    return steps.map((step) => {
      const sum = (of: (each: RefundableLine) => bigint) => earlier.reduce((all, each) => all + of(each), 0n);
      const forSome = (of: (each: RefundableLine) => bigint) =>
        sum((each) => (each.compensatedQuantity === undefined ? 0n : of(each)));
      const before = {
        ...line(
          'oln_1',
          sum((each) => each.goodsFen),
          Number(sum((each) => BigInt(each.quantity))),
        ),
        subsidyFen: sum((each) => each.subsidyFen),
        compensated: {
          goodsFen: forSome((each) => each.goodsFen),
          subsidyFen: forSome((each) => each.subsidyFen),
          quantity: Number(forSome((each) => BigInt(each.compensatedQuantity ?? 0))),
        },
      };
      const plan = take(remainingLines([sold], earlier.length === 0 ? [] : [before]), step);
      earlier.push(...(plan ?? []));
      return plan?.map(({ goodsFen, subsidyFen }) => [goodsFen, subsidyFen])[0] ?? null;
    });
  };
  const boxes = line('oln_1', 1000n, 3);

  it.each<[string, RefundableLine, Step[], ([bigint, bigint] | null)[]]>([
    [
      'none: its own share each',
      boxes,
      [
        ['units', 1],
        ['units', 2],
      ],
      [
        [334n, 0n],
        [666n, 0n],
      ],
    ],
    [
      'for one: the others give what they cost, and it what is left of it',
      boxes,
      [
        ['amount', 100n, 1],
        ['units', 1],
        ['units', 1],
        ['units', 1],
      ],
      [
        [100n, 0n],
        [334n, 0n],
        [333n, 0n],
        [233n, 0n],
      ],
    ],
    [
      'for one, and all at once',
      boxes,
      [
        ['amount', 100n, 1],
        ['units', 3],
      ],
      [
        [100n, 0n],
        [900n, 0n],
      ],
    ],
    [
      'for two parcels, one after the other',
      boxes,
      [
        ['amount', 100n, 1],
        ['amount', 51n, 1],
        ['units', 1],
        ['units', 1],
        ['units', 1],
      ],
      [
        [100n, 0n],
        [51n, 0n],
        [334n, 0n],
        [258n, 0n],
        [257n, 0n],
      ],
    ],
    [
      'for the line: off each alike',
      boxes,
      [
        ['amount', 100n, null],
        ['units', 1],
        ['units', 2],
      ],
      [
        [100n, 0n],
        [300n, 0n],
        [600n, 0n],
      ],
    ],
    [
      'for what is left once one has gone back',
      boxes,
      [
        ['units', 1],
        ['amount', 101n, null],
        ['units', 1],
        ['units', 1],
      ],
      [
        [334n, 0n],
        [101n, 0n],
        [283n, 0n],
        [282n, 0n],
      ],
    ],
    [
      'for one, and then for the line: off it alone, and off each alike',
      boxes,
      [
        ['amount', 100n, 1],
        ['amount', 90n, null],
        ['units', 1],
        ['units', 1],
        ['units', 1],
      ],
      [
        [100n, 0n],
        [90n, 0n],
        [304n, 0n],
        [303n, 0n],
        [203n, 0n],
      ],
    ],
    [
      'for one, all that it cost: nothing is left of it',
      boxes,
      [
        ['amount', 334n, 1],
        ['units', 2],
        ['units', 1],
      ],
      [[334n, 0n], [666n, 0n], null],
    ],
    [
      'with what others have paid: what it cost less what the buyer paid',
      line('oln_1', 1000n, 3, 200n),
      [
        ['amount', 100n, 1],
        ['units', 2],
        ['units', 1],
      ],
      [
        [100n, 20n],
        [667n, 133n],
        [233n, 47n],
      ],
    ],
  ])('%s', (_, sold, steps, expected) => {
    expect(story(sold, steps)).toEqual(expected);
  });

  it('is worth the same one by one or at once, and all of it is all of the line, whatever was given before', () => {
    const step = fc.oneof(
      fc.tuple(fc.constant('units' as const), fc.integer({ min: 1, max: 3 })),
      fc.tuple(
        fc.constant('amount' as const),
        fc.bigInt(1n, 400n),
        fc.option(fc.integer({ min: 1, max: 4 })),
      ),
    );
    const goods = fc.tuple(fc.bigInt(0n, 2000n), fc.integer({ min: 1, max: 7 }), fc.bigInt(0n, 500n));
    fc.assert(
      fc.property(goods, fc.array(step, { maxLength: 5 }), ([goodsFen, quantity, subsidyFen], steps) => {
        const sold = line('oln_1', goodsFen, quantity, subsidyFen);
        const given = (rest: readonly Step[]) => {
          const parts = story(sold, [...steps, ...rest]).slice(steps.length);
          return parts.reduce((sum, part) => sum + (part?.[0] ?? 0n), 0n);
        };
        const unitsGone = story(sold, steps).reduce(
          (sum, part, at) => sum + (part && steps[at]?.[0] === 'units' ? Number(steps[at]?.[1]) : 0),
          0,
        );
        const left = quantity - unitsGone;
        const one = Array.from({ length: left }, (): Step => ['units', 1]);
        for (let count = 1; count <= left; count += 1)
          expect(given(one.slice(0, count))).toBe(given([['units', count]]));
        const all = story(sold, [...steps, ...(left > 0 ? [['units', left] as const] : [])]);
        if (left > 0) expect(all.reduce((sum, part) => sum + (part?.[0] ?? 0n), 0n)).toBe(goodsFen);
        if (left > 0) expect(all.reduce((sum, part) => sum + (part?.[1] ?? 0n), 0n)).toBe(subsidyFen);
      }),
      { numRuns: 300 },
    );
  });
});

describe('units that will not be sent', () => {
  const left = [line('oln_1', 1000n, 4), line('oln_2', 500n), line('oln_3', 300n, 0), freight(800n)];
  it.each([
    // called off                         goes back
    [[['oln_1', 3]], [['oln_1', 3, 750n]]],
    [
      [
        ['oln_1', 4],
        ['oln_2', 1],
      ],
      [
        ['oln_1', 4, 1000n],
        ['oln_2', 1, 500n],
      ],
    ],
    // Some of it has gone back before, or all of it.
    [[['oln_1', 9]], [['oln_1', 4, 1000n]]],
    [[['oln_3', 2]], []],
    [[['oln_of_others', 1]], []],
  ] as const)('%j give back %j, and no freight', (units, expected) => {
    const wishes = units.map(([orderLineId, quantity]) => ({ orderLineId, quantity }));

    const back = calledOffOf(left, wishes);

    expect(back.map(({ orderLineId, quantity, goodsFen }) => [orderLineId, quantity, goodsFen])).toEqual(
      expected,
    );
  });
});

describe('C6: a line that a coupon of the platform paid in part', () => {
  const both = (parts: readonly RefundableLine[] | null) =>
    parts?.map(({ goodsFen, subsidyFen }) => [goodsFen, subsidyFen]);
  const units = (left: readonly RefundableLine[], quantity: number) =>
    unitsOf(left, [{ orderLineId: 'oln_1', quantity }], []);

  it('goes back unit by unit: the buyer’s part rounded up, the coupon’s down, and nothing is left of either', () => {
    let left = [line('oln_1', 1000n, 3, 200n)];
    const parts: unknown[] = [];
    for (let unit = 0; unit < 3; unit += 1) {
      const taken = units(left, 1);
      parts.push(...(both(taken) ?? []));
      left = remainingLines(left, gone(...taken));
    }

    expect(parts).toEqual([
      [334n, 66n],
      [333n, 67n],
      [333n, 67n],
    ]);
    expect(wholeOf(left)).toEqual([]);
  });

  it.each([
    ['everything', spreadOver([line('oln_1', 6000n, 2, 1500n)], 6000n), [[6000n, 1500n]]],
    ['an amount', spreadOver([line('oln_1', 6000n, 2, 1500n)], 1001n), [[1001n, 250n]]],
    [
      'everything, with a line that the coupon paid whole',
      spreadOver([line('oln_1', 100n, 1, 7n), line('oln_2', 0n, 1, 50n)], 100n),
      [
        [100n, 7n],
        [0n, 50n],
      ],
    ],
    [
      'an amount, and nothing of a line that the coupon paid whole',
      spreadOver([line('oln_1', 100n, 1, 7n), line('oln_2', 0n, 1, 50n)], 99n),
      [[99n, 6n]],
    ],
    ['units of a line that the coupon paid whole', units([line('oln_1', 0n, 2, 50n)], 1), [[0n, 25n]]],
    ['the platform’s own present', withoutSubsidy([line('oln_1', 100n, 1, 7n)]), [[100n, 0n]]],
  ])('gives, of %s, what the buyer paid and its part of the coupon', (_, parts, expected) => {
    expect(both(parts)).toEqual(expected);
  });

  it('gives the whole coupon with the last of many amounts', () => {
    let left = [line('oln_1', 97n, 1, 41n)];
    let subsidyFen = 0n;
    for (const amountFen of [1n, 13n, 40n, 1n, 42n]) {
      const taken = spreadOver(left, amountFen) ?? [];
      subsidyFen += taken[0]?.subsidyFen ?? 0n;
      left = remainingLines(left, gone(...taken));
    }

    expect([subsidyFen, wholeOf(left)]).toEqual([41n, []]);
  });

  it('of which nothing is the buyer’s goes back to whoever had paid it, and then there is nothing', () => {
    const ask = { kind: 'FULL', lines: [], freightOf: [], amountFen: null } as const;

    expect(planRefund([line('oln_1', 0n, 1, 50n)], ask)).toEqual([line('oln_1', 0n, 1, 50n)]);
    expect(planRefund([line('oln_1', 0n, 0, 0n)], ask)).toMatchObject({ code: 'REFUND_TOO_LARGE' });
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

describe('what somebody asks to give back', () => {
  const left = [line('oln_1', 1_000n, 3), line('oln_2', 500n, 1), freight(800n)];
  const ask = (more: Partial<RefundAsk>): RefundAsk => ({
    kind: 'FULL',
    lines: [],
    freightOf: [],
    amountFen: null,
    ...more,
  });
  const units = (orderLineId: string, quantity: number) => ({ orderLineId, quantity, amountFen: null });
  const part = (orderLineId: string, amountFen: bigint) => ({ orderLineId, quantity: null, amountFen });
  const amountsOf = (given: RefundAsk, remaining = left) => {
    const plan = planRefund(remaining, given);
    return refused(plan) ? plan : plan.map(({ goodsFen, freightFen }) => goodsFen + freightFen);
  };

  it.each([
    ['everything', ask({}), [1_000n, 500n, 800n]],
    ['C5 one unit of three', ask({ kind: 'LINE', lines: [units('oln_1', 1)] }), [334n]],
    [
      'units with their freight',
      ask({ kind: 'LINE', lines: [units('oln_2', 1)], freightOf: ['mor_1'] }),
      [500n, 800n],
    ],
    [
      'amounts of lines',
      ask({ kind: 'PARTIAL', lines: [part('oln_1', 1n), part('oln_2', 500n)] }),
      [1n, 500n],
    ],
    [
      'an amount for some units',
      ask({ kind: 'PARTIAL', lines: [{ ...part('oln_1', 300n), quantity: 1 }] }),
      [300n],
    ],
    ['C17 freight alone', ask({ kind: 'FREIGHT', freightOf: ['mor_1'] }), [800n]],
    ['C17 part of a freight', ask({ kind: 'FREIGHT', freightOf: ['mor_1'], amountFen: 300n }), [300n]],
    ['C7 an amount over the order', ask({ kind: 'GOODWILL', amountFen: 230n }), [100n, 50n, 80n]],
  ])('is %s', (_, given, amounts) => {
    expect(refuseAsk(given)).toBeNull();
    expect(amountsOf(given)).toEqual(amounts);
  });

  it.each([
    ['C9 no unit', ask({ kind: 'LINE', lines: [units('oln_1', 0)] }), 'lines.0'],
    ['C9 a negative unit', ask({ kind: 'LINE', lines: [units('oln_1', -1)] }), 'lines.0'],
    ['C9 a part of nothing', ask({ kind: 'PARTIAL', lines: [part('oln_1', 0n)] }), 'lines.0'],
    ['C9 a negative part', ask({ kind: 'PARTIAL', lines: [part('oln_1', -1n)] }), 'lines.0'],
    ['C9 goodwill of nothing', ask({ kind: 'GOODWILL', amountFen: 0n }), 'amountFen'],
    ['goodwill without an amount', ask({ kind: 'GOODWILL' }), 'amountFen'],
    ['a whole with an amount', ask({ amountFen: 5n }), 'amountFen'],
    ['units without a line', ask({ kind: 'LINE' }), 'lines'],
    ['a line twice', ask({ kind: 'LINE', lines: [units('oln_1', 1), units('oln_1', 1)] }), 'lines'],
    [
      'units and an amount at once',
      ask({ kind: 'LINE', lines: [{ ...part('oln_1', 5n), quantity: 1 }] }),
      'lines.0',
    ],
    [
      'an amount for no units',
      ask({ kind: 'PARTIAL', lines: [{ ...part('oln_1', 5n), quantity: 0 }] }),
      'lines.0',
    ],
    ['freight of nobody', ask({ kind: 'FREIGHT' }), 'freightOf'],
    [
      'goodwill that names lines',
      ask({ kind: 'GOODWILL', amountFen: 5n, lines: [units('oln_1', 1)] }),
      'lines',
    ],
  ])('is never %s', (_, given, path) => {
    expect(refuseAsk(given)?.fields.map((field) => field.path)).toEqual([path]);
  });

  it.each([
    ['C9 a fen more than is left', ask({ kind: 'GOODWILL', amountFen: 2_301n }), { remainingFen: 2_300n }],
    [
      'C9 more of a line than is left',
      ask({ kind: 'PARTIAL', lines: [part('oln_2', 501n)] }),
      { remainingFen: 500n },
    ],
    [
      'C9 more of a freight than is left',
      ask({ kind: 'FREIGHT', freightOf: ['mor_1'], amountFen: 801n }),
      { remainingFen: 800n },
    ],
    [
      'more for a unit than it has',
      ask({ kind: 'PARTIAL', lines: [{ ...part('oln_1', 335n), quantity: 1 }] }),
      { code: 'REFUND_TOO_LARGE', remainingFen: 334n },
    ],
    [
      'an amount for more units than are left',
      ask({ kind: 'PARTIAL', lines: [{ ...part('oln_1', 5n), quantity: 4 }] }),
      { remainingQuantity: 3 },
    ],
    ['more units than are left', ask({ kind: 'LINE', lines: [units('oln_1', 4)] }), { remainingQuantity: 3 }],
    ['a line of another order', ask({ kind: 'LINE', lines: [units('oln_9', 1)] }), { code: 'INVALID_INPUT' }],
    ['a freight of another order', ask({ kind: 'FREIGHT', freightOf: ['mor_9'] }), { code: 'INVALID_INPUT' }],
    ['freight given for a line', ask({ kind: 'LINE', lines: [units('', 1)] }), { code: 'INVALID_INPUT' }],
  ])('is refused: %s', (_, given, refusal) => {
    expect(amountsOf(given)).toMatchObject(refusal);
  });

  it('is refused where nothing is left', () => {
    expect(amountsOf(ask({}), [line('oln_1', 0n, 0)])).toMatchObject({
      code: 'REFUND_TOO_LARGE',
      remainingFen: 0n,
    });
  });

  it('may be at the platform’s cost only if it is a present', () => {
    expect(refuseBearer('GOODWILL', 'PLATFORM')).toBeNull();
    expect(refuseBearer('LINE', 'SELLERS')).toBeNull();
    expect(refuseBearer('LINE', 'PLATFORM')?.code).toBe('INVALID_INPUT');
  });
});

describe('a refund that the provider does not show', () => {
  const now = new Date('2026-11-05T12:00:00Z');
  const ago = (milliseconds: number) => plus(now, -milliseconds);
  const [day, hour] = [24 * HOUR_MS, HOUR_MS];

  it.each([
    // first asked      key  | next key, and since when it is asked under it
    [null, 1, { keyNo: 1, keyTriedAt: now }],
    [now, 1, { keyNo: 1, keyTriedAt: now }],
    [ago(23 * hour - 1), 1, { keyNo: 1, keyTriedAt: ago(23 * hour - 1) }],
    [ago(23 * hour), 1, null],
    [ago(23 * hour + day - 1), 1, null],
    [ago(23 * hour + day), 1, { keyNo: 2, keyTriedAt: now }],
    [ago(30 * day), 2, { keyNo: 3, keyTriedAt: now }],
    [plus(now, 2 * hour), 1, { keyNo: 1, keyTriedAt: plus(now, 2 * hour) }], // G15: by a clock that was fast.
  ])('first asked for at %s under key %i is asked for again so', (keyTriedAt, keyNo, expected) => {
    expect(nextTry({ id: 'rfd_1', keyNo, keyTriedAt }, now)).toEqual(expected);
  });

  it('has a key of its own for each number', () => {
    expect(refundKey({ id: 'rfd_1', keyNo: 1 })).toBe('rfd_1');
    expect(refundKey({ id: 'rfd_1', keyNo: 2 })).toBe('rfd_1:r2');
  });
});

describe('fundingsBack', () => {
  const paid = (orderLineId: string, couponId: string, amountFen: bigint) => ({
    orderLineId,
    couponId,
    promotionId: `pmo_${couponId}`,
    funder: couponId === 'cpn_p' ? 'PLATFORM' : '430225',
    amountFen,
  });
  const sold = [paid('oln_1', 'cpn_p', 300n), paid('oln_1', 'cpn_v', 100n), paid('oln_2', 'cpn_v', 50n)];
  const back = (subsidyFen: bigint, returned: typeof sold = []) =>
    fundingsBack([{ orderLineId: 'oln_1', subsidyFen }], sold, returned).map(({ couponId, amountFen }) => [
      couponId,
      amountFen,
    ]);

  it.each<[string, bigint, [string, bigint][], [string, bigint][]]>([
    ['nothing', 0n, [], []],
    [
      'all of it',
      400n,
      [],
      [
        ['cpn_p', 300n],
        ['cpn_v', 100n],
      ],
    ],
    [
      'a part, in proportion',
      201n,
      [],
      [
        ['cpn_p', 151n],
        ['cpn_v', 50n],
      ],
    ],
    [
      'the rest',
      199n,
      [
        ['cpn_p', 151n],
        ['cpn_v', 50n],
      ],
      [
        ['cpn_p', 149n],
        ['cpn_v', 50n],
      ],
    ],
    ['what only one has left', 100n, [['cpn_p', 300n]], [['cpn_v', 100n]]],
    [
      'more than anybody is known to have paid',
      500n,
      [],
      [
        ['cpn_p', 300n],
        ['cpn_v', 100n],
      ],
    ],
  ])('%s', (_, subsidyFen, before, expected) => {
    const returned = before.map(([couponId, amountFen]) => paid('oln_1', couponId, amountFen));
    expect(back(subsidyFen, returned)).toEqual(expected);
  });

  it('gives back all of everybody’s and never more, in any number of parts', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 120n }), { maxLength: 8 }), (parts) => {
        const returned: typeof sold = [];
        let left = 400n;
        for (const part of [...parts, 400n]) {
          const subsidyFen = part < left ? part : left;
          left -= subsidyFen;
          returned.push(...fundingsBack([{ orderLineId: 'oln_1', subsidyFen }], sold, returned));
        }
        const of = (id: string) =>
          returned
            .filter(({ couponId }) => couponId === id)
            .reduce((sum, { amountFen }) => sum + amountFen, 0n);
        expect([of('cpn_p'), of('cpn_v')]).toEqual([300n, 100n]);
      }),
    );
  });
});
