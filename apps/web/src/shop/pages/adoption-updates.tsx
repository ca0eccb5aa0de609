import { dayOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import type { Offer } from '../adoption.documents.js';

/** What the grower tells, with photos, the latest first. */
export function Updates({ updates }: { updates: Offer['updates']['nodes'] }) {
  if (updates.length === 0) return null;
  return (
    <section className="panel">
      <h2>
        <Icon name="camera" />
        {t('地里的消息')}
      </h2>
      <ul className="reviews">
        {updates.map(({ id, text, photoPath, publishedAt }) => (
          <li key={id}>
            <small>{dayOf(publishedAt)}</small>
            <p>{text}</p>
            {photoPath !== null && (
              <a href={photoPath} target="_blank" rel="noreferrer">
                <img
                  className="update-photo"
                  src={`${photoPath}?size=SMALL`}
                  alt={t('地里拍的照片')}
                  loading="lazy"
                />
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
