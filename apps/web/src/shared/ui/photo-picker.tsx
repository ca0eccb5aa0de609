import { useState } from 'react';
import { t } from '../i18n.js';
import type { Photos, Shot } from '../use-photos.js';
import { Icon } from './icon.js';

interface TileProps extends Pick<PhotoPickerProps, 'photos' | 'pictureOf' | 'isOrdered'> {
  readonly shot: Shot;
  readonly no: number;
}

function ShotTile({ shot, no, photos, pictureOf, isOrdered = false }: TileProps) {
  const { key, photoId, share, fault, isLost } = shot;
  const [isMissing, setMissing] = useState(false);
  const kept = photoId === null || isMissing ? undefined : pictureOf?.(photoId);
  const preview = shot.preview ?? kept ?? null;
  return (
    <li className={`shot${fault === null ? '' : ' is-bad'}`}>
      {preview === null ? (
        <span
          className="shot-kept"
          role="img"
          aria-label={photoId === null ? t('文件 {n}', { n: no }) : t('照片 {n}，已经传好', { n: no })}
        >
          <Icon name={photoId === null ? 'receipt' : 'check'} />
        </span>
      ) : (
        <img src={preview} alt={t('照片 {n}', { n: no })} onError={() => setMissing(true)} />
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
        {isOrdered && no > 1 && (
          <button type="button" className="chip" onClick={() => photos.lead(key)}>
            {t('放第一张')}
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
  /** Where one that was brought before is shown. */
  readonly pictureOf?: (photoId: string) => string;
  /** What the album offers beside pictures, as in `accept`. */
  readonly also?: string;
  /** Whether it counts which is the first. */
  readonly isOrdered?: boolean;
}

/** Photos by the camera or out of the album: what they show, how far each has come, and another try where the line was lost. */
export function PhotoPicker({ photos, label, hint, max, also, ...tile }: PhotoPickerProps) {
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
          <ShotTile key={shot.key} shot={shot} no={index + 1} photos={photos} {...tile} />
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
            {also === undefined ? t('从相册选') : t('从相册或文件选')}
            <input
              type="file"
              className="hidden"
              accept={also === undefined ? 'image/*' : `image/*,${also}`}
              multiple
              onChange={(event) => take(event.currentTarget)}
            />
          </label>
        </div>
      )}
    </fieldset>
  );
}
