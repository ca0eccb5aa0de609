import { type ActWish, actHash, refuseAct } from './receivable-act.rules.js';

const WISH: ActWish = {
  kind: 'WRITE_OFF',
  subjectRef: 'ord_1',
  reason: '单位撤销',
  idempotencyKey: 'write-off-1',
};
const PAYBACK: ActWish = {
  ...WISH,
  kind: 'CREDIT_PAYBACK',
  subjectRef: 'pru_1',
  amountFen: 1n,
  bankRef: 'ICBC-1',
};

describe('what two people decide about receivables', () => {
  it.each<[string, ActWish, readonly string[]]>([
    ['a write-off', WISH, []],
    ['a payback', PAYBACK, []],
    ['one without a reason', { ...WISH, reason: ' ' }, ['reason']],
    ['one with a reason too long', { ...WISH, reason: '长'.repeat(401) }, ['reason']],
    ['one with a key too short', { ...WISH, idempotencyKey: 'x' }, ['idempotencyKey']],
    ['a payback of nothing', { ...PAYBACK, amountFen: 0n }, ['amountFen']],
    ['a payback without a number of the bank', { ...PAYBACK, bankRef: '' }, ['bankRef']],
  ])('%s', (_, wish, paths) => {
    expect(refuseAct(wish)?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  });

  it('is agreed to as it was asked for, and not as anything else', () => {
    const content = {
      kind: 'WRITE_OFF',
      subjectRef: 'ord_1',
      amountFen: 1n,
      bankRef: '',
      reason: 'r',
    } as const;
    const others = [
      { ...content, kind: 'RECEIPT_REVERSAL' },
      { ...content, subjectRef: 'ord_2' },
      { ...content, amountFen: 2n },
      { ...content, bankRef: 'x' },
      { ...content, reason: 's' },
    ] as const;

    expect(others.map(actHash)).not.toContain(actHash(content));
  });
});
