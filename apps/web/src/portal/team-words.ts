import type { ResultOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import type { TEAM } from './team.documents.js';

export type TeamRole = ResultOf<typeof TEAM>['merchantTeam'][number]['role'];
type InvitationState = ResultOf<typeof TEAM>['merchantTeamInvitations'][number]['state'];

export const roleWord = (role: TeamRole): string =>
  ({ MERCHANT_OWNER: t('负责人'), MERCHANT_CLERK: t('店员'), RESTOCKER: t('补货员') })[role];

/** What somebody may do in it, before they say yes. */
export const roleNote = (role: TeamRole): string =>
  ({
    MERCHANT_OWNER: t('什么都能做，钱款、证照和成员也归他管'),
    MERCHANT_CLERK: t('发货、管库存、处理售后；看不到钱'),
    RESTOCKER: t('给柜子补货；看不到订单和钱'),
  })[role];

export const invitationWord = (state: InvitationState): string =>
  ({
    OPEN: t('等对方答复'),
    ACCEPTED: t('已加入'),
    DECLINED: t('对方谢绝了'),
    WITHDRAWN: t('已撤回'),
    EXPIRED: t('过期了，没有答复'),
  })[state];
