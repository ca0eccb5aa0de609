import { Injectable } from '@nestjs/common';
import { SheetDesks } from './sheet-desks.service.js';
import type { LookedEntry, SheetAsker, SheetKind, SheetRow } from './sheet-kind.rules.js';
import { type CheckedRow, checkedRows, entriesOf } from './sheet-table.rules.js';

/** Entries of one look: enough for few statements, few enough that a list of ids stays one. */
const ENTRIES_AT_ONCE = 1_000;

/** What would become of a table at this moment, by the rules by which it will be done. Changes nothing. */
@Injectable()
export class SheetLookService {
  constructor(private readonly desks: SheetDesks) {}

  async of(asker: SheetAsker, kind: SheetKind, rows: readonly SheetRow[]): Promise<CheckedRow[]> {
    const desk = this.desks.of(kind);
    const entries = entriesOf(rows, desk);
    const looked: LookedEntry[] = [];
    for (let at = 0; at < entries.length; at += ENTRIES_AT_ONCE)
      looked.push(...(await desk.look(asker, entries.slice(at, at + ENTRIES_AT_ONCE))));
    return checkedRows(entries, looked).toSorted((a, b) => a.rowNo - b.rowNo);
  }
}
