import { t } from '../i18n.js';
import { yuan, yuanExact } from '../money.js';

/** An amount of money, with its sign smaller than its figures. */
export function Price({
  fen,
  from = false,
  exact = false,
}: {
  fen: string;
  from?: boolean;
  exact?: boolean;
}) {
  return (
    <span className="price">
      <small>¥</small>
      {exact ? yuanExact(fen) : yuan(fen)}
      {from && <small className="price-from">{t('起')}</small>}
    </span>
  );
}
