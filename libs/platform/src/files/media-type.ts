import { fileTypeFromBuffer } from 'file-type';
import type { MediaType } from './stored-file.entity.js';

/** An OFD is a zip whose first entries name its document. */
const OFD_ENTRY = Buffer.from('OFD.xml');

/** Where those entries stand. */
const HEAD_BYTES = 4_100;

/** What a paper is by its bytes, whatever it is called; null for what is none. Photos are known by being read. */
export async function paperTypeOf(bytes: Buffer): Promise<MediaType | null> {
  const mime = (await fileTypeFromBuffer(bytes))?.mime;
  if (mime === 'application/pdf') return mime;
  return mime === 'application/zip' && bytes.subarray(0, HEAD_BYTES).includes(OFD_ENTRY)
    ? 'application/ofd'
    : null;
}
