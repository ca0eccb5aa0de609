import { type InvalidField, InvalidInputError, isBlank } from '#libs/kernel';
import type { Campaign } from './campaign.entity.js';

export type CampaignFacts = Pick<Campaign, 'code' | 'name' | 'startsOn' | 'endsOn'>;

const NAME_LENGTH_MAX = 80;

export const noSuchCampaign: InvalidField = {
  path: 'campaignCode',
  message: { zh: '该活动不存在或不在活动期间', en: 'There is no such campaign today.' },
};

/** Malformed campaigns, all faults at once. */
export function refuseCampaign({ code, name, startsOn, endsOn }: CampaignFacts): InvalidInputError | null {
  const fields: InvalidField[] = [];
  if (!/^[A-Z0-9-]{2,40}$/.test(code)) {
    const message = {
      zh: '活动代码为 2 到 40 个大写字母、数字或 -',
      en: 'A code has 2 to 40 capital letters, digits or dashes.',
    };
    fields.push({ path: 'code', message });
  }
  if (isBlank(name) || name.length > NAME_LENGTH_MAX) {
    const message = {
      zh: `活动名称须为 1 到 ${NAME_LENGTH_MAX} 个字`,
      en: `A name has 1 to ${NAME_LENGTH_MAX} characters.`,
    };
    fields.push({ path: 'name', message });
  }
  if (endsOn < startsOn) {
    const message = { zh: '结束日期不能早于开始日期', en: 'A campaign ends on its first day or later.' };
    fields.push({ path: 'endsOn', message });
  }
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}
