import { t } from '../../shared/i18n.js';

/** Where a period has no rows: said, and not shown as a chart of nothing. */
export const NothingSold = () => <p className="note">{t('这段时间没有交易。换个时间范围看看。')}</p>;
