import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { PhotoPicker } from '../../shared/ui/photo-picker.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { idsOf, isUnderWay, usePhotos } from '../../shared/use-photos.js';
import { ADD_EVIDENCE } from '../evidence.documents.js';

const PHOTOS_MAX = 9;

interface MoreProps {
  readonly id: string;
  /** What was there before the camera made the phone forget this page. */
  readonly kept: readonly string[];
  readonly keep: (ids: readonly string[]) => void;
  readonly added: () => void;
}

/** More of what shows it, while somebody still has to decide. */
export default function MoreEvidence({ id, kept, keep, added }: MoreProps) {
  const photos = usePhotos(`more:${id}`, kept, keep, PHOTOS_MAX);
  const { act, isBusy, refusal } = useAct(ADD_EVIDENCE);
  const ids = idsOf(photos.shots);
  const send = () => {
    const shown = ids.map((photoId) => ({ photoId, subject: 'GOODS' as const }));
    void act({ id, photos: shown, text: null }).then((done) => done && added());
  };
  return (
    <>
      <PhotoPicker photos={photos} label={t('补照片')} max={PHOTOS_MAX} />
      <RefusalNote refusal={refusal} />
      <button
        type="button"
        className="button"
        disabled={isBusy || ids.length === 0 || isUnderWay(photos.shots)}
        onClick={send}
      >
        {t('交上去')}
      </button>
    </>
  );
}
