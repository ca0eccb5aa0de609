import fc from 'fast-check';
import { type Fen, HOUR_MS, newId, plus, present, refused } from '#libs/kernel';
import {
  type AccountCode,
  LedgerAccountService,
  LedgerAuditReader,
  LedgerDayBalanceService,
  LedgerModule,
  LedgerPendingService,
  LedgerReader,
  LedgerReversalService,
  LedgerService,
} from '#libs/ledger';
import { dayFaultsOf } from '../harness/ledger-days.js';
import { type Rooms, openRooms } from '../harness/rooms.js';

/** Each run is some dozen transactions. */
const RUNS = 20;
const PAYEES = 3;
const ESCROW = 'liability:escrow';

type Act =
  | {
      readonly kind: 'post' | 'reserve';
      readonly key: number;
      readonly from: number;
      readonly to: number;
      readonly amountFen: Fen;
    }
  | {
      readonly kind: 'resolve';
      readonly pending: number;
      readonly act: 'POST' | 'VOID';
      readonly percent: number;
      readonly key: number;
    }
  | { readonly kind: 'reverse'; readonly journal: number; readonly amountFen: Fen; readonly key: number }
  | { readonly kind: 'freeze' | 'thaw'; readonly account: number }
  | { readonly kind: 'expire' | 'add-up' };

const account = fc.nat({ max: PAYEES }); // The last one is escrow: deferred, without a floor.
const amountFen = fc.bigInt(1n, 60n);
/** Few keys, so that some are used twice, for the same and for something else. */
const key = fc.nat({ max: 25 });
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('post' as const), key, from: account, to: account, amountFen }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('reserve' as const),
      key,
      from: account,
      to: account,
      amountFen,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('resolve' as const),
      pending: fc.nat({ max: 9 }),
      act: fc.constantFrom('POST' as const, 'VOID' as const),
      percent: fc.integer({ min: 1, max: 120 }),
      key,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('reverse' as const),
      journal: fc.nat({ max: 9 }),
      amountFen,
      key,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('freeze' as const, 'thaw' as const), account }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('expire' as const, 'add-up' as const) }) },
);

interface Move {
  readonly from: number;
  readonly to: number;
  readonly amountFen: Fen;
}

interface Pending extends Move {
  readonly key: string;
  readonly expiresAt: Date;
  state: 'PENDING' | 'POSTED' | 'VOIDED' | 'EXPIRED';
}

interface Posted extends Move {
  readonly key: string;
  reversedFen: Fen;
}

/** What the ledger should be, kept in a few maps and written to be read. */
class Model {
  readonly balances = Array.from({ length: PAYEES + 1 }, () => 0n);
  readonly aside = Array.from({ length: PAYEES + 1 }, () => 0n);
  readonly isFrozen = Array.from({ length: PAYEES + 1 }, () => false);
  readonly pendings: Pending[] = [];
  readonly journals: Posted[] = [];
  /** What was said under each key. */
  private readonly said = new Map<string, string>();

  /** Null where it is new; the refusal or 'KNOWN' where it is not. */
  before(name: string, content: string): string | null {
    const known = this.said.get(name);
    if (known === undefined) return null;
    return known === content ? 'KNOWN' : 'IDEMPOTENCY_CONFLICT';
  }

  say(name: string, content: string): void {
    this.said.set(name, content);
  }

  /** As the ledger looks at it: frozen accounts and floors, one account after the other. */
  refuse({ from, to, amountFen: fen }: Move): string | null {
    for (const [n, sign] of [
      [from, -1n],
      [to, 1n],
    ] as const) {
      if (this.isFrozen[n] && sign < 0n) return 'ACCOUNT_NOT_OPEN';
      if (n < PAYEES && sign < 0n && this.freeOf(n) < fen) return 'INSUFFICIENT_BALANCE';
    }
    return null;
  }

  move({ from, to, amountFen: fen }: Move): void {
    this.balances[from] = present(this.balances[from], 'a balance') - fen;
    this.balances[to] = present(this.balances[to], 'a balance') + fen;
  }

  setAside({ from, amountFen: fen }: Move, sign: 1n | -1n): void {
    this.aside[from] = present(this.aside[from], 'a sum') + sign * fen;
  }

  freeOf(n: number): Fen {
    return present(this.balances[n], 'a balance') - present(this.aside[n], 'a sum');
  }
}

/** One history, told to the ledger and to the model. */
class History {
  private readonly model = new Model();
  private readonly name = newId('run').slice(4);
  private readonly codes: AccountCode[] = [
    ...Array.from({ length: PAYEES }, (_, n) => `liability:held:mer_${this.name}${n}` as const),
    ESCROW,
  ];

