import { paperTypeOf } from './media-type.js';
import { fileNameOf } from './stored-file.service.js';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\n');
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
/** The local header of a zip entry, then its name. */
const zipOf = (name: string) =>
  Buffer.concat([
    Buffer.from('504b030414000000000000000000000000000000000000000000', 'hex'),
    Buffer.from([name.length, 0, 0, 0]),
    Buffer.from(name),
  ]);

it.each([
  ['a PDF', PDF, 'application/pdf'],
  ['an e-invoice', zipOf('OFD.xml'), 'application/ofd'],
  ['a photo', PNG, null],
  ['a text that is called a picture', Buffer.from('hello.png'), null],
  ['a page with a script', Buffer.from('<html><script>1</script></html>'), null],
  ['any other zip', zipOf('word.xml'), null],
])('%s is a paper by its bytes, or none', async (_, bytes, mediaType) => {
  expect(await paperTypeOf(bytes)).toBe(mediaType);
});

it.each([
  ['../../etc/passwd', '.. .. etc passwd'],
  ['发票 2026.pdf', '发票 2026.pdf'],
  ['a\u0000b\u202e.pdf', 'a b .pdf'],
  ['  ', 'file'],
  ['x'.repeat(200), 'x'.repeat(120)],
])('calls %j by a harmless name', (name, harmless) => {
  expect(fileNameOf(name)).toBe(harmless);
});
