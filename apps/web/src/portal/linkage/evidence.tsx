import { t } from '../../shared/i18n.js';

interface EvidenceProps {
  /** The edition of terms, or the payment, that they show. */
  readonly of: string;
  readonly photoIds: readonly string[];
}

/** Photos of what was signed or paid; each opens as large as it is. */
export function Evidence({ of, photoIds }: EvidenceProps) {
  if (photoIds.length === 0) return null;
  return (
    <ul className="shots">
      {photoIds.map((photoId, index) => (
        <li key={photoId} className="shot">
          <a href={`/linkage-evidence/${of}/photos/${photoId}`} target="_blank" rel="noreferrer">
            <img
              src={`/linkage-evidence/${of}/photos/${photoId}`}
              alt={t('照片 {n}', { n: index + 1 })}
              loading="lazy"
            />
          </a>
        </li>
      ))}
    </ul>
  );
}
