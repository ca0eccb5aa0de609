import { DAY_MS, InvalidInputError, MINUTE_MS, plus } from '#libs/kernel';
import type { TeamInvitationState } from './team-invitation.entity.js';

/** Somebody who is in the fields all week sees it on Sunday. */
export const INVITATION_LIFETIME_MS = 7 * DAY_MS;
/** What was over for so long is known to its owner; the phone is none of ours any more. */
export const INVITATION_KEPT_MS = 30 * DAY_MS;

/** Of one merchant to one phone within as many days as an invitation lives, whatever became of each: whoever does not want to is left in peace. */
export const INVITATION_MESSAGES_MAX = 3;
/** As long as somebody may need to look at their phone. */
const INVITATION_INTERVAL_MS = 10 * MINUTE_MS;
/** Of one merchant to anybody: a cooperative that begins, and no advertising. */
export const INVITATIONS_PER_DAY_MAX = 20;

/** What a merchant has sent within the life of an invitation. */
export interface SentInvitation {
  readonly phone: string | null;
  readonly messageCount: number;
  readonly sentAt: Date;
}

const secondsUntil = (instant: Date, now: Date): number =>
  Math.max(0, Math.ceil((instant.getTime() - now.getTime()) / 1000));

/** Seconds until a merchant may write to a phone; 0 is now. `sent` is newest first. */
export function secondsUntilMessage(phone: string, sent: readonly SentInvitation[], now: Date): number {
  const live = sent.filter(({ sentAt }) => plus(sentAt, INVITATION_LIFETIME_MS) > now);
  const toPhone = live.filter((each) => each.phone === phone);
  const messages = toPhone.reduce((sum, { messageCount }) => sum + messageCount, 0);
  const [latest] = toPhone;
  const first = toPhone.at(-1);
  const ofDay = live.filter(({ sentAt }) => plus(sentAt, DAY_MS) > now);
  const last = ofDay[INVITATIONS_PER_DAY_MAX - 1];
  return Math.max(
    latest ? secondsUntil(plus(latest.sentAt, INVITATION_INTERVAL_MS), now) : 0,
    first && messages >= INVITATION_MESSAGES_MAX
      ? secondsUntil(plus(first.sentAt, INVITATION_LIFETIME_MS), now)
      : 0,
    last ? secondsUntil(plus(last.sentAt, DAY_MS), now) : 0,
  );
}

/** As it is now: nothing of the night has to have been done before one is over. */
export function invitationStateAt(
  { state, expiresAt }: { readonly state: TeamInvitationState; readonly expiresAt: Date },
  now: Date,
): TeamInvitationState {
  return state === 'OPEN' && expiresAt <= now ? 'EXPIRED' : state;
}

export function alreadyInTeam(): InvalidInputError {
  const message = {
    zh: '这个手机号的成员已经是这个角色了',
    en: 'Whoever has this phone works for the merchant in this role already.',
  };
  return new InvalidInputError([{ path: 'phone', message }]);
}
