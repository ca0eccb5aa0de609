import type { ResultOf } from 'gql.tada';
import { dayOf } from '../shared/dates.js';
import { t } from '../shared/i18n.js';
import type { OWNER_TASKS } from './paper.documents.js';
import { paperWord } from './paper-words.js';

type Standing = ResultOf<typeof OWNER_TASKS>['merchantPapers']['standings'][number];

interface PaperTask {
  readonly text: string;
  readonly isUrgent: boolean;
}

/** What an owner has to know of a paper today; null while it is in order, and where none was ever brought: who was registered without papers is limited by none until they bring some. */
export function paperTask({ kind, standing, endsOn, isLicence, isWaiting }: Standing): PaperTask | null {
  const paper = paperWord(kind);
  // Nothing to do, and still the reason why nobody buys.
  if (isWaiting)
    return standing === 'ENDED' && isLicence
      ? { text: t('{paper}到期了，新证在审核，审好才能接着卖', { paper }), isUrgent: false }
      : null;
  if (standing === 'ENDED')
    return {
      text: isLicence ? t('{paper}到期了，现在不能卖货', { paper }) : t('{paper}到期了', { paper }),
      isUrgent: isLicence,
    };
  if (standing === 'ENDING') {
    const day = dayOf(endsOn ?? '');
    return {
      text: isLicence
        ? t('{paper}{day}到期，换好新证才能接着卖', { paper, day })
        : t('{paper}{day}到期', { paper, day }),
      isUrgent: isLicence,
    };
  }
  return null;
}
