import { InvalidInputError } from '#libs/kernel';
import {
  type AdjustmentWish,
  adjustmentHash,
  adjustmentJournal,
  adjustmentOf,
} from './ledger-adjustment.rules.js';

const wish: AdjustmentWish = {
  idempotencyKey: 'adj-1',
  debit: 'liability:suspense',
  credit: 'liability:available:mer_1',
  amountFen: 100n,
  reason: '补记',
  attachmentHash: 'a'.repeat(64),
};
const content = {
  debitCode: 'liability:suspense',
  creditCode: 'liability:available:mer_1',
  amountFen: 100n,
  reason: '补记',
  attachmentHash: 'a'.repeat(64),
} as const;

describe('an adjustment', () => {
  it('is what was asked for', () => {
    expect(adjustmentOf({ ...wish, reason: ' 补记 ' })).toEqual(content);
  });

  it.each<[string, Partial<AdjustmentWish>]>([
    ['idempotencyKey', { idempotencyKey: '' }],
    ['idempotencyKey', { idempotencyKey: 'x'.repeat(81) }],
    ['idempotencyKey', { idempotencyKey: '桃' }],
    ['debit', { debit: 'liability:nonsense' }],
    ['credit', { credit: '' }],
    ['credit', { credit: 'liability:suspense' }],
    ['amountFen', { amountFen: 0n }],
    ['amountFen', { amountFen: -1n }],
    ['amountFen', { amountFen: 10n ** 15n + 1n }],
    ['reason', { reason: '  ' }],
    ['reason', { reason: '桃'.repeat(401) }],
    ['attachmentHash', { attachmentHash: '' }],
    ['attachmentHash', { attachmentHash: 'A'.repeat(64) }],
  ])('is refused for its %s: %p', (path, more) => {
    const refusal = adjustmentOf({ ...wish, ...more });

    expect(refusal).toBeInstanceOf(InvalidInputError);
    expect(refusal).toMatchObject({ fields: [{ path }] });
  });

  it('is agreed to with everything it says', () => {
    const hashes = [
      content,
      { ...content, amountFen: 101n },
      { ...content, reason: '别的' },
      { ...content, attachmentHash: 'b'.repeat(64) },
      { ...content, debitCode: 'liability:escrow' as const },
      { ...content, creditCode: 'liability:escrow' as const },
    ].map(adjustmentHash);

    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('becomes one journal, which no fact has caused', () => {
    expect(adjustmentJournal({ id: 'adj_1', ...content }, new Date(0))).toEqual({
      idempotencyKey: 'adjustment:adj_1',
      kind: 'adjustment',
      subject: 'adj_1',
      eventId: null,
      effectiveAt: new Date(0),
      transfers: [{ debit: 'liability:suspense', credit: 'liability:available:mer_1', amountFen: 100n }],
    });
  });
});
