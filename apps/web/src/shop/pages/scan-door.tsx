import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { freshKey } from '../../shared/draft.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { VIEWER } from '../account.documents.js';
import { OPENING_START } from '../counter.documents.js';
import { hadSession } from '../../shared/session.js';
import { SlotRow, Where } from './scan-shelf.js';
import { signInPath } from '../sign-in-path.js';
import type { ShopProps } from './scan-slots.js';

/** One door: the bank keeps money ready, then it opens. What is taken is paid for afterwards. */
export function DoorShop({ kiosk, visit, endsAt }: ShopProps) {
  const [, go] = useLocation();
  const [{ data }] = useQuery({ query: VIEWER, variables: {}, pause: !hadSession() });
  const [isLeaving, leave] = useState(false);
  const start = useAct(OPENING_START);
  const idempotencyKey = useMemo(freshKey, [visit]);
  const isMember = hadSession() && Boolean(data?.viewer);
  const isBusy = start.isBusy || isLeaving;

  const begin = async () => {
    const started = await start.act({ visit, idempotencyKey });
    if (!started) return;
    const { id, action } = started.doorOpening;
    if (action === null) return go(`/openings/${id}`, { replace: true });
    leave(true);
    history.replaceState(history.state, '', `/openings/${id}`); // Whoever comes back from the bank comes back to the door.
    location.assign(action.url);
  };

  return (
    <div className="panels">
      <Where kiosk={kiosk} endsAt={endsAt} />
      <section className="panel is-benefit">
        <h2>
          <Icon name="counter" />
          {t('开门自己拿')}
        </h2>
        <ol className="steps">
          <li>{t('银行先留出 ¥200，不是扣款')}</li>
          <li>{t('柜门打开，想拿什么拿什么')}</li>
          <li>{t('关上门，拿多少付多少，其余当场放开')}</li>
        </ol>
        {!isMember && <p className="note">{t('这种柜子要先登录，这样才知道门是给谁开的。')}</p>}
      </section>
      <section className="panel" aria-label={t('柜内商品')}>
        <ul className="cart-lines">
          {kiosk.slots.map((slot) => (
            <SlotRow key={`${slot.code} ${slot.variantId}`} slot={slot} />
          ))}
        </ul>
      </section>
      <p className="note">{kiosk.help}</p>
      <RefusalNote refusal={start.refusal} />
      <div className="pay-bar">
        <p>
          <small>{t('先留出，不扣款')}</small>
          <b>¥200</b>
        </p>
        {isMember ? (
          <button
            type="button"
            className="button is-warm"
            disabled={kiosk.obstacle !== null || isBusy}
            onClick={() => void begin()}
          >
            {isBusy ? t('正在打开银行页面…') : t('去授权')}
          </button>
        ) : (
          <Link className="button is-warm" href={signInPath('/scan')}>
            {t('登录')}
          </Link>
        )}
      </div>
    </div>
  );
}
