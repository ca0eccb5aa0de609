import { t } from '../../shared/i18n.js';

interface FileState {
  readonly state: 'CHECKED' | 'CONFIRMED' | 'DONE';
  readonly faultyCount: number;
  readonly isCounted: boolean;
}

/** How far a file has come, in two words. */
export const fileWord = ({ state, faultyCount, isCounted }: FileState): string => {
  if (isCounted) return t('已计入');
  if (state !== 'CHECKED') return t('计入中');
  return faultyCount > 0 ? t('{n} 行有误', { n: faultyCount }) : t('等您确认');
};
