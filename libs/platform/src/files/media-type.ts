import { MEDIA_TYPES, type MediaType } from './stored-file.entity.js';

/** Enough of a file for every type we take. */
export const HEAD_BYTES = 4_100;

/** An OFD is a zip whose first entries name its document. */
const OFD_ENTRY = Buffer.from('OFD.xml');

function isKnown(type: string): type is MediaType {
  return MEDIA_TYPES.some((each) => each === type);
}

/** What a file is, by its first bytes; null for everything we do not take. */
export async function mediaTypeOf(head: Buffer): Promise<MediaType | null> {
  // Loaded with the first file that comes: most processes never see one.
  const { fileTypeFromBuffer } = await import('file-type');
  const type = await fileTypeFromBuffer(head);
  if (type === undefined) return null;
  if (isKnown(type.mime)) return type.mime;
  return type.mime === 'application/zip' && head.includes(OFD_ENTRY) ? 'application/ofd' : null;
}
