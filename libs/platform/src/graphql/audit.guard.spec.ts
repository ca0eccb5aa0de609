import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { newId } from '#libs/kernel';
import { type Actor, Allow, Audited, AuditedBelow } from '#platform/auth';
import { AuditGuard, AuditTrail, type SeenNote } from './audit.guard.js';
import { Loaders } from './loaders.js';

class Doors {
  @Allow('PAYOUT_READ')
  @Audited('payout.seen', 'payoutId')
  payout(): void {}

  @Allow('REVIEW_READ')
  @AuditedBelow('claim.seen')
  claim(): void {}

  @Allow('PAYOUT_READ')
  calendar(): void {}
}

class Trail extends AuditTrail {
  readonly written: (readonly SeenNote[])[] = [];
  isBroken = false;

  async seen(notes: readonly SeenNote[]): Promise<void> {
    if (this.isBroken) throw new Error('no room');
    this.written.push(notes);
  }
}

const finance: Actor = {
  userId: newId('usr'),
  sessionId: newId('ses'),
  grants: [{ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' }],
};
const buyer: Actor = { ...finance, grants: [] };

describe('the audit guard', () => {
  let trail: Trail;
  let loaders: Loaders;

  beforeEach(() => {
    trail = new Trail();
    loaders = new Loaders();
  });

  const knock = (door: keyof Doors, args: object = {}, actor: Actor | null = finance) =>
    new AuditGuard(new Reflector(), trail).canActivate({
      getHandler: () => Doors.prototype[door],
      getArgByIndex: (index: number) => (index === 1 ? args : { actor, loaders }),
    } as unknown as ExecutionContext);

  it('writes once for all fields of a document, and the same once', async () => {
    const answers = await Promise.all([
      knock('payout', { payoutId: 'pyo_1' }),
      knock('payout', { payoutId: 'pyo_1' }),
      knock('payout', { payoutId: 'pyo_2' }),
      knock('calendar'),
      knock('claim', { id: 'clm_1' }),
    ]);

    expect(answers).toEqual([true, true, true, true, true]);
    expect(trail.written).toEqual([
      [
        {
          actorId: finance.userId,
          act: 'payout.seen',
          subject: 'pyo_1',
          scope: 'ALL',
          detail: { payoutId: 'pyo_1' },
        },
        expect.objectContaining({ subject: 'pyo_2' }),
      ],
    ]);
  });

  it('shows nothing that it cannot write down', async () => {
    trail.isBroken = true;

    await expect(knock('payout', { payoutId: 'pyo_1' })).rejects.toThrow('no room');
  });

  it('leaves to the other guard who may not', async () => {
    await Promise.all([knock('payout', {}, null), knock('payout', {}, buyer)]);

    expect(trail.written).toEqual([]);
  });

  it('keeps what fits a log: numbers of any size, not too long, and no strange subject', async () => {
    await knock('payout', { payoutId: '某某', amountFen: 9_007_199_254_740_993n });
    await knock('payout', { payoutId: 'x'.repeat(9_000) });

    expect(trail.written.flat()).toEqual([
      expect.objectContaining({
        subject: 'payout.seen',
        detail: { payoutId: '某某', amountFen: '9007199254740993' },
      }),
      expect.objectContaining({
        subject: 'x'.repeat(80),
        detail: { arguments: expect.stringMatching(/^.{4000}$/) },
      }),
    ]);
  });
});
