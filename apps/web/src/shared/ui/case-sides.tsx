import { t } from '../i18n.js';

export interface CasePhoto {
  readonly id: string;
  readonly path: string;
  readonly side: string;
  readonly subject: 'WAYBILL' | 'SCALE' | 'GOODS';
  /** Seen elsewhere before; told to the seller alone. */
  readonly isReused?: boolean;
}

const subjectWord = (subject: CasePhoto['subject']): string =>
  ({ WAYBILL: t('面单'), SCALE: t('上秤'), GOODS: t('货') })[subject];

function Side({ name, photos }: { name: string; photos: readonly CasePhoto[] }) {
  return (
    <div>
      <h3>{name}</h3>
      {photos.length === 0 && <p className="note">{t('没有照片')}</p>}
      <ul className="case-photos">
        {photos.map(({ id, path, subject, isReused }) => (
          <li key={id}>
            <a href={path} target="_blank" rel="noreferrer">
              <img src={`${path}?size=SMALL`} alt={subjectWord(subject)} loading="lazy" />
              <small>{subjectWord(subject)}</small>
            </a>
            {isReused === true && <span className="tag is-warm">{t('别处用过')}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface SidesProps {
  readonly photos: readonly CasePhoto[];
  readonly buyer: string;
  readonly seller: string;
}

/** What both sides of a case show, beside each other: the buyer's, and whatever was said to it. */
export function CaseSides({ photos, buyer, seller }: SidesProps) {
  return (
    <div className="case-sides">
      <Side name={buyer} photos={photos.filter(({ side }) => side === 'BUYER')} />
      <Side name={seller} photos={photos.filter(({ side }) => side !== 'BUYER')} />
    </div>
  );
}
