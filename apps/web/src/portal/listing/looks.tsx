import { t } from '../../shared/i18n.js';
import { PhotoPicker } from '../../shared/ui/photo-picker.js';
import type { Photos } from '../../shared/use-photos.js';
import { FaultNote, TextField } from '../field.js';
import type { StepProps } from './form.js';

export const PHOTOS_MAX = 9;

interface LooksProps extends StepProps {
  readonly photos: Photos;
  readonly listingId: string | null;
}

/** Third: how it looks, and a word to whoever looks at it. */
export function Looks({ form, change, faults, photos, listingId }: LooksProps) {
  return (
    <>
      <PhotoPicker
        photos={photos}
        label={t('照片，最多 9 张')}
        hint={t('第一张摆在货架上。拍货、拍箱子、拍地里，光亮一点。')}
        max={PHOTOS_MAX}
        isOrdered
        {...(listingId === null
          ? {}
          : { pictureOf: (photoId: string) => `/listings/${listingId}/photos/${photoId}?size=SMALL` })}
      />
      <FaultNote faults={faults} path="content.photoIds" isDeep />
      <TextField
        label={t('有话跟审核的人说，可以不填')}
        path="content.note"
        value={form.note}
        max={500}
        rows={2}
        hint={t('比如为什么比别人的贵')}
        faults={faults}
        onChange={(note) => change({ note })}
      />
    </>
  );
}
