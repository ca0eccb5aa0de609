import { DAY_MS, MINUTE_MS, plus } from '#libs/kernel';
import {
  INVITATIONS_PER_DAY_MAX,
  type SentInvitation,
  invitationStateAt,
  secondsUntilMessage,
} from './team-invitation.rules.js';

const NOW = new Date('2026-11-20T04:00:00Z');
const PHONE = '+8613800000001';
const OTHER = '+8613800000002';
const sent = (minutesAgo: number, messageCount = 1, phone: string | null = PHONE): SentInvitation => ({
  phone,
  messageCount,
  sentAt: plus(NOW, -minutesAgo * MINUTE_MS),
});
const DAY = DAY_MS / MINUTE_MS;
const many = (count: number, minutesAgo: number) =>
  Array.from({ length: count }, (_, n) =>
    sent(minutesAgo + n, 1, `+86139000000${String(n).padStart(2, '0')}`),
  );

describe('secondsUntilMessage', () => {
  it.each([
    // what was sent, newest first                         seconds
    ['nothing yet', [], 0],
    ['a minute ago', [sent(1)], 9 * 60],
    ['ten minutes ago', [sent(10)], 0],
    ['a minute ago to somebody else', [sent(1, 1, OTHER)], 0],
    ['two within the week', [sent(60, 2)], 0],
    ['three within the week', [sent(60, 3)], 7 * 86_400 - 3_600],
    ['three over two invitations: the first ends the wait', [sent(60, 1), sent(6 * DAY, 2)], 86_400],
    ['three, a week ago', [sent(7 * DAY, 3)], 0],
    ['three to a phone that is forgotten', [sent(60, 3, null)], 0],
    ['nineteen of the day', many(INVITATIONS_PER_DAY_MAX - 1, 60), 0],
    [
      'twenty of the day: the first of them ends the wait',
      many(INVITATIONS_PER_DAY_MAX, 60),
      86_400 - 79 * 60,
    ],
    ['twenty of yesterday', many(INVITATIONS_PER_DAY_MAX, DAY), 0],
  ] as const)('%s', (_, before, seconds) => {
    expect(secondsUntilMessage(PHONE, before, NOW)).toBe(seconds);
  });
});

describe('invitationStateAt', () => {
  it.each([
    ['OPEN', 1, 'OPEN'],
    ['OPEN', 0, 'EXPIRED'],
    ['OPEN', -1, 'EXPIRED'],
    ['ACCEPTED', -1, 'ACCEPTED'],
    ['WITHDRAWN', 1, 'WITHDRAWN'],
  ] as const)('%s, %i minutes before its end: %s', (state, minutes, said) => {
    expect(invitationStateAt({ state, expiresAt: plus(NOW, minutes * MINUTE_MS) }, NOW)).toBe(said);
  });
});
