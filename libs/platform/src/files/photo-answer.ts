import type { OpenPhoto } from './photo.service.js';
import type { FileFault } from './stored-file.service.js';

const SAYINGS: Readonly<Record<FileFault, string>> = {
  EMPTY: 'The file is empty. 文件为空',
  TOO_LARGE: 'A photo has at most 10 MB. 照片不得超过 10 MB',
  UNKNOWN_TYPE: 'Send a JPEG, a PNG or a WebP. 仅接受 JPEG、PNG 或 WebP 照片',
  UNREADABLE: 'This cannot be read as a photo. 无法识别为照片，请重新拍摄',
  TOO_MANY_PIXELS: 'A photo has at most 50 million pixels. 照片不得超过 5000 万像素',
  TOO_SMALL: 'A photo is at least 64 pixels wide and high. 照片长宽均不得少于 64 像素',
  TOO_MANY: 'Enough photos for one day; try again tomorrow. 今日上传照片已达上限，请明天再试',
};

/** What a route answers where a photo was refused. */
export function photoFaultOf(fault: FileFault): { code: string; message: string } {
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
