import fc from 'fast-check';
import { sumFen } from '#libs/kernel';
import {
  type Change,
  type PartRow,
  type ReceivableRow,
  changed,
  creditOf,
  creditParts,
  openParts,
  partsOf,
  stateOf,
} from './receivable.rules.js';

const at = new Date('2026-11-02T02:00:00Z');
const OPEN: ReceivableRow = {
  orderId: 'ord_1',
  unitId: 'pru_1',
  divisionCode: '430225',
  buyerId: 'usr_1',
  signedOn: '2026-11-02',
  dueOn: '2026-12-02',
  amountFen: 1_000n,
  paidFen: 0n,
  paidOnTimeFen: 0n,
  creditedFen: 0n,
  writtenOffFen: 0n,
  openFen: 1_000n,
  state: 'OPEN',
  holdRef: 'rcv_1',
  updatedAt: at,
};
const change = (kind: Change['kind'], amountFen: bigint, more: Partial<Change> = {}): Change => ({
  before: OPEN,
  kind,
  amountFen,
  sourceRef: 'src_1',
  effectiveOn: '2026-11-20',
  ...more,
});
const part = (merchantId: `mer_${string}`, amountFen: bigint, creditedFen = 0n): PartRow => ({
  orderId: 'ord_1',
  merchantId,
  amountFen,
  creditedFen,
  openFen: amountFen - creditedFen,
});

describe('a receivable of 1,000', () => {
  it.each([
    // paid, credited, written off, state
    [0n, 0n, 0n, 'OPEN'],
    [1n, 0n, 0n, 'PARTLY_PAID'],
    [0n, 400n, 0n, 'OPEN'],
    [600n, 399n, 0n, 'PARTLY_PAID'],
    [600n, 400n, 0n, 'PAID'],
    [1_000n, 0n, 0n, 'PAID'],
    [0n, 1_000n, 0n, 'CREDITED'],
    [300n, 0n, 700n, 'WRITTEN_OFF'],
    [0n, 300n, 700n, 'WRITTEN_OFF'],
  ] as const)(
    'with %s paid, %s credited and %s written off is %s',
    (paidFen, creditedFen, writtenOffFen, state) => {
      expect(stateOf({ amountFen: 1_000n, paidFen, creditedFen, writtenOffFen })).toBe(state);
    },
  );

  it.each([
    ['2026-12-01', 400n],
    ['2026-12-02', 400n],
    ['2026-12-03', 0n],
  ])('paid on %s is paid on time with %s', (effectiveOn, paidOnTimeFen) => {
    const after = changed(change('PAID', 400n, { effectiveOn }), at);

    expect(after).toMatchObject({ paidFen: 400n, paidOnTimeFen, openFen: 600n, state: 'PARTLY_PAID' });
  });

  it('is as before when a receipt is reversed, and held by another case where it had been settled', () => {
    const paid = changed(change('PAID', 1_000n), at);
    const again = changed(change('REOPENED', 1_000n, { before: paid, sourceRef: 'rca_1' }), at);
    expect(again).toEqual({ ...OPEN, holdRef: 'rca_1' });

    const partly = changed(change('PAID', 400n), at);
    expect(changed(change('REOPENED', 400n, { before: partly, sourceRef: 'rca_1' }), at)).toEqual(OPEN);
  });

  it.each(['PAID', 'CREDITED', 'WRITTEN_OFF'] as const)('cannot be %s beyond what is owed', (kind) => {
    expect(() => changed(change(kind, 1_001n), at)).toThrow();
  });

  it.each([
    [1_000n, 300n, 300n, 0n],
    [200n, 300n, 200n, 100n],
    [0n, 300n, 0n, 300n],
  ])(
    'with %s open gives for a refund of %s a note of %s and a credit of %s',
    (open, refund, noteFen, creditFen) => {
      expect(creditOf(open, refund)).toEqual({ noteFen, creditFen });
    },
  );
});

describe('the parts of a receivable', () => {
  it('are one per merchant, freight among it, and none of nothing', () => {
    const amounts = [
      { merchantId: 'mer_a', amountFen: 500n },
      { merchantId: 'mer_b', amountFen: 0n },
      { merchantId: 'mer_a', amountFen: 8n },
    ];

    expect(partsOf('ord_1', amounts)).toEqual([{ ...part('mer_a', 508n) }]);
  });

  it.each([
    // what is open, credited of a, open of a and b
    [1_000n, 0n, [500n, 500n]],
    [401n, 0n, [201n, 200n]],
    [600n, 400n, [100n, 500n]],
    [300n, 400n, [50n, 250n]],
    [0n, 0n, [0n, 0n]],
  ] as const)(
    'share %s that is open with %s credited of the first one as %j',
    (open, creditedFen, expected) => {
      const parts = openParts([part('mer_a', 500n, creditedFen), part('mer_b', 500n)], open);

      expect(parts.map(({ openFen }) => openFen)).toEqual(expected);
    },
  );

  it('are credited by what each merchant gives, and by what is in proportion where some of it had been paid', () => {
    const parts = [part('mer_a', 500n), part('mer_b', 500n)];
    const given = [
      { merchantId: 'mer_a', amountFen: 300n },
      { merchantId: 'mer_b', amountFen: 100n },
    ];

    expect(creditParts(parts, 400n, given).map(({ creditedFen }) => creditedFen)).toEqual([300n, 100n]);
    expect(creditParts(parts, 200n, given).map(({ creditedFen }) => creditedFen)).toEqual([150n, 50n]);
  });

  it('always make what is open, and none is ever owed more than its own', () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 1_000_000n }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(amounts, fc.nat(100), fc.nat(100), (list, creditPercent, openPercent) => {
        const parts = list.map((amountFen, index) =>
          part(`mer_${index}`, amountFen, (amountFen * BigInt(creditPercent)) / 100n),
        );
        const left = sumFen(parts.map(({ amountFen, creditedFen }) => amountFen - creditedFen));
        const open = (left * BigInt(openPercent)) / 100n;
        const shared = openParts(parts, open);

        expect(sumFen(shared.map(({ openFen }) => openFen))).toBe(open);
        for (const { amountFen, creditedFen, openFen } of shared)
          expect(openFen <= amountFen - creditedFen).toBe(true);
      }),
    );
  });
});
