import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { PhotoPicker } from '../../shared/ui/photo-picker.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { idsOf, isUnderWay, usePhotos } from '../../shared/use-photos.js';
import { ADD_EVIDENCE } from '../evidence.documents.js';

const PHOTOS_MAX = 9;

/** More of what shows it, while somebody still has to decide. */
export default function MoreEvidence({ id, changed }: { id: string; changed: () => void }) {
  const photos = usePhotos([], () => undefined, PHOTOS_MAX);
  const { act, isBusy, refusal } = useAct(ADD_EVIDENCE);
  const ids = idsOf(photos.shots);
  const send = () => {
    const shown = ids.map((photoId) => ({ photoId, subject: 'GOODS' as const }));
    void act({ id, photos: shown, text: null }).then((done) => done && changed());
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
