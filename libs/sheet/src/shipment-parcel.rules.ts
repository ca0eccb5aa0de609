import { type LineUnits, type Parcel, parcelOf } from '#libs/fulfillment';
import { listsBy, refused } from '#libs/kernel';
import type { CellReading } from './sheet-cell.rules.js';
import type { SheetRow } from './sheet-kind.rules.js';
import { carrierNamed } from './shipment-sheet.rules.js';

/** A parcel of the order that has left. */
export interface SentParcel {
  readonly carrier: string | null;
  readonly trackingNo: string | null;
  readonly lines: readonly LineUnits[];
}

/** A line of the order, with what of it has neither left nor been called off. */
export interface LeftUnits {
  readonly orderLineId: string;
  readonly left: number;
}

export interface WantedParcel extends Parcel {
  /** Where it stands first. */
  readonly row: SheetRow;
  /** Null for all that is left. */
  readonly lines: readonly LineUnits[] | null;
}

interface NamedUnits {
  readonly row: SheetRow;
  readonly orderLineId: string | null;
  /** Null for all that is left of the line. */
  readonly units: number | null;
}

const COLUMN_OF: Readonly<Record<string, string>> = { carrier: 'CARRIER', trackingNo: 'TRACKING_NO' };

const isWhole = ({ orderLineId, units }: NamedUnits) => orderLineId === null && units === null;

/** The parcel that a row is of; null where it cannot be read. */
function parcelIn(reading: CellReading, row: SheetRow): Parcel | null {
  reading.require(row, 'CARRIER');
  const carrier = carrierNamed(reading.text(row, 'CARRIER') ?? '');
  const trackingNo = reading.code(row, 'TRACKING_NO');
  const parcel = parcelOf({ carrier, trackingNo: trackingNo ?? '' });
  if (!refused(parcel)) return parcel;
  // What could not be read has been told already.
  const said: Readonly<Record<string, string | null>> = { carrier: carrier || null, trackingNo };
  for (const { path, message } of parcel.fields)
    if (said[path] !== null) reading.refuse(row, COLUMN_OF[path] ?? '', 'INVALID', message.zh, message.en);
  return null;
}

/**
 * Which parcels the rows of one order want that have not left: a row a line of a parcel, or one for all that is left. Rows of one number are one parcel. What has left with the
 * same contents is done; what there is too little of, or is named twice, is at fault.
 */
export function wantedParcels(
  reading: CellReading,
  rows: readonly SheetRow[],
  lines: readonly LeftUnits[],
  sent: readonly SentParcel[],
): WantedParcel[] {
  const read = rows.flatMap((row) => {
    const parcel = parcelIn(reading, row);
    return parcel ? [{ parcel, named: namedIn(reading, row, lines) }] : [];
  });
  const groups = [...listsBy(read, ({ parcel }) => `${parcel.trackingNo} ${parcel.carrier}`).values()];
  const rest = new Map(lines.map(({ orderLineId, left }) => [orderLineId, left]));
  const named: WantedParcel[] = [];
  const whole: WantedParcel[] = [];
  for (const group of groups) {
    const [first] = group;
    if (!first) continue;
    const { parcel } = first;
    const contents = group.map((each) => each.named);
    const { row } = first.named;
    const known = sent.find(
      ({ carrier, trackingNo }) => carrier === parcel.carrier && trackingNo === parcel.trackingNo,
    );
    if (known) refuseOther(reading, contents, known);
    else if (contents.some(isWhole)) {
      refuseBeside(reading, contents, whole[0]?.row ?? null);
      whole.push({ ...parcel, row, lines: null });
    } else named.push({ ...parcel, row, lines: taken(reading, contents, rest) });
  }
  const [last] = whole;
  if (last && [...rest.values()].every((left) => left <= 0))
    reading.refuse(
      last.row,
      'ORDER',
      'NOTHING_LEFT',
      '这个订单没有还要发的货了',
      'has nothing left that has to leave.',
    );
  return [...named, ...whole];
}

function namedIn(reading: CellReading, row: SheetRow, lines: readonly LeftUnits[]): NamedUnits {
  const units = reading.whole(row, 'UNITS', 1, 1_000_000);
  const said = reading.code(row, 'LINE');
  if (said !== null && !lines.some(({ orderLineId }) => orderLineId === said))
    reading.refuse(
      row,
      'LINE',
      'NOT_FOUND',
      '这个订单没有这一行货，请照导出的填写',
      'is no line of this order; write it as it was exported.',
    );
  const [only, another] = lines;
  if (said === null && units !== null && another)
    reading.refuse(
      row,
      'LINE',
      'REQUIRED',
      '这个订单有几行货，请写明是哪一行',
      'is missing: the order has several; say which one.',
    );
  const orderLineId = said ?? (units === null ? null : (only?.orderLineId ?? null));
  return { row, orderLineId, units };
}

/** A parcel that has left stays as it is. */
function refuseOther(reading: CellReading, contents: readonly NamedUnits[], { lines }: SentParcel): void {
  const [first] = contents;
  if (!first || contents.some(isWhole)) return;
  const isSame =
    contents.length === lines.length &&
    contents.every(({ orderLineId, units }) =>
      lines.some((line) => line.orderLineId === orderLineId && (units === null || units === line.quantity)),
    );
  if (!isSame)
    reading.refuse(
      first.row,
      'TRACKING_NO',
      'PARCEL_EXISTS',
      '该运单号的包裹已发出，里面是别的货；另一个包裹请用另一个运单号',
      'has left with other contents; another parcel has another number.',
    );
}

/** All that is left goes once, and in one row. */
function refuseBeside(reading: CellReading, contents: readonly NamedUnits[], earlier: SheetRow | null): void {
  const [first, ...more] = contents;
  const others = earlier && first ? [first, ...more] : more;
  const before = (earlier ?? first?.row)?.rowNo ?? 0;
  for (const { row } of others)
    reading.refuse(
      row,
      'ORDER',
      'REPEATED',
      `第 ${before} 行已有这个订单；分几个包裹的，请在“订单行”和“件数”里写明每个包裹装什么`,
      `stands in row ${before} already; where it goes in several parcels, say in Order line and Units what is in which.`,
    );
}

/** What is in the parcel, taken from what is left. */
function taken(
  reading: CellReading,
  contents: readonly NamedUnits[],
  rest: Map<string, number>,
): LineUnits[] {
  const seen = new Map<string, number>();
  return contents.flatMap(({ row, orderLineId, units }): LineUnits[] => {
    const left = orderLineId === null ? undefined : rest.get(orderLineId);
    if (orderLineId === null || left === undefined) return [];
    const before = seen.get(orderLineId);
    if (before !== undefined) {
      reading.refuse(
        row,
        'LINE',
        'REPEATED',
        `第 ${before} 行已写了这个包裹里的这一行货，请加在一起`,
        `stands in row ${before} of this parcel already; add them up.`,
      );
      return [];
    }
    seen.set(orderLineId, row.rowNo);
    const quantity = units ?? left;
    if (left < 1 || quantity > left) {
      const most = Math.max(0, left);
      reading.refuse(
        row,
        'UNITS',
        'TOO_MANY',
        `这一行货只剩 ${most} 件没发`,
        `is more than the ${most} units that have not left.`,
      );
      return [];
    }
    rest.set(orderLineId, left - quantity);
    return [{ orderLineId, quantity }];
  });
}
