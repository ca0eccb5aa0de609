import { DomainError, type Message } from '#libs/kernel';
import type { TeamInvitationState } from './team-invitation.entity.js';

const SAYINGS: Readonly<Record<TeamInvitationState, Message>> = {
  OPEN: { zh: '邀请还在等对方答复', en: 'This invitation waits for an answer.' },
  ACCEPTED: { zh: '邀请已被接受', en: 'This invitation has been accepted.' },
  DECLINED: { zh: '邀请已被谢绝', en: 'This invitation has been declined.' },
  WITHDRAWN: {
    zh: '邀请已撤回，请联系商户负责人',
    en: 'This invitation was withdrawn; ask an owner of the merchant.',
  },
  EXPIRED: {
    zh: '邀请已过期，请商户负责人再发一次',
    en: 'This invitation is over; ask an owner of the merchant to send it again.',
  },
};

/** What was asked does not fit what has become of the invitation. */
export class TeamInvitationStateError extends DomainError {
  readonly code = 'TEAM_INVITATION_STATE';
  readonly message: Message;

  constructor(readonly invitationState: TeamInvitationState) {
    super();
    this.message = SAYINGS[invitationState];
  }
}

const waitOf = (seconds: number): Message => {
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return { zh: `${minutes} 分钟`, en: `${minutes} minutes` };
  const hours = Math.ceil(minutes / 60);
  return hours < 48
    ? { zh: `${hours} 小时`, en: `${hours} hours` }
    : { zh: `${Math.ceil(hours / 24)} 天`, en: `${Math.ceil(hours / 24)} days` };
};

/** Messages cost money, and whoever does not answer may not want to. */
export class TeamInvitationThrottledError extends DomainError {
  readonly code = 'TEAM_INVITATION_THROTTLED';
  readonly message: Message;

  constructor(readonly retryAfterSeconds: number) {
    super();
    const wait = waitOf(retryAfterSeconds);
    this.message = {
      zh: `邀请短信发得太多了，请 ${wait.zh}后再发；也可以直接告诉对方登录商家门户答复`,
      en: `Too many invitations were sent; wait ${wait.en}, or tell them yourself to sign in at the portal and answer.`,
    };
  }
}
