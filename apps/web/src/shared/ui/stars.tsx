import { t } from '../i18n.js';
import { Icon } from './icon.js';

/** So many of five. */
export function Stars({ count }: { count: number }) {
  return (
    <span className="stars" role="img" aria-label={t('{n} 星，满分 5 星', { n: count })}>
      {Array.from({ length: 5 }, (_, index) => (
        <span key={index} className={index < count ? 'is-lit' : ''}>
          <Icon name="star" />
        </span>
      ))}
    </span>
  );
}
