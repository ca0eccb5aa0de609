import { DAY_MS } from '#libs/kernel';
import { LINKAGE_KINDS, type LinkageKind } from './linkage.entity.js';
import {
  type AgreementWish,
  KIND_RULES,
  type LinkageTerms,
  PAYMENT_FEN_MAX,
  type PaymentWish,
  confirmationStateOf,
  linkageStateOf,
  refuseAgreement,
  refuseAmendment,
  refuseAnswer,
  refuseEnd,
  refusePayment,
} from './linkage.rules.js';

const pathsOf = (refusal: { readonly fields: readonly { readonly path: string }[] } | null) =>
  refusal?.fields.map(({ path }) => path) ?? [];

const terms = (changes: Partial<LinkageTerms> = {}): LinkageTerms => ({
  unitFen: null,
  statedYearFen: null,
  shareBps: null,
  note: '',
  ...changes,
});
const wish = (kind: LinkageKind, changes: Partial<LinkageTerms> = {}): AgreementWish => ({
  kind,
  startsOn: '2026-01-01',
  endsBefore: null,
  households: [{ householdId: 'hhd_1', weight: 1 }],
  terms: terms(changes),
});

describe('an agreement', () => {
  const at = new Date('2026-01-01T00:00:00Z');

  it.each([
    ['DRAFT', null, '2026-01-01', null],
    ['SIGNED', at, '2026-11-03', null],
    ['ACTIVE', at, '2026-11-02', null],
    ['ACTIVE', at, '2026-01-01', '2026-11-03'],
    ['ENDED', at, '2026-01-01', '2026-11-02'],
  ])('is %s', (state, signedAt, startsOn, endsBefore) => {
    expect(linkageStateOf({ signedAt, startsOn, endsBefore }, '2026-11-02')).toBe(state);
  });

  it.each<[LinkageKind, Partial<LinkageTerms>, string[]]>([
    ['PURCHASE_ORDER', { unitFen: 800n }, []],
    ['PURCHASE_ORDER', { unitFen: 800n, statedYearFen: 500_000n }, []],
    ['PURCHASE_ORDER', {}, ['terms.unitFen']],
    ['PURCHASE_ORDER', { unitFen: 800n, shareBps: 100 }, ['terms.shareBps']],
    ['CONTRACT_FARMING', { unitFen: 0n }, ['terms.unitFen']],
    ['EMPLOYMENT', { unitFen: 300_000n }, ['terms.statedYearFen']],
    ['EMPLOYMENT', { unitFen: 300_000n, statedYearFen: 3_600_000n }, []],
    ['LAND_RENT', { unitFen: 50_000n, statedYearFen: 150_000n }, []],
    ['EQUITY_DIVIDEND', {}, ['terms']],
    ['EQUITY_DIVIDEND', { shareBps: 300 }, []],
    ['EQUITY_DIVIDEND', { statedYearFen: 80_000n }, []],
    ['ENTRUSTED', { statedYearFen: 100_000n }, []],
    ['ENTRUSTED', { statedYearFen: 100_000n, unitFen: 1n }, ['terms.unitFen']],
    ['ASSET_INCOME', {}, ['terms']],
    ['ASSET_INCOME', { shareBps: 10_001 }, ['terms.shareBps']],
    ['PATRONAGE_REFUND', { statedYearFen: 1n }, ['terms.shareBps']],
    ['PATRONAGE_REFUND', { shareBps: 0 }, ['terms.shareBps']],
    ['SERVICE', {}, []],
    ['SERVICE', { statedYearFen: 1n }, ['terms.statedYearFen']],
    ['SERVICE', { note: '训'.repeat(401) }, ['terms.note']],
  ])('of %s with %j is refused for %j', (kind, changes, paths) => {
    expect(pathsOf(refuseAgreement(wish(kind, changes), 'key'))).toEqual(paths);
  });

  it('says everything that is wrong at once', () => {
    const all = { ...wish('SERVICE'), endsBefore: '2026-01-01', households: [] };

    expect(pathsOf(refuseAgreement(all, ''))).toEqual(['idempotencyKey', 'endsBefore', 'households']);
  });

  it('ends ahead, and after it has begun', () => {
    expect(pathsOf(refuseEnd('2026-01-01', '2026-11-03', '2026-11-02'))).toEqual([]);
    expect(pathsOf(refuseEnd('2026-01-01', '2026-11-02', '2026-11-02'))).toEqual(['endsBefore']);
    expect(pathsOf(refuseEnd('2026-12-01', '2026-11-30', '2026-11-02'))).toEqual(['endsBefore']);
  });

  it('is amended with photos, and not for ever', () => {
    expect(pathsOf(refuseAmendment('SERVICE', terms(), ['fil_1'], 499))).toEqual([]);
    expect(pathsOf(refuseAmendment('SERVICE', terms(), [], 1))).toEqual(['photoIds']);
    expect(pathsOf(refuseAmendment('SERVICE', terms(), ['fil_1', 'fil_1'], 1))).toEqual(['photoIds']);
    expect(pathsOf(refuseAmendment('SERVICE', terms(), ['fil_1'], 500))).toEqual(['terms']);
  });

  it('feeds the categories of the handbook', () => {
    expect(LINKAGE_KINDS.map((kind) => `${kind} ${KIND_RULES[kind].categories.join('/')}`)).toEqual([
      'PURCHASE_ORDER BUSINESS',
      'CONTRACT_FARMING BUSINESS',
      'EMPLOYMENT WAGE',
      'LAND_RENT PROPERTY',
      'EQUITY_DIVIDEND PROPERTY',
      'ENTRUSTED PROPERTY/TRANSFER',
      'ASSET_INCOME PROPERTY',
      'PATRONAGE_REFUND BUSINESS',
      'SERVICE ',
    ]);
  });
});

