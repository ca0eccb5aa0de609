import { useEffect, useRef, useState } from 'react';
import { nowMs } from './clock.js';
import { freshKey } from './draft.js';
import { dropPhoto, keepPhoto, waitingPhotos } from './photo-store.js';
import { PhotoFault, type Shelf, shrunk, upload } from './photos.js';

/** One photo on its way, or there. */
export interface Shot {
  readonly key: string;
  /** Null until it is there. */
  readonly photoId: string | null;
  /** What it looks like; null of what is no picture, and of one that was brought before this page forgot. */
  readonly preview: string | null;
  /** From 0 to 1. */
  readonly share: number;
  /** Why it is not there; null while nothing is wrong. */
  readonly fault: string | null;
  /** The line was lost: trying again may help. */
  readonly isLost: boolean;
}

export interface Photos {
  readonly shots: readonly Shot[];
  readonly add: (files: readonly File[]) => void;
  readonly remove: (key: string) => void;
  readonly retry: (key: string) => void;
  /** Puts it before all others. */
  readonly lead: (key: string) => void;
}

const there = (photoId: string): Shot => ({
  key: photoId,
  photoId,
  preview: null,
  share: 1,
  fault: null,
  isLost: false,
});

export const idsOf = (shots: readonly Shot[]): readonly string[] =>
  shots.flatMap(({ photoId }) => (photoId === null ? [] : [photoId]));

/** Whether something is neither there nor refused: what a lost line has taken is still to come. */
export const isUnderWay = (shots: readonly Shot[]): boolean =>
  shots.some(({ photoId, fault, isLost }) => photoId === null && (fault === null || isLost));

/**
 * Photos that are brought one after the other, because a village's line carries one badly enough; what is lost is tried again as soon as there is a network. `kept` are
 * those that were there before the camera made the phone forget this page, `keep` hears of all that are. Those of the same `form` that had not been brought by then go on.
 */
export function usePhotos(
  form: string,
  kept: readonly string[],
  keep: (ids: readonly string[]) => void,
  max: number,
  shelf: Shelf = 'photos',
): Photos {
  const [shots, setShots] = useState<readonly Shot[]>(() => kept.map(there));
  const latest = useRef(shots);
  const files = useRef(new Map<string, Blob>());
  const queue = useRef(Promise.resolve());
  const hear = useRef(keep);
  hear.current = keep;

  const set = (next: readonly Shot[]) => {
    latest.current = next;
    setShots(next);
    hear.current(idsOf(next));
  };
  const change = (key: string, changes: Partial<Shot>) =>
    set(latest.current.map((shot) => (shot.key === key ? { ...shot, ...changes } : shot)));

  const send = async (key: string) => {
    const file = files.current.get(key);
    if (!file) return; // Taken away meanwhile.
    try {
      const photoId = await upload(shelf, await shrunk(file), (share) => change(key, { share }));
      files.current.delete(key);
      // Noted where the form keeps it, and only then dropped: in between there are two of it, and never none.
      change(key, { photoId, share: 1 });
      void dropPhoto(key);
    } catch (error) {
      const isLost = !(error instanceof PhotoFault) || error.isLost;
      change(key, { fault: (error as Error).message, isLost, share: 0 });
    }
  };
  const enqueue = (key: string) => {
    change(key, { fault: null, isLost: false, share: 0 });
    queue.current = queue.current.then(() => send(key));
  };

  const take = (photos: readonly { readonly key: string; readonly file: Blob }[]) => {
    const fresh = photos.map(({ key, file }) => {
      files.current.set(key, file);
      // A paper that is no picture has nothing to show.
      const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
      return { ...there(key), photoId: null, preview, share: 0 };
    });
    set([...latest.current, ...fresh]);
    for (const { key } of fresh) enqueue(key);
  };
  const add = (chosen: readonly File[]) => {
    const photos = chosen
      .slice(0, Math.max(0, max - latest.current.length))
      .map((file, index) => ({ key: freshKey(), form, file, takenAtMs: nowMs() + index }));
    for (const photo of photos) void keepPhoto(photo);
    take(photos);
  };
  const remove = (key: string) => {
    const shot = latest.current.find((one) => one.key === key);
    if (shot?.preview) URL.revokeObjectURL(shot.preview);
    files.current.delete(key);
    void dropPhoto(key);
    set(latest.current.filter((one) => one.key !== key));
  };

  useEffect(() => {
    let isHere = true;
    void waitingPhotos(form, nowMs()).then((photos) => {
      // Whoever is quicker than the store has taken others meanwhile.
      const missing = photos.filter(({ key }) => !files.current.has(key));
      if (isHere && missing.length > 0) take(missing.slice(0, Math.max(0, max - latest.current.length)));
    });
    const back = () => {
      for (const { key, isLost } of latest.current) if (isLost) enqueue(key);
    };
    addEventListener('online', back);
    return () => {
      isHere = false;
      removeEventListener('online', back);
      for (const { preview } of latest.current) if (preview) URL.revokeObjectURL(preview);
    };
  }, []);
  const lead = (key: string) =>
    set([...latest.current].sort((a, b) => Number(b.key === key) - Number(a.key === key)));
  return { shots, add, remove, retry: enqueue, lead };
}