  constructor(
    private readonly rooms: Rooms,
    private readonly escrowBefore: Fen,
  ) {}

  async live(acts: readonly Act[]): Promise<void> {
    await this.post({ kind: 'post', key: -1, from: PAYEES, to: 0, amountFen: 100n });
    for (const step of acts) {
      this.rooms.clock.advance(HOUR_MS / 4);
      await this.act(step);
    }
    await this.check();
  }

  private act(step: Act): Promise<void> {
    switch (step.kind) {
      case 'post':
        return this.post(step);
      case 'reserve':
        return this.reserve(step);
      case 'resolve':
        return this.resolve(step);
      case 'reverse':
        return this.reverse(step);
      case 'freeze':
      case 'thaw':
        return this.setState(step.account, step.kind === 'freeze');
      case 'expire':
        return this.expire();
      case 'add-up':
        return this.rooms
          .get(LedgerDayBalanceService)
          .addUp(3)
          .then(() => undefined);
    }
  }

  private keyOf(n: number): string {
    return `${this.name}:${n}`;
  }

  private codeOf(n: number): AccountCode {
    return present(this.codes[n], 'an account');
  }

  private draft(name: string, { from, to, amountFen: fen }: Move) {
    const transfers = [{ debit: this.codeOf(from), credit: this.codeOf(to), amountFen: fen }];
    const said = { idempotencyKey: name, kind: 'test', subject: this.name, eventId: null };
    return { ...said, effectiveAt: this.rooms.clock.now(), transfers };
  }

  /** Runs both and compares; `apply` is the model's half of a success. */
  private async compare(
    name: string,
    content: string,
    refusal: () => string | null,
    apply: () => void,
    run: () => Promise<unknown>,
  ): Promise<void> {
    const before = this.model.before(name, content);
    const expected = before ?? refusal();
    const result = await run();
    const answer = refused(result)
      ? result.code
      : (result as { isNew: boolean }[])[0]?.isNew
        ? null
        : 'KNOWN';
    expect(answer).toBe(expected);
    if (expected !== null) return;
    this.model.say(name, content);
    apply();
  }

  private post(step: Act & { kind: 'post' | 'reserve' }): Promise<void> {
    if (step.from === step.to) return Promise.resolve(); // A mistake of the caller's, which throws.
    const name = this.keyOf(step.key);
    return this.compare(
      name,
      JSON.stringify(['post', step.from, step.to, String(step.amountFen)]),
      () => this.model.refuse(step),
      () => {
        this.model.move(step);
        this.model.journals.push({ ...step, key: name, reversedFen: 0n });
      },
      () =>
        this.rooms.database.transaction((tx) =>
          this.rooms.get(LedgerService).post(tx, [this.draft(name, step)]),
        ),
    );
  }

  private reserve(step: Act & { kind: 'post' | 'reserve' }): Promise<void> {
    if (step.from === step.to) return Promise.resolve();
    const name = this.keyOf(step.key);
    const expiresAt = plus(this.rooms.clock.now(), 2 * HOUR_MS);
    return this.compare(
      name,
      JSON.stringify(['reserve', step.from, step.to, String(step.amountFen)]),
      () => this.model.refuse(step),
      () => {
        this.model.setAside(step, 1n);
        this.model.pendings.push({ ...step, key: name, expiresAt, state: 'PENDING' });
      },
      () =>
        this.rooms.database.transaction((tx) =>
          this.rooms.get(LedgerService).reserve(tx, [{ ...this.draft(name, step), expiresAt }]),
        ),
    );
  }

  private resolve(step: Act & { kind: 'resolve' }): Promise<void> {
    const pending = this.model.pendings[step.pending % Math.max(this.model.pendings.length, 1)];
    if (!pending) return Promise.resolve();
    const now = this.rooms.clock.now();
    const part = (pending.amountFen * BigInt(step.percent) + 99n) / 100n;
    const postedFen = step.act === 'POST' ? part : 0n;
    const name = this.keyOf(step.key);
    const refusal = () => {
      if (pending.state === 'POSTED') return 'ALREADY_POSTED';
      if (pending.state === 'VOIDED') return 'ALREADY_VOIDED';
      if (pending.state === 'EXPIRED' || pending.expiresAt <= now) return 'EXPIRED';
      return postedFen > pending.amountFen ? 'EXCEEDS_PENDING' : null;
    };
    const resolution = {
      pendingKey: pending.key,
      act: step.act,
      idempotencyKey: name,
      at: now,
      eventId: null,
      ...(step.act === 'POST' && { amountFen: postedFen }),
    };
    return this.compare(
      name,
      JSON.stringify(['resolve', pending.key, step.act, String(postedFen)]),
      refusal,
      () => {
        this.model.setAside(pending, -1n);
        pending.state = step.act === 'POST' ? 'POSTED' : 'VOIDED';
        if (step.act !== 'POST') return;
        const { from, to } = pending;
        this.model.move({ from, to, amountFen: postedFen });
        this.model.journals.push({ from, to, amountFen: postedFen, key: name, reversedFen: 0n });
      },
      () => this.rooms.database.transaction((tx) => this.rooms.get(LedgerService).resolve(tx, [resolution])),
    );
  }