describe('a payment', () => {
  const paid = (changes: Partial<PaymentWish> = {}): PaymentWish => ({
    idempotencyKey: 'key',
    householdId: 'hhd_1',
    amountFen: 123_450n,
    paidOn: '2026-11-02',
    category: null,
    note: '',
    photoIds: ['fil_1'],
    ...changes,
  });

  it.each<[LinkageKind, Partial<PaymentWish>, string[]]>([
    ['PURCHASE_ORDER', {}, []],
    ['PURCHASE_ORDER', { category: 'BUSINESS' }, []],
    ['PURCHASE_ORDER', { category: 'WAGE' }, ['category']],
    ['ENTRUSTED', { category: 'TRANSFER' }, []],
    ['SERVICE', {}, ['agreementId']],
    ['LAND_RENT', { amountFen: 0n }, ['amountFen']],
    ['LAND_RENT', { amountFen: PAYMENT_FEN_MAX }, []],
    ['LAND_RENT', { amountFen: PAYMENT_FEN_MAX + 1n }, ['amountFen']],
    ['LAND_RENT', { paidOn: '2026-11-03' }, ['paidOn']],
    ['LAND_RENT', { paidOn: '2025-12-31' }, ['paidOn']],
    ['LAND_RENT', { photoIds: [] }, ['photoIds']],
    ['LAND_RENT', { note: '款'.repeat(201), idempotencyKey: '有' }, ['idempotencyKey', 'note']],
  ])('by %s with %j is refused for %j', (kind, changes, paths) => {
    const agreement = { kind, startsOn: '2026-01-01' };

    expect(pathsOf(refusePayment(agreement, paid(changes), '2026-11-02'))).toEqual(paths);
  });
});

describe('what a household says', () => {
  const now = new Date('2026-11-02T00:00:00Z');
  const inADay = new Date(now.getTime() + DAY_MS);

  it.each([
    ['NOT_ASKED', null],
    ['OPEN', { answer: null, expiresAt: inADay, isReversed: false }],
    ['EXPIRED', { answer: null, expiresAt: now, isReversed: false }],
    ['REVERSED', { answer: null, expiresAt: inADay, isReversed: true }],
    ['REVERSED', { answer: null, expiresAt: now, isReversed: true }],
    ['RECEIVED', { answer: 'RECEIVED' as const, expiresAt: now, isReversed: true }],
    ['NOT_RECEIVED', { answer: 'NOT_RECEIVED' as const, expiresAt: inADay, isReversed: false }],
  ])('is %s', (state, asked) => {
    expect(confirmationStateOf(asked, now)).toBe(state);
  });

  it('has a reason where it is no', () => {
    expect(pathsOf(refuseAnswer('RECEIVED', ''))).toEqual([]);
    expect(pathsOf(refuseAnswer('NOT_RECEIVED', ' '))).toEqual(['reason']);
    expect(pathsOf(refuseAnswer('RECEIVED', '钱'.repeat(201)))).toEqual(['reason']);
  });
});
