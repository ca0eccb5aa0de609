import { monthOf } from '../shared/dates.js';
import { t } from '../shared/i18n.js';
import { yuanExact } from '../shared/money.js';
import { Icon } from '../shared/ui/icon.js';
import type { Grower, Slot } from './kiosk.documents.js';

/** The family behind a slot; null where there is none, or it has not agreed to be shown. */
export const growerAt = (growers: readonly Grower[], { code }: Slot): Grower | null =>
  growers.find(({ slotCodes }) => slotCodes.includes(code)) ?? null;

/** On the shelf: where, and who. */
export function GrowerLine({ grower: { villageName, shownName } }: { grower: Grower }) {
  return (
    <span className="slot-grower">
      <Icon name="home" />
      <span>{t('{village} {name}家', { village: villageName, name: shownName })}</span>
    </span>
  );
}

/** Whose it is, in their words, and what they have been paid. */
export function GrowerPart({ grower }: { grower: Grower }) {
  const { pairingId, shownName, villageName, story, hasPhoto, paidFen, paidMonth } = grower;
  return (
    <section className="grower" aria-label={t('这一格帮的是谁')}>
      {hasPhoto && (
        <img src={`/pairings/${pairingId}/photo?size=SMALL`} alt="" width="160" height="160" loading="lazy" />
      )}
      <div>
        <h3>
          {shownName}
          <small>{villageName}</small>
        </h3>
        {story !== '' && <p className="grower-story">{story}</p>}
        <p className="grower-paid">
          {paidMonth === null
            ? t('结对以后还没有付过款')
            : t('结对以后已付给这家 ¥{amount}，最近一次在 {month}', {
                amount: yuanExact(paidFen),
                month: monthOf(paidMonth),
              })}
        </p>
      </div>
    </section>
  );
}
