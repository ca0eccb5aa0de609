/** A photo that has been taken and not brought yet; `form` is where it belongs. */
export interface WaitingPhoto {
  readonly key: string;
  readonly form: string;
  readonly file: Blob;
  readonly takenAtMs: number;
}

const NAME = 'photos';
const STORE = 'waiting';

/** What nobody has come back to for so long is wanted no more. */
const KEPT_MS = 7 * 86_400_000;

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('no store for photos'));
  });
}

/** One act on the store; null where there is none (a private window, a full phone): then a photo is the page's alone, as long as it is open. */
async function within<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T | null> {
  try {
    const database = await opened();
    return await new Promise<T | null>((resolve) => {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => resolve(null);
    }).finally(() => database.close());
  } catch {
    return null;
  }
}

export const keepPhoto = (photo: WaitingPhoto): Promise<unknown> =>
  within('readwrite', (store) => store.put(photo));

export const dropPhoto = (key: string): Promise<unknown> => within('readwrite', (store) => store.delete(key));

/** Whoever leaves takes along what they have photographed. */
export const dropPhotos = (): Promise<unknown> => within('readwrite', (store) => store.clear());

/** Those of a form, the first taken first; what is too old goes. */
export async function waitingPhotos(form: string, nowMs: number): Promise<readonly WaitingPhoto[]> {
  const all = (await within<WaitingPhoto[]>('readonly', (store) => store.getAll())) ?? [];
  const isOld = ({ takenAtMs }: WaitingPhoto) => takenAtMs < nowMs - KEPT_MS;
  for (const { key } of all.filter(isOld)) void dropPhoto(key);
  return all
    .filter((photo) => photo.form === form && !isOld(photo))
    .sort((a, b) => a.takenAtMs - b.takenAtMs);
}
