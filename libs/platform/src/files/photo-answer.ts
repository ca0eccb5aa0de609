import type { Message } from '#libs/kernel';
import type { OpenPhoto } from './photo.service.js';
import type { FileFault } from './stored-file.service.js';

const SAYINGS: Readonly<Record<FileFault, Message>> = {
  EMPTY: { zh: '文件为空', en: 'The file is empty.' },
  TOO_LARGE: { zh: '照片不得超过 10 MB', en: 'A photo has at most 10 MB.' },
  UNKNOWN_TYPE: { zh: '仅接受 JPEG、PNG 或 WebP 照片', en: 'Send a JPEG, a PNG or a WebP.' },
  UNREADABLE: { zh: '无法识别为照片，请重新拍摄', en: 'This cannot be read as a photo.' },
  TOO_MANY_PIXELS: { zh: '照片不得超过 5000 万像素', en: 'A photo has at most 50 million pixels.' },
  TOO_SMALL: { zh: '照片长宽均不得少于 64 像素', en: 'A photo is at least 64 pixels wide and high.' },
  TOO_MANY: { zh: '今日上传照片已达上限，请明天再试', en: 'Enough photos for one day; try again tomorrow.' },
};

/** What a route answers (in one of the languages) where a photo was refused. */
export function photoFaultOf(fault: FileFault): { code: string; message: Message } {
  return { code: `PHOTO_${fault}`, message: SAYINGS[fault] };
}

/** What we have written ourselves is shown in place; nobody between keeps it, unless everybody may see it. */
export function photoHeaders({ sizeBytes }: OpenPhoto, cache = 'private, no-store'): Record<string, string> {
  return {
    'content-type': 'image/jpeg',
    'content-length': String(sizeBytes),
    'content-disposition': 'inline',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': cache,
  };
}
