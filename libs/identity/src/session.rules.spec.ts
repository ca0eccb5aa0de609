import { plus } from '#libs/kernel';
import { ROTATION_GRACE_MS, type SessionState, judgeRefresh } from './session.rules.js';

const NOW = new Date('2026-11-02T02:00:00Z');
const hash = (byte: number) => Buffer.alloc(32, byte);

describe('judgeRefresh', () => {
  const session = (changes: Partial<SessionState> = {}): SessionState => ({
    refreshHash: hash(2),
    previousRefreshHash: hash(1),
    refreshedAt: plus(NOW, -60_000),
    expiresAt: plus(NOW, 1),
    revokedAt: null,
    ...changes,
  });

  it.each([
    ['the current token', session(), 2, 'CURRENT'],
    ['the one before, a minute after rotation', session(), 1, 'REUSED'],
    [
      'the one before, at the end of the grace',
      session({ refreshedAt: plus(NOW, -ROTATION_GRACE_MS) }),
      1,
      'JUST_ROTATED',
    ],
    [
      'the one before, a millisecond later',
      session({ refreshedAt: plus(NOW, -ROTATION_GRACE_MS - 1) }),
      1,
      'REUSED',
    ],
    ['a token of neither', session(), 9, 'ENDED'],
    ['a token of neither, never rotated', session({ previousRefreshHash: null }), 1, 'ENDED'],
    ['the current token, expired', session({ expiresAt: NOW }), 2, 'ENDED'],
    ['the current token, revoked', session({ revokedAt: NOW }), 2, 'ENDED'],
    ['the one before, revoked', session({ revokedAt: NOW }), 1, 'ENDED'],
  ])('%s', (_, state, presented, judgement) => {
    expect(judgeRefresh(state, hash(presented), NOW)).toBe(judgement);
  });
});
