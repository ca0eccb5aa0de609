import { Injectable } from '@nestjs/common';
import { DivisionReader } from '#libs/division';
import {
  type AgreementWish,
  HouseholdReader,
  LinkageAgreementReader,
  type LinkageAgreementRow,
  LinkageService,
  refuseAgreement,
} from '#libs/household';
import { type DomainError, isId, listsBy, present, refused } from '#libs/kernel';
import {
  HOUSEHOLD_COLUMNS,
  HOUSEHOLD_EXAMPLES,
  type LiveAgreement,
  agreementCell,
  agreementCells,
  householdKey,
  isHouseholdAlone,
  isSameAgreement,
  wishIn,
} from './household-sheet.rules.js';
import { CellReading } from './sheet-cell.rules.js';
import type {
  LookedEntry,
  SheetAsker,
  SheetCells,
  SheetDesk,
  SheetDone,
  SheetEntry,
} from './sheet-kind.rules.js';
import { doneOnceKey } from './sheet-table.rules.js';

/** Of one reading of a file that is written. */
const AT_ONCE = 100;

type Agreement = LinkageAgreementRow & LiveAgreement;

/** Agreements with households by a table, named by opaque numbers: drafts, which are signed with photos by hand. */
@Injectable()
export class HouseholdSheetService implements SheetDesk {
  readonly columns = HOUSEHOLD_COLUMNS;
  readonly examples = HOUSEHOLD_EXAMPLES;
  readonly keyOf = householdKey;
  readonly isPersonal = true;

  constructor(
    private readonly agreements: LinkageAgreementReader,
    private readonly households: HouseholdReader,
    private readonly linkage: LinkageService,
    private readonly divisions: DivisionReader,
  ) {}

