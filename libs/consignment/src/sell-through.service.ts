import { Injectable } from '@nestjs/common';
import { VariantReader } from '#libs/catalog';
import { PlaceReader } from '#libs/channel';
import { AuditService } from '#libs/identity';
import { Clock, type Fen, type IdOf, InvalidInputError, NotFound, businessDay, newId } from '#libs/kernel';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { readSheetRows } from '#platform/sheets';
import type { SellThrough, SellThroughId, SellThroughLine, SellThroughRow } from './sell-through.entity.js';
import { SellThroughFaultyError } from './sell-through.errors.js';
import { SellThroughRepository } from './sell-through.repository.js';
import {
  type ReadLine,
  SELL_THROUGH_LIMITS,
  SELL_THROUGH_ROWS_MAX,
  type SellThroughColumn,
  type SellThroughFileFault,
  type SheetLine,
  isMonthOpenFor,
  linesHash,
  linesIn,
  placesByWord,
  readLine,
} from './sell-through.rules.js';

export interface SellThroughFile {
  readonly operatorId: string;
  /** YYYY-MM-01 */
  readonly month: string;
  readonly fileName: string;
  readonly bytes: Buffer;
}

export interface SellThroughActor {
  readonly userId: IdOf<'usr'>;
  readonly merchantIds: readonly string[];
}

export interface RefusedFile {
  readonly fault: SellThroughFileFault;
  readonly missing: readonly SellThroughColumn[];
}

const REASON_LENGTH_MAX = 300;

/** A title or two above the head, and some blank rows below. */
const ROWS_BESIDE_MAX = 50;

/** Sellers' codes and our ids. */
const CODE = /^[\x21-\x7e]{1,40}$/;

