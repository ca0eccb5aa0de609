import { Injectable } from '@nestjs/common';
import { MembershipReader } from '#libs/identity';
import { Clock, DAY_MS, type Message, NotFound, plus, present, refused } from '#libs/kernel';
import { merchantsOf } from '#platform/auth';
import { Database, type Tx } from '#platform/database';
import { Log } from '#platform/log';
import { SheetBytesService } from './sheet-bytes.service.js';
import { SheetDesks } from './sheet-desks.service.js';
import type { SheetImportId } from './sheet-import.entity.js';
import type { SheetImportRecord } from './sheet-import-record.rules.js';
import { type DoneEntry, type EntryToDo, SheetImportRepository } from './sheet-import.repository.js';
import { ATTEMPTS_MAX, KEEP_DAYS, LEASE_MS, saidOf } from './sheet-import.rules.js';
import { type LookedEntry, SHEET_PERMISSIONS, type SheetAsker, type SheetFault } from './sheet-kind.rules.js';

/** Small enough to end long before the lease does, and for the bar to move. */
const ENTRIES_AT_ONCE = 100;
/** Entries that are done beside each other: as many connections are left to others. */
const LANES = 4;

type Outcome = Omit<DoneEntry, 'entryNo'> | { readonly faults: readonly SheetFault[] } | 'LATER';

const NO_LONGER: Message = {
  zh: '确认导入的人已不能为该商家办理，请由有权限的人重新上传',
  en: 'Whoever said yes may no longer do this for the merchant; somebody who may brings it again.',
};
const GONE: Message = {
  zh: '没有找到，可能已被删除或不属于本商家，请核对编号',
  en: 'It is not there, or is not this merchant’s; look at its number.',
};
const GIVEN_UP: Message = {
  zh: '多次尝试未成功，请稍后重新上传该行，仍不成功请联系平台',
  en: 'It failed again and again; bring the row again later, and tell the platform if that does not help.',
};

/** Does what tables say, entry by entry, each in transactions of its own: whoever is killed in the middle is followed by another. */
@Injectable()
export class SheetRunService {
  constructor(
    private readonly database: Database,
    private readonly imports: SheetImportRepository,
    private readonly desks: SheetDesks,
    private readonly memberships: MembershipReader,
    private readonly bytes: SheetBytesService,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Some entries of the oldest import at which nobody is. 0 when there is none; any number of processes may call it at once. */
  async work(): Promise<number> {
    const now = this.clock.now();
    const job = await this.database.transaction((tx) => this.imports.take(tx, now, plus(now, LEASE_MS)));
    if (!job) return 0;
    const todo = await this.database.transaction((tx) => this.imports.toDo(tx, job.id, ENTRIES_AT_ONCE));
    if (await this.may(job)) await this.batch(job, todo);
    else
      await this.database.transaction(async (tx) => {
        for (const entry of todo)
          await this.imports.markRefused(tx, job.id, entry, saidOf(entry, 'NO_LONGER', NO_LONGER));
      });
    await this.database.transaction((tx) => this.rest(tx, job.id));
    return 1;
  }

  /** What old tables said is not kept beside what was done; returns how many imports. */
  async sweep(limit: number): Promise<number> {
    const at = this.clock.now();
    const old = await this.database.transaction(async (tx) => {
      const rows = await this.imports.lockOld(tx, plus(at, -KEEP_DAYS * DAY_MS), limit);
      for (const { id } of rows) await this.imports.forget(tx, id, at);
      return rows;
    });
    // If this process dies here, bytes lie there that nobody knows of.
    for (const { fileSha256 } of old) if (fileSha256 !== null) await this.bytes.letGo(fileSha256);
    return old.length;
  }

  /** By the register: a role that has ended since the yes does nothing more. */
  private async may({ merchantId, kind, confirmedBy }: SheetImportRecord): Promise<boolean> {
    if (confirmedBy === null) return false;
    const grants = await this.memberships.grantsOf(confirmedBy);
    return merchantsOf({ grants }, SHEET_PERMISSIONS[kind]).includes(merchantId);
  }

  private async batch(job: SheetImportRecord, todo: readonly EntryToDo[]): Promise<void> {
    const asker = { merchantId: job.merchantId, userId: present(job.confirmedBy, 'who said yes') };
    const looked = await this.looked(job, asker, todo);
    const waiting = [...todo];
    const done: DoneEntry[] = [];
    const lane = async () => {
      for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
        const outcome = await this.one(job, entry, looked.get(entry.entryNo));
        const { entryNo } = entry;
        if (outcome === 'LATER')
          await this.database.transaction((tx) => this.imports.countAttempt(tx, job.id, entryNo));
        else if ('effect' in outcome) done.push({ entryNo, ...outcome });
        else {
          const { faults } = outcome;
          const refusedEntry = entry;
          await this.database.transaction((tx) => this.imports.markRefused(tx, job.id, refusedEntry, faults));
        }
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    // What was done and is not noted when a process dies is done again, and found done.
    await this.database.transaction((tx) => this.imports.markDone(tx, job.id, done));
  }

  /** Once more by the rules, as things stand now. Where the look itself fails each entry is looked at alone, so that one does not hold up the others. */
  private async looked(
    { kind }: SheetImportRecord,
    asker: SheetAsker,
    todo: readonly EntryToDo[],
  ): Promise<Map<number, LookedEntry>> {
    const desk = this.desks.of(kind);
    try {
      return new Map((await desk.look(asker, todo)).map((look) => [look.entryNo, look]));
    } catch (error) {
      this.log.fault(error, 'Entries of an import could not be looked at together');
    }
    const found = new Map<number, LookedEntry>();
    for (const entry of todo) {
      try {
        for (const look of await desk.look(asker, [entry])) found.set(look.entryNo, look);
      } catch (error) {
        // Of ours: it is counted as an attempt below.
        this.log.fault(error, `Entry ${entry.entryNo} could not be looked at`);
      }
    }
    return found;
  }

  private async one(
    { id }: SheetImportRecord,
    entry: EntryToDo,
    look: LookedEntry | undefined,
  ): Promise<Outcome> {
    const later = () =>
      entry.attempts + 1 < ATTEMPTS_MAX
        ? ('LATER' as const)
        : { faults: saidOf(entry, 'GIVEN_UP', GIVEN_UP) };
    if (!look) return later();
    const { faults, effect, subjectId, act } = look;
    if (faults.length > 0) return { faults };
    if (act === null) return { effect, subjectId };
    try {
      const done = await act();
      return refused(done) ? { faults: saidOf(entry, done.code, done.message) } : done;
    } catch (error) {
      if (error instanceof NotFound) return { faults: saidOf(entry, 'NOT_FOUND', GONE) };
      // Of ours, not of the table's: it is tried again with the next batch, some times.
      this.log.fault(error, `Entry ${entry.entryNo} of ${id} failed`);
      return later();
    }
  }

  /** What comes next: the lease ends, and another batch or none follows. */
  private async rest(tx: Tx, id: SheetImportId): Promise<void> {
    const { state } = present(await this.imports.lock(tx, id), 'it was taken');
    const isOver = state === 'RUNNING' && !(await this.imports.isLeft(tx, id));
    await this.imports.release(tx, id, isOver ? this.clock.now() : null);
  }
}