  async look(asker: SheetAsker, entries: readonly SheetEntry[]): Promise<LookedEntry[]> {
    const { merchantId } = asker;
    const read = entries.map((entry) => {
      const reading = new CellReading();
      const id = reading.together(entry.rows, 'AGREEMENT_ID', (row) => reading.code(row, 'AGREEMENT_ID'));
      const name = reading.together(entry.rows, 'AGREEMENT', (row) => reading.text(row, 'AGREEMENT'));
      return { entry, reading, id, name, key: doneOnceKey('LINKAGE', merchantId, name ?? '') };
    });
    const known = await this.known(merchantId, {
      ids: read.flatMap(({ id }) => (id !== null && isId('lnk', id) ? [id] : [])),
      keys: read.flatMap(({ id, name, key }) => (id === null && name !== null ? [key] : [])),
    });
    const named = entries.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells['HOUSEHOLD_ID'] ?? []));
    const ids = [...new Set(named.filter((each) => isId('hhd', each)))];
    const introduced = await this.agreements.introduced(ids, merchantId);
    return read.map(({ entry, reading, id, name, key }): LookedEntry => {
      const { entryNo, rows } = entry;
      if (isHouseholdAlone(entry))
        return { entryNo, faults: [], effect: 'NOTHING', subjectId: null, act: null };
      const live = known.get(id ?? key) ?? null;
      const [first] = rows;
      if (first && id !== null && !live)
        reading.refuse(
          first,
          'AGREEMENT_ID',
          'NOT_FOUND',
          '本商家没有这份协议，请照导出的编号填写',
          'is none of this merchant’s agreements; write its number as it was exported.',
        );
      if (first && id === null && name === null) reading.require(first, 'AGREEMENT');
      const wish = wishIn(reading, entry, live);
      for (const row of rows) {
        const householdId = reading.code(row, 'HOUSEHOLD_ID');
        if (householdId !== null && !introduced.has(householdId))
          reading.refuse(
            row,
            'HOUSEHOLD_ID',
            'NOT_FOUND',
            '没有介绍给本商家的这一户，请照导出的编号填写，或请县里先介绍',
            'was not introduced to this merchant; write its number as it was exported, or ask the county.',
          );
      }
      if (wish) this.refuseWish(reading, entry, wish, key);
      const subjectId = live?.id ?? null;
      if (live && wish && isSameAgreement(live, wish))
        return { entryNo, faults: reading.faults, effect: 'NOTHING', subjectId, act: null };
      if (first && live && live.state !== 'DRAFT')
        reading.refuse(
          first,
          '',
          'LINKAGE_STATE',
          '该协议已签订，条款请在帮扶农户页修改，换人请另签一份',
          'is signed: its terms are amended by hand, and whoever joins does so by another one.',
        );
      const effect = live ? ('CHANGE' as const) : ('CREATE' as const);
      const act = () => this.write(asker, present(wish, 'a wish without fault'), key, live);
      return { entryNo, faults: reading.faults, effect, subjectId, act };
    });
  }

  /** Agreements with their households, then those with whom nothing is agreed yet. */
  async *told({ merchantId }: SheetAsker): AsyncGenerator<SheetCells> {
    const scope = { merchantIds: [merchantId] };
    const agreed = new Set<string>();
    for (let after: readonly string[] | null = null; ;) {
      const page = await this.agreements.page(scope, { first: AT_ONCE, after });
      const whole = await this.whole(page.nodes);
      const people = await this.people([
        ...new Set(whole.flatMap(({ households }) => households.map(({ householdId }) => householdId))),
      ]);
      for (const agreement of whole) {
        const cells = agreementCells(agreement.id, agreement);
        for (const { householdId, weight } of agreement.households) {
          agreed.add(householdId);
          yield { ...cells, HOUSEHOLD_ID: householdId, WEIGHT: String(weight), ...people.get(householdId) };
        }
      }
      const last = page.nodes.at(-1);
      if (!page.pageInfo.hasNextPage || !last) break;
      after = [last.id];
    }
    for (let after: readonly string[] | null = null; ;) {
      const page = await this.households.page(scope, { first: AT_ONCE, after });
      const left = page.nodes.map(({ id }) => id).filter((id) => !agreed.has(id));
      const people = await this.people(left);
      for (const id of left) yield { HOUSEHOLD_ID: id, ...people.get(id) };
      const last = page.nodes.at(-1);
      if (!page.pageInfo.hasNextPage || !last) return;
      after = [last.id];
    }
  }

  /** By number, and by the key under which a table has begun them. */
  private async known(
    merchantId: string,
    named: { readonly ids: readonly string[]; readonly keys: readonly string[] },
  ): Promise<Map<string, Agreement>> {
    const rows = await this.agreements.ofMerchant(merchantId, named);
    const keyOf = new Map(rows.map(({ id, idempotencyKey }) => [id as string, idempotencyKey]));
    const whole = await this.whole(rows);
    return new Map(
      whole.flatMap((agreement) => {
        const key = keyOf.get(agreement.id) ?? null;
        const entries: [string, Agreement][] = [[agreement.id, agreement]];
        return key === null ? entries : [...entries, [key, agreement]];
      }),
    );
  }

  /** With what they state last, and whom they name. */
  private async whole(rows: readonly LinkageAgreementRow[]): Promise<Agreement[]> {
    const ids = rows.map(({ id }) => id);
    const [terms, households] = await Promise.all([
      this.agreements.termsOf(ids),
      this.agreements.householdsOf(ids),
    ]);
    // The oldest edition first, so the last one stays.
    const termOf = new Map(terms.map((term) => [term.agreementId as string, term]));
    const linked = listsBy(households, ({ agreementId }) => agreementId as string);
    return rows.map((row) => {
      const last = termOf.get(row.id);
      const { unitFen = null, statedYearFen = null, shareBps = null, note = '' } = last ?? {};
      return {
        ...row,
        terms: { unitFen, statedYearFen, shareBps, note },
        households: linked.get(row.id) ?? [],
      };
    });
  }

  private refuseWish(reading: CellReading, { rows }: SheetEntry, wish: AgreementWish, key: string): void {
    for (const { path, message } of refuseAgreement(wish, key)?.fields ?? []) {
      const { row, column } = agreementCell(path, rows);
      if (row) reading.refuse(row, column, 'INVALID', message.zh, message.en);
    }
  }

  private async write(
    { merchantId, userId }: SheetAsker,
    wish: AgreementWish,
    idempotencyKey: string,
    live: Agreement | null,
  ): Promise<SheetDone | DomainError> {
    const actor = { userId, merchantIds: [merchantId] };
    const written = live
      ? await this.linkage.redraft({ ...wish, agreementId: live.id, revision: live.revision }, actor)
      : await this.linkage.draft({ ...wish, merchantId, idempotencyKey }, actor);
    return refused(written) ? written : { effect: live ? 'CHANGE' : 'CREATE', subjectId: written };
  }

  /** Masked, as merchants see them. */
  private async people(ids: readonly string[]): Promise<Map<string, SheetCells>> {
    const rows = await this.households.byIds(ids);
    const villages = await this.divisions.byCodes([...new Set(rows.map(({ villageCode }) => villageCode))]);
    const nameOf = new Map(villages.map(({ code, name }) => [code, name]));
    return new Map(
      rows.map(({ id, headName, villageCode }) => [
        id,
        { HEAD: headName, VILLAGE: nameOf.get(villageCode) ?? '' },
      ]),
    );
  }
}
