import { t } from '../i18n.js';
import type { Photos, Shot } from '../use-photos.js';
import { Icon } from './icon.js';

function ShotTile({ shot, no, photos }: { shot: Shot; no: number; photos: Photos }) {
  const { key, photoId, preview, share, fault, isLost } = shot;
  return (
    <li className={`shot${fault === null ? '' : ' is-bad'}`}>
      {preview === null ? (
        <span className="shot-kept" role="img" aria-label={t('照片 {n}，已经传好', { n: no })}>
          <Icon name="check" />
        </span>
      ) : (
        <img src={preview} alt={t('照片 {n}', { n: no })} />
      )}
      {photoId === null && fault === null && (
        <progress value={share} aria-label={t('照片 {n} 正在传', { n: no })} />
      )}
      {fault !== null && (
        <p className="shot-fault" role="alert">
          {fault}
        </p>
      )}
      <span className="shot-acts">
        {isLost && (
          <button type="button" className="chip" onClick={() => photos.retry(key)}>
            {t('再传一次')}
          </button>
        )}
        <button
          type="button"
          className="shot-remove"
          aria-label={t('去掉照片 {n}', { n: no })}
          onClick={() => photos.remove(key)}
        >
          <Icon name="close" />
        </button>
      </span>
    </li>
  );
}

interface PhotoPickerProps {
  readonly photos: Photos;
  readonly label: string;
  readonly hint?: string;
  readonly max: number;
}

/** Photos by the camera or out of the album: what they show, how far each has come, and another try where the line was lost. */
export function PhotoPicker({ photos, label, hint, max }: PhotoPickerProps) {
  const { shots, add } = photos;
  const take = (input: HTMLInputElement) => {
    add([...(input.files ?? [])]);
    input.value = ''; // The same photo may be taken again after it was taken away.
  };
  return (
    <fieldset className="photo-picker">
      <legend>{label}</legend>
      {hint !== undefined && <p className="note">{hint}</p>}
      <ul className="shots">
        {shots.map((shot, index) => (
          <ShotTile key={shot.key} shot={shot} no={index + 1} photos={photos} />
        ))}
      </ul>
      {shots.length < max && (
        <div className="shot-adds">
          <label className="button is-quiet">
            <Icon name="camera" />
            {t('拍照')}
            <input
              type="file"
              className="hidden"
              accept="image/*"
              capture="environment"
              onChange={(event) => take(event.currentTarget)}
            />
          </label>
          <label className="button is-quiet">
            {t('从相册选')}
            <input
              type="file"
              className="hidden"
              accept="image/*"
              multiple
              onChange={(event) => take(event.currentTarget)}
            />
          </label>
        </div>
      )}
    </fieldset>
  );
}