  private reverse(step: Act & { kind: 'reverse' }): Promise<void> {
    const original = this.model.journals[step.journal % Math.max(this.model.journals.length, 1)];
    if (!original) return Promise.resolve();
    const back = { from: original.to, to: original.from, amountFen: step.amountFen };
    const name = this.keyOf(step.key);
    const draft = {
      reversesKey: original.key,
      idempotencyKey: name,
      kind: 'test_reversed',
      parts: [{ lineNo: 1, amountFen: step.amountFen }],
      at: this.rooms.clock.now(),
      eventId: null,
    };
    return this.compare(
      name,
      JSON.stringify(['reverse', original.key, String(step.amountFen)]),
      () =>
        step.amountFen > original.amountFen - original.reversedFen
          ? 'EXCEEDS_ORIGINAL'
          : this.model.refuse(back),
      () => {
        original.reversedFen += step.amountFen;
        this.model.move(back);
      },
      () =>
        this.rooms.database.transaction((tx) => this.rooms.get(LedgerReversalService).reverse(tx, [draft])),
    );
  }

  private async setState(n: number, isFrozen: boolean): Promise<void> {
    if (n === PAYEES || (await this.rooms.get(LedgerReader).accountByCode(this.codeOf(n))) === null) return;
    const state = isFrozen ? 'FROZEN' : 'OPEN';
    await this.rooms.database.transaction((tx) =>
      this.rooms.get(LedgerAccountService).setState(tx, this.codeOf(n), state),
    );
    this.model.isFrozen[n] = isFrozen;
  }

  private async expire(): Promise<void> {
    while ((await this.rooms.get(LedgerPendingService).expireDue(2)) > 0);
    const now = this.rooms.clock.now();
    for (const pending of this.model.pendings) {
      if (pending.state !== 'PENDING' || pending.expiresAt > now) continue;
      pending.state = 'EXPIRED';
      this.model.setAside(pending, -1n);
    }
  }

  /** I1 to I6, and I11. */
  private async check(): Promise<void> {
    const reader = this.rooms.get(LedgerReader);
    for (const [n, code] of this.codes.entries()) {
      const kept = (await reader.accountByCode(code))?.balanceFen ?? 0n;
      expect(n === PAYEES ? kept - this.escrowBefore : kept).toBe(this.model.balances[n]);
    }
    const free = await this.rooms.database.transaction((tx) =>
      this.rooms.get(LedgerService).lockFree(tx, this.codes.slice(0, PAYEES)),
    );
    for (let n = 0; n < PAYEES; n += 1) {
      expect(free.get(this.codeOf(n))).toBe(this.model.isFrozen[n] ? 0n : this.model.freeOf(n));
      expect(this.model.freeOf(n)).toBeGreaterThanOrEqual(0n);
    }
    expect((await reader.trialBalance()).differenceFen).toBe(0n); // I1
    expect(await reader.disagreements()).toEqual([]); // I4
    expect(await dayFaultsOf(this.rooms.get(LedgerAuditReader))).toEqual([]); // H8
    const journals = await reader.journalsOfSubject(this.name);
    expect(new Set(journals.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(journals.length); // I3
    for (const { transfers } of journals)
      for (const { amountFen: fen, reversedFen } of transfers) expect(reversedFen).toBeLessThanOrEqual(fen); // I2
    const ended = journals.flatMap(({ pendingJournalId }) => pendingJournalId ?? []);
    expect(new Set(ended).size).toBe(ended.length); // I6
  }
}

describe('any sequence of postings, reservations, resolutions, reversals and frozen accounts', () => {
  let rooms: Rooms;

  beforeAll(async () => {
    rooms = await openRooms(LedgerModule);
  });
  afterAll(() => rooms.close());

  it('I1 to I6: leaves the books as a model of a few lines has them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 30 }), async (acts) => {
        const escrow = (await rooms.get(LedgerReader).accountByCode(ESCROW))?.balanceFen ?? 0n;
        await new History(rooms, escrow).live(acts);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});
