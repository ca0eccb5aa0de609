import type { FileFault } from './file.gateway.js';
import type { StoredFile } from './stored-file.entity.js';

const SAYINGS: Readonly<Record<FileFault, string>> = {
  EMPTY: 'The file is empty. 文件为空',
  TOO_LARGE: 'A file has at most 10 MB. 文件不得超过 10 MB',
  UNKNOWN_TYPE: 'Send a PDF, a JPEG, a PNG or an OFD. 仅接受 PDF、JPEG、PNG 或 OFD',
};

/** What a route answers where a file was refused. */
export function fileFaultOf(fault: FileFault): { code: string; message: string } {
  return { code: `FILE_${fault}`, message: SAYINGS[fault] };
}

/** Shown as what it is and never run: a browser downloads it, and does not guess. */
export function fileHeaders({
  name,
  mediaType,
  sizeBytes,
}: Pick<StoredFile, 'name' | 'sizeBytes'> & { readonly mediaType: string }): Record<string, string> {
  return {
    'content-type': mediaType,
    'content-length': String(sizeBytes),
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
  };
}
