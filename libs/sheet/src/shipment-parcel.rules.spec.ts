import { type LeftUnits, type SentParcel, wantedParcels } from './shipment-parcel.rules.js';
import { CellReading } from './sheet-cell.rules.js';

const LINES: readonly LeftUnits[] = [
  { orderLineId: 'a', left: 3 },
  { orderLineId: 'b', left: 1 },
];
const GONE: readonly SentParcel[] = [
  { carrier: '顺丰速运', trackingNo: 'SF00', lines: [{ orderLineId: 'a', quantity: 2 }] },
];

/** `carrier number line units`, a row each; what is wanted as `number line×units …`, `*` for all that is left. */
function wanted(rows: readonly string[], lines = LINES, sent: readonly SentParcel[] = []) {
  const reading = new CellReading();
  const parcels = wantedParcels(
    reading,
    rows.map((text, index) => {
      const [CARRIER = '', TRACKING_NO = '', LINE = '', UNITS = ''] = text.split(' ');
      const said = { CARRIER, TRACKING_NO, LINE, UNITS };
      const cells = Object.fromEntries(
        Object.entries(said).filter(([, cell]) => cell !== '' && cell !== '-'),
      );
      return { rowNo: index + 2, cells };
    }),
    lines,
    sent,
  );
  const told = parcels.map(({ trackingNo, lines: inside }) =>
    [trackingNo, ...(inside?.map((line) => `${line.orderLineId}×${line.quantity}`) ?? ['*'])].join(' '),
  );
  return [told, reading.faults.map(({ rowNo, column, code }) => `${rowNo} ${column} ${code}`)];
}

it.each<[string, string[], string[]]>([
  ['all that is left in one', ['SF SF01'], ['SF01 *']],
  ['a line each', ['SF SF01 a 3', 'SF SF02 b 1'], ['SF01 a×3', 'SF02 b×1']],
  ['lines of one number together', ['SF SF01 a 3', '顺丰 SF01 b'], ['SF01 a×3 b×1']],
  ['a line in several', ['SF SF01 a 1', 'SF SF02 a 2'], ['SF01 a×1', 'SF02 a×2']],
  ['what is left of a line after the others', ['SF SF01 a 2', 'SF SF02 a'], ['SF01 a×2', 'SF02 a×1']],
  ['the rest at last', ['SF SF01', 'SF SF02 a 2'], ['SF02 a×2', 'SF01 *']],
  ['the same number of two carriers', ['SF 1234 a 1', 'ZTO 1234 b'], ['1234 a×1', '1234 b×1']],
])('puts %s', (_, rows, parcels) => {
  expect(wanted(rows)).toEqual([parcels, []]);
});

it('takes units alone for the only line there is', () => {
  expect(wanted(['SF SF01 - 2'], LINES.slice(0, 1))).toEqual([['SF01 a×2'], []]);
});

it.each<[string, string[]]>([
  ['named', ['SF SF00 a 2', 'SF SF01']],
  ['named without units', ['SF SF00 a', 'SF SF01']],
  ['as a whole', ['SF SF00', 'SF SF01']],
])('finds done what has left, %s', (_, rows) => {
  expect(wanted(rows, [{ orderLineId: 'a', left: 1 }], GONE)).toEqual([['SF01 *'], []]);
});

it.each<[string, string[], string[]]>([
  ['no carrier', ['- SF01'], ['2 CARRIER REQUIRED']],
  ['a number that is none', ['SF ?'], ['2 TRACKING_NO INVALID']],
  ['a number that has lost digits', ['SF 1.2E+17'], ['2 TRACKING_NO DIGITS_LOST']],
  ['another order’s line', ['SF SF01 c 1'], ['2 LINE NOT_FOUND']],
  ['units of which line nobody has said', ['SF SF01 - 2'], ['2 LINE REQUIRED']],
  ['more than is left', ['SF SF01 a 4'], ['2 UNITS TOO_MANY']],
  ['more than is left together', ['SF SF01 a 2', 'SF SF02 a 2'], ['3 UNITS TOO_MANY']],
  ['a line twice in a parcel', ['SF SF01 a 1', 'SF SF01 a 1'], ['3 LINE REPEATED']],
  ['all that is left twice', ['SF SF01', 'SF SF02'], ['3 ORDER REPEATED']],
  ['all that is left beside a line of it', ['SF SF01', 'SF SF01 a 1'], ['3 ORDER REPEATED']],
  ['nothing that is left', ['SF SF01 a', 'SF SF02 b', 'SF SF03'], ['4 ORDER NOTHING_LEFT']],
  ['half units', ['SF SF01 a 1.5'], ['2 UNITS NUMBER']],
])('refuses %s', (_, rows, faults) => {
  expect(wanted(rows)[1]).toEqual(faults);
});

it('refuses other contents under a number that has left', () => {
  expect(wanted(['SF SF00 a 1'], LINES, GONE)).toEqual([[], ['2 TRACKING_NO PARCEL_EXISTS']]);
});
