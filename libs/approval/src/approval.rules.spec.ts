import { type Ballot, contentHashOf, refuseReason, refuseVote, stateAfter } from './approval.rules.js';

const ballot: Ballot = {
  state: 'OPEN',
  requestedBy: 'usr_maker',
  requiredCount: 2,
  contentHash: 'same',
  votes: [{ userId: 'usr_first', verdict: 'APPROVE' }],
};
const decided: Ballot = { ...ballot, state: 'APPROVED' };

it.each([
  // ballot  who          verdict    content   → refusal
  [ballot, 'usr_second', 'APPROVE', 'same', undefined],
  [ballot, 'usr_second', 'REJECT', 'same', undefined],
  [ballot, 'usr_second', 'REJECT', 'other', undefined],
  [ballot, 'usr_second', 'APPROVE', 'other', 'CONTENT_CHANGED'],
  [ballot, 'usr_first', 'APPROVE', 'same', 'ALREADY_VOTED'],
  [ballot, 'usr_first', 'REJECT', 'same', 'ALREADY_VOTED'],
  [ballot, 'usr_maker', 'APPROVE', 'same', 'SELF_APPROVAL'],
  [ballot, 'usr_maker', 'REJECT', 'same', 'SELF_APPROVAL'],
  [decided, 'usr_first', 'APPROVE', 'same', 'ALREADY_VOTED'],
  [decided, 'usr_second', 'APPROVE', 'same', 'APPROVAL_NOT_OPEN'],
  [decided, 'usr_second', 'REJECT', 'same', 'APPROVAL_NOT_OPEN'],
] as const)(
  'D19, H6: to %o, %s says %s to content that is %s: %s',
  (given, userId, verdict, contentHash, code) => {
    expect(refuseVote(given, { userId, verdict, contentHash })?.code).toBe(code);
  },
);

it.each([
  // required  approvals before  verdict → state
  [1, 0, 'APPROVE', 'APPROVED'],
  [2, 0, 'APPROVE', 'OPEN'],
  [2, 1, 'APPROVE', 'APPROVED'],
  [2, 1, 'REJECT', 'REJECTED'],
  [3, 1, 'APPROVE', 'OPEN'],
] as const)('of %i, after %i approvals, %s makes it %s', (requiredCount, before, verdict, state) => {
  const votes = Array.from({ length: before }, (_, index) => ({
    userId: `usr_${index}`,
    verdict: 'APPROVE' as const,
  }));

  expect(
    stateAfter({ ...ballot, requiredCount, votes }, { userId: 'usr_x', verdict, contentHash: 'same' }),
  ).toBe(state);
});

describe('the hash of what is proposed', () => {
  const content = {
    amountFen: 9_007_199_254_740_993n,
    at: new Date('2026-10-31T16:00:00Z'),
    to: ['b', 'a'],
    note: null,
  };

  it('does not depend on the order of keys', () => {
    const { note, to, at, amountFen } = content;

    expect(contentHashOf({ note, to, at, amountFen })).toBe(contentHashOf(content));
  });

  it.each([
    ['a fen', { ...content, amountFen: 9_007_199_254_740_992n }],
    ['a microsecond short of midnight', { ...content, at: new Date('2026-10-31T15:59:59.999Z') }],
    ['the order of a list', { ...content, to: ['a', 'b'] }],
    ['a word instead of nothing', { ...content, note: '' }],
    ['a key more', { ...content, more: null }],
  ])('tells %s', (_, other) => {
    expect(contentHashOf(other)).not.toBe(contentHashOf(content));
  });
});

it.each([
  // verdict  reason → refused
  ['APPROVE', null, false],
  ['APPROVE', 'checked against the contract', false],
  ['REJECT', null, true],
  ['REJECT', '  ', true],
  ['REJECT', 'x'.repeat(400), false],
  ['APPROVE', 'x'.repeat(401), true],
] as const)('%s with reason %s: refused %s', (verdict, reason, isRefused) => {
  expect(refuseReason(verdict, reason) !== null).toBe(isRefused);
});
