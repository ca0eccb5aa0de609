import { language } from './graphql/ask.js';
import { renew } from './graphql/renew.js';
import { t } from './i18n.js';
import { tellOver } from './session-over.js';

/** What shows a bruise and the figures of a scale; more only costs time on a village's line. */
const LONG_SIDE_PX = 1_920;
const QUALITY = 0.82;

/** A line that says nothing for so long has been lost. */
const SILENCE_MS = 60_000;

/** Why it did not come through: in a sentence where the service said one; `isLost` where trying again may help. */
export class PhotoFault extends Error {
  constructor(
    message: string,
    readonly isLost: boolean,
  ) {
    super(message);
  }
}

const lost = (): PhotoFault => new PhotoFault(t('网络不通，请稍后再试。'), true);

/** Upright, and no larger than it has to be. What this browser cannot read is sent as it is: the service says what it thinks of it. */
export async function shrunk(file: Blob): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, LONG_SIDE_PX / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
    return made !== null && made.size < file.size ? made : file;
  } catch {
    return file; // Not a picture, or too large for this phone.
  }
}

interface Answer {
  readonly id?: string;
  readonly message?: string;
  readonly code?: string;
}

/** Where a file goes: photos are made smaller by the service and lose what they say of the phone, papers stay as they are. */
export type Shelf = 'photos' | 'files';

function send(
  shelf: Shelf,
  file: Blob,
  onProgress: (share: number) => void,
): Promise<{ status: number; answer: Answer }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const name = file instanceof File && shelf === 'files' ? `?name=${encodeURIComponent(file.name)}` : '';
    request.open('POST', `/${shelf}${name}`);
    // Not `timeout`, which is for all of it: a village's line takes minutes for one photo, as long as something moves.
    let silence = setTimeout(() => request.abort(), SILENCE_MS);
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => request.abort(), SILENCE_MS);
    };
    request.responseType = 'json';
    request.setRequestHeader('content-type', 'application/octet-stream');
    for (const [name, value] of Object.entries(language())) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => {
      heard();
      onProgress(total === 0 ? 0 : loaded / total);
    };
    request.onload = () => resolve({ status: request.status, answer: (request.response ?? {}) as Answer });
    request.onerror = () => reject(lost());
    request.onabort = () => reject(lost());
    request.onloadend = () => clearTimeout(silence);
    request.send(file);
  });
}

/** Brings one photo or paper, and says how far it has come; its id. Once more after the session was renewed, as everything is. */
export async function upload(shelf: Shelf, file: Blob, onProgress: (share: number) => void): Promise<string> {
  let { status, answer } = await send(shelf, file, onProgress);
  if (status === 401) {
    await renew().catch(() => {
      throw lost();
    });
    ({ status, answer } = await send(shelf, file, onProgress));
  }
  if (status < 300 && answer.id !== undefined) return answer.id;
  if (status === 422 || status === 429 || status === 413)
    throw new PhotoFault(answer.message ?? t('这张照片传不上去，请换一张。'), status === 429);
  if (status === 401) tellOver();
  if (status === 401 || status === 403) throw new PhotoFault(t('请先登录，再传照片。'), false);
  throw lost();
}
