import type { Message } from '#libs/kernel';
import type { StoredFile } from './stored-file.entity.js';
import type { FileFault } from './stored-file.service.js';

const SAYINGS: Readonly<Record<FileFault, Message>> = {
  EMPTY: { zh: '文件为空', en: 'The file is empty.' },
  TOO_LARGE: { zh: '文件不得超过 10 MB', en: 'A file has at most 10 MB.' },
  UNKNOWN_TYPE: {
    zh: '仅接受 PDF、JPEG、PNG、WebP 或 OFD',
    en: 'Send a PDF, a JPEG, a PNG, a WebP or an OFD.',
  },
  UNREADABLE: { zh: '无法识别为照片，请重新拍摄', en: 'This cannot be read as a photo.' },
  TOO_MANY_PIXELS: { zh: '照片不得超过 5000 万像素', en: 'A photo has at most 50 million pixels.' },
  TOO_SMALL: { zh: '照片长宽均不得少于 64 像素', en: 'A photo is at least 64 pixels wide and high.' },
  TOO_MANY: { zh: '今日上传文件已达上限，请明天再试', en: 'Enough files for one day; try again tomorrow.' },
};

/** What a route answers (in one of the languages) where a file was refused. */
export function fileFaultOf(fault: FileFault): { code: string; message: Message } {
  return { code: `FILE_${fault}`, message: SAYINGS[fault] };
}

/** Shown as what it is and never run: a browser downloads it, and does not guess. How long it will be nobody knows who writes it as it goes: null. */
export function fileHeaders({
  name,
  mediaType,
  sizeBytes,
}: Pick<StoredFile, 'name'> & {
  readonly sizeBytes: number | null;
  readonly mediaType: string;
}): Record<string, string> {
  return {
    'content-type': mediaType,
    ...(sizeBytes === null ? {} : { 'content-length': String(sizeBytes) }),
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
  };
}