/** The operator's side: a month's file is checked without counting anything, and taken once somebody has confirmed what it says. */
@Injectable()
export class SellThroughService {
  constructor(
    private readonly database: Database,
    private readonly files: SellThroughRepository,
    private readonly places: PlaceReader,
    private readonly variants: VariantReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** A dry run. The same list of a month again is the same file; another one takes the place of what was only checked. */
  async check(
    file: SellThroughFile,
    by: SellThroughActor,
  ): Promise<SellThroughId | RefusedFile | InvalidInputError> {
    if (!by.merchantIds.includes(file.operatorId)) throw new NotFound('Merchant', file.operatorId);
    const today = businessDay(this.clock.now());
    if (!isMonthOpenFor(file.month, today)) return new InvalidInputError([noMonth]);
    const sheet = await readSheetRows(
      file.bytes,
      SELL_THROUGH_ROWS_MAX + ROWS_BESIDE_MAX,
      SELL_THROUGH_LIMITS,
    );
    if (typeof sheet === 'string') return { fault: sheet, missing: [] };
    const lines = linesIn(sheet);
    if ('missing' in lines) return { fault: 'COLUMNS_MISSING', missing: lines.missing };
    if (lines.length === 0) return { fault: 'NO_ROWS', missing: [] };
    if (lines.length > SELL_THROUGH_ROWS_MAX) return { fault: 'TOO_MANY_ROWS', missing: [] };
    const read = await this.read(file, lines, today);
    const contentHash = linesHash(lines);
    try {
      return await this.database.transaction((tx) => this.keep(tx, file, contentHash, read, by));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // Another file of the month at the same time: begin again, and see it.
      return this.database.transaction((tx) => this.keep(tx, file, contentHash, read, by));
    }
  }

  /** From now on it is taken, row by row. Confirmed again, nothing happens. A month that is closed is corrected with a reason. */
  confirm(
    id: string,
    reason: string,
    isAfterClose: boolean,
    by: SellThroughActor,
  ): Promise<SellThroughId | InvalidInputError | SellThroughFaultyError> {
    return this.database.transaction(async (tx) => {
      const file = await this.files.lock(tx, id, by.merchantIds);
      if (!file) throw new NotFound('SellThrough', id);
      if (file.state !== 'CHECKED') return file.id;
      if (file.faultyCount > 0) return new SellThroughFaultyError(file.faultyCount);
      const said = reason.trim();
      const length = Array.from(said).length;
      if (length > REASON_LENGTH_MAX || (isAfterClose && length < 2))
        return new InvalidInputError([isAfterClose ? noReason : longReason]);
      await this.files.update(tx, file.id, {
        state: 'CONFIRMED',
        reason: said,
        confirmedBy: by.userId,
        confirmedAt: this.clock.now(),
      });
      await this.audit.record(tx, {
        actorId: by.userId,
        act: 'sell_through.confirmed',
        subject: file.id,
        detail: { operatorId: file.operatorId, month: file.month, isAfterClose, reason: said },
      });
      return file.id;
    });
  }

  /** Each row by itself, with what the registers say of everything it names. */
  private async read(
    { operatorId, month }: SellThroughFile,
    lines: readonly SheetLine[],
    today: string,
  ): Promise<{ line: SheetLine; read: ReturnType<typeof readLine> }[]> {
    // What could be no code is not looked for.
    const codes = [...new Set(lines.map(({ cells }) => cells.GOODS))].filter((code) => CODE.test(code));
    const [places, found] = await Promise.all([
      this.places.onDaysOf(operatorId),
      this.variants.byCodes(codes),
    ]);
    const known = {
      month,
      today,
      placesOf: placesByWord(places),
      variantOf: new Map(found.map(({ code, variantId }) => [code, variantId as string])),
    };
    const seen = new Map<string, number>();
    for (const { cells } of lines) seen.set(cells.KEY, (seen.get(cells.KEY) ?? 0) + 1);
    return lines.map((line) => ({
      line,
      read: readLine(line.cells, known, (seen.get(line.cells.KEY) ?? 0) > 1),
    }));
  }

  private async keep(
    tx: Tx,
    { operatorId, month, fileName }: SellThroughFile,
    contentHash: Buffer,
    read: readonly { line: SheetLine; read: ReturnType<typeof readLine> }[],
    by: SellThroughActor,
  ): Promise<SellThroughId | RefusedFile> {
    const open = await this.files.lockOpen(tx, operatorId, month);
    if (open?.contentHash.equals(contentHash)) return open.id;
    if (open && open.state !== 'CHECKED') return { fault: 'BEING_TAKEN', missing: [] };
    if (open) await this.files.remove(tx, open.id);
    const id = newId('sth');
    const good = read.flatMap(({ read: one }) => ('rowKey' in one ? [one] : []));
    const told = await this.files.lines(
      tx,
      operatorId,
      month,
      good.map(({ rowKey }) => rowKey),
      false,
    );
    const byKey = new Map(told.map((line) => [line.rowKey, line]));
    const rows = read.map(({ line, read: one }) => rowOf(id, line, one, byKey));
    const count = (outcome: SellThroughRow['outcome']) =>
      rows.filter((row) => row.outcome === outcome).length;
    const file: SellThrough = {
      id,
      operatorId: operatorId as IdOf<'mer'>,
      month,
      openMonth: month,
      fileName,
      contentHash,
      state: 'CHECKED',
      rowCount: rows.length,
      faultyCount: count('FAULTY'),
      newCount: count('NEW'),
      changedCount: count('CHANGED'),
      amountFen: rows.reduce<Fen>((sum, { amountFen }) => sum + amountFen, 0n),
      reason: '',
      takenThrough: 0,
      createdBy: by.userId,
      createdAt: this.clock.now(),
      confirmedBy: null,
      confirmedAt: null,
      doneAt: null,
    };
    await this.files.insert(tx, file, rows);
    return id;
  }
}

/** The same sale, told in the same words? */
export function isSame(line: SellThroughLine, row: ReadLine): boolean {
  return (
    line.channelPointId === row.channelPointId &&
    line.variantId === row.variantId &&
    line.soldOn === row.soldOn &&
    line.quantity === row.quantity &&
    line.amountFen === row.amountFen
  );
}

function rowOf(
  sellThroughId: SellThroughId,
  { rowNo, cells }: SheetLine,
  read: ReturnType<typeof readLine>,
  told: ReadonlyMap<string, SellThroughLine>,
): SellThroughRow {
  const common = { sellThroughId, rowNo, cells };
  if (!('rowKey' in read))
    return {
      ...common,
      faults: read,
      outcome: 'FAULTY',
      rowKey: '',
      channelPointId: '',
      variantId: '',
      soldOn: null,
      quantity: 0,
      amountFen: 0n,
    };
  const before = told.get(read.rowKey);
  const outcome = !before ? 'NEW' : isSame(before, read) ? 'SAME' : 'CHANGED';
  return { ...common, ...read, faults: [], outcome };
}

const noMonth = {
  path: 'month',
  message: {
    zh: '月份须为本月或此前十一个月内',
    en: 'The month is this one or one of the eleven before it.',
  },
};
const noReason = {
  path: 'reason',
  message: {
    zh: `该月已结账，更正须说明原因（2 到 ${REASON_LENGTH_MAX} 字）`,
    en: `This month is closed; say why it is corrected, in 2 to ${REASON_LENGTH_MAX} characters.`,
  },
};
const longReason = {
  path: 'reason',
  message: { zh: `至多 ${REASON_LENGTH_MAX} 字`, en: `At most ${REASON_LENGTH_MAX} characters.` },
};
