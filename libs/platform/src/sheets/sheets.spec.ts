import { zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { guardedCell } from '#libs/kernel';
import { CELL_LENGTH_MAX, SHEET_BYTES_MAX, readSheetRows } from './read-sheet.js';
import { buffer } from 'node:stream/consumers';
import { SHEET_FORMATS, sheetStream } from './stream-sheet.js';
import { csvFile, xlsxFile } from './write-sheet.js';

const ROWS = [
  ['收货人', '数量'],
  ['李桂英，二楼', '2'],
];
const text = '收货人,数量\r\n"李桂英，二楼",2\r\n';
const read = (bytes: Buffer | string, rowsMax = 10) => readSheetRows(Buffer.from(bytes as string), rowsMax);

const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'http://schemas.openxmlformats.org/package/2006';
/** A workbook of one sheet, as small as one can be. */
const parts = (sheet: string) => ({
  'xl/workbook.xml': Buffer.from(
    `<workbook xmlns:r="${RELS}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ),
  'xl/_rels/workbook.xml.rels': Buffer.from(
    `<Relationships xmlns="${TYPES}/relationships"><Relationship Id="rId1" Type="${RELS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  ),
  'xl/worksheets/sheet1.xml': Buffer.from(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
});
const workbook = (sheet: string) => Buffer.from(zipSync(parts(sheet)));
const cell = (at: string, content: string) => `<c r="${at}" t="inlineStr"><is><t>${content}</t></is></c>`;

it.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`)],
  ['GB18030', iconv.encode(text, 'gb18030')],
  [
    'UTF-16 with its mark, by tabs, as Excel saves Unicode text',
    Buffer.from(`\uFEFF收货人\t数量\n李桂英，二楼\t2\n`, 'utf16le'),
  ],
  ['semicolons', Buffer.from('收货人;数量\n李桂英，二楼;2')],
])('reads a CSV in %s', async (_, bytes) => {
  expect(await readSheetRows(bytes, 10)).toEqual(expect.arrayContaining(ROWS));
});

it('reads rare characters that only GB18030 has, and keeps the numbers of rows', async () => {
  const bytes = iconv.encode('收货人\n\n㐂😀\n', 'gb18030');

  expect(await readSheetRows(bytes, 10)).toEqual([['收货人'], [''], ['㐂😀']]);
});

it('reads what a workbook shows: text, numbers in full, and nothing that cannot be seen', async () => {
  const sheet = `<row r="1">${cell('A1', ' 收货人 ')}${cell('B1', '电话')}</row><row r="3">${cell('A3', '李&#8203;&#10;英')}<c r="B3"><v>13900001234</v></c></row>`;

  const rows = await readSheetRows(workbook(sheet), 10);

  expect(rows).toEqual([
    ['收货人', '电话'],
    ['', ''],
    ['李 英', '13900001234'],
  ]);
});

/** Styles by their place: none, a percentage, five digits at least, a day as Excel in Chinese has it. */
const STYLES = Buffer.from(
  `<styleSheet><numFmts count="1"><numFmt numFmtId="170" formatCode="00000;&quot;%&quot;"/></numFmts><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>
   <cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="10" xfId="0"/><xf numFmtId="170"/><xf numFmtId="31"/></cellXfs></styleSheet>`,
);
it.each<[string, string, string]>([
  ['a number in full', '<c r="A1"><v>13900001234</v></c>', '13900001234'],
  ['without what calculating leaves behind', '<c r="A1"><f>0.1+0.2</f><v>0.30000000000000004</v></c>', '0.3'],
  [
    'more digits than are kept as what has lost some',
    '<c r="A1"><v>123456789012345678</v></c>',
    '1.23456789012346E+17',
  ],
  ['a percentage', '<c r="A1" s="1"><v>0.055</v></c>', '5.5%'],
  ['a code that begins with noughts', '<c r="A1" s="2"><v>123</v></c>', '00123'],
  ['a day', '<c r="A1" s="3"><v>46332</v></c>', '2026-11-06'],
  ['a day of a formula', '<c r="A1" s="3"><f>TODAY()</f><v>46332.5</v></c>', '2026-11-06'],
  ['text of a formula', '<c r="A1" t="str"><f>A2&amp;"1"</f><v>桃1</v></c>', '桃1'],
  ['a formula that nobody has worked out as nothing', '<c r="A1"><f>A2</f></c><c r="B1"><v>1</v></c>', ''],
  ['what went wrong in a formula as it says', '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', '#DIV/0!'],
  ['true', '<c r="A1" t="b"><v>1</v></c>', 'true'],
])('reads of a workbook %s', async (_, content, text) => {
  const bytes = Buffer.from(zipSync({ ...parts(`<row r="1">${content}</row>`), 'xl/styles.xml': STYLES }));

  expect((await readSheetRows(bytes, 10))[0]?.[0]).toBe(text);
});

it.each(['gb18030', 'utf8'])('writes and reads rare characters in %s', async (encoding) => {
  // Of names of people and villages: within and beyond the first 65,536, and those that GB18030 has moved.
  const rare = '𬭎㙍㐂䶮𠮷龴鿍〇ḿ€·—…“”😀';
  const bytes = await buffer(
    sheetStream(
      (async function* () {
        yield [rare, '2'];
      })(),
      encoding === 'utf8' ? 'CSV' : 'GB18030',
      [10, 10],
    ),
  );

  expect(await readSheetRows(bytes, 10)).toEqual([[rare, '2']]);
});

it('reads what it writes, formulas as the text they are', async () => {
  const rows = [
    ['收货人', '说明'],
    ['=HYPERLINK("http://a")', '+1'],
    ['"引号", 逗号', '-2'],
  ];
  const guarded = rows.map((row) => row.map(guardedCell));

  expect(await readSheetRows(csvFile(rows), 10)).toEqual(expect.arrayContaining(guarded));
  expect(await readSheetRows(await xlsxFile(rows, [10, 10]), 10)).toEqual(guarded);
  expect(guarded[1]).toEqual(['\'=HYPERLINK("http://a")', "'+1"]);
});

it.each<[string, () => Buffer | string, string]>([
  ['nothing', () => '', 'EMPTY'],
  ['blanks alone', () => ',,\n,,\n', 'EMPTY'],
  ['more bytes than may be', () => 'a'.repeat(SHEET_BYTES_MAX + 1), 'TOO_LARGE'],
  ['one cell longer than may be', () => `a,${'b'.repeat(CELL_LENGTH_MAX + 1)}`, 'TOO_LARGE'],
  ['more rows than may be', () => 'a\n'.repeat(11), 'TOO_MANY_ROWS'],
  ['a quotation mark that is never closed', () => 'a,"b\nc', 'UNREADABLE'],
  ['bytes of no text', () => Buffer.from([0x89, 0x50, 0x00, 0xff, 0xff]), 'UNKNOWN_ENCODING'],
  ['an Excel of before 2007', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'OLD_EXCEL'],
  ['a zip that breaks off', () => workbook('').subarray(0, 100), 'UNREADABLE'],
  ['a zip that is no workbook', () => Buffer.from(zipSync({ 'a.txt': Buffer.from('a') })), 'UNREADABLE'],
  [
    'more rows than may be in a workbook',
    () => workbook(`<row r="20000">${cell('A20000', 'a')}</row>`),
    'TOO_MANY_ROWS',
  ],
  ['a cell at the end of the world', () => workbook(`<row r="1">${cell('XFD1', 'a')}</row>`), 'TOO_LARGE'],
  [
    'a workbook that unpacks to more than may be',
    () => Buffer.from(zipSync({ ...parts(''), 'xl/sharedStrings.xml': Buffer.alloc(40_000_000, 'a') })),
    'TOO_LARGE',
  ],
  [
    'one of a thousand parts',
    () =>
      Buffer.from(
        zipSync(Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`${n}`, Buffer.alloc(0)]))),
      ),
    'TOO_LARGE',
  ],
  [
    'entities that grow',
    () =>
      workbook('').length > 0
        ? Buffer.from(
            zipSync({
              ...parts(''),
              'xl/sharedStrings.xml': Buffer.from('<!DOCTYPE a [<!ENTITY b "bbb">]><sst/>'),
            }),
          )
        : '',
    'UNREADABLE',
  ],
])('refuses %s', async (_, bytes, fault) => {
  expect(await read(bytes() as Buffer)).toBe(fault);
});

it('does not believe what a zip says of its sizes', async () => {
  const bytes = Buffer.from(zipSync({ ...parts(''), 'xl/styles.xml': Buffer.alloc(40_000_000, 'a') }));
  // In the central directory it calls itself ten bytes long.
  for (let at = 0; at < bytes.length - 46; at += 1) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) continue;
    const name = bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    if (name === 'xl/styles.xml') bytes.writeUInt32LE(10, at + 24);
  }

  expect(await readSheetRows(bytes, 10)).toBe('UNREADABLE');
});

it.each(SHEET_FORMATS)(
  'streams a %s that it reads, thousands of rows as well as rare characters and formulas',
  async (format) => {
    const rows = [
      ['收货人', '说明', '数量'],
      ['㐂😀 <&> "x"', '=1+1', ''],
      ...Array.from({ length: 999 }, (_, no) => [`${no}`, '桃', '5']),
    ];
    const all = (async function* () {
      yield* rows;
    })();

    const bytes = await buffer(sheetStream(all, format, [10, 20, 10]));

    expect(await readSheetRows(bytes, 2_000)).toEqual(rows.map((row) => row.map(guardedCell)));
  },
);

it('reads long lists stretch by stretch, and cuts no character in two', async () => {
  // Three and four bytes each, so that a stretch ends within one of them.
  const rows = Array.from({ length: 3_000 }, (_, no) => [`a${no}`, '桃😀'.repeat(20)]);

  expect(await readSheetRows(csvFile(rows), 4_000)).toEqual(rows);
});

it('takes as large a table as somebody allows', async () => {
  const bytes = Buffer.from(`a,${'b'.repeat(CELL_LENGTH_MAX + 1)}`);
  const limits = { bytesMax: 2_000, unpackedBytesMax: 10_000, cellLengthMax: 1_001 };

  expect(await readSheetRows(bytes, 10, limits)).toHaveLength(1);
  expect(await readSheetRows(Buffer.alloc(2_001, 'a'), 10, limits)).toBe('TOO_LARGE');
  expect(
    await readSheetRows(workbook(`<row r="1">${cell('A1', 'a'.repeat(20_000))}</row>`), 10, limits),
  ).toBe('TOO_LARGE');
});
