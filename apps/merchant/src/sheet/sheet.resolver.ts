import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { NotFound, type Page, inLocale, pageRequest, refused } from '#libs/kernel';
import {
  SHEET_KEY_PARTS,
  SHEET_KINDS,
  SHEET_PERMISSIONS,
  SheetDesks,
  type SheetEffect,
  type SheetFault,
  SheetImportReader,
  type SheetImportRecord,
  SheetImportService,
  type SheetKind,
  type SheetPerson,
  type SheetProgress,
  type SheetReach,
  type SheetRowState,
  type SheetRowView,
} from '#libs/sheet';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { Throttled } from '#platform/throttle';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** Whoever may do it by hand may do it by a table. */
export function reachOf(actor: Actor): SheetReach {
  return Object.fromEntries(
    SHEET_KINDS.map((kind) => [kind, merchantsOf(actor, SHEET_PERMISSIONS[kind])]),
  ) as unknown as SheetReach;
}

const personOf = (actor: Actor): SheetPerson => ({ userId: actor.userId, reach: reachOf(actor) });

@Resolver('SheetImport')
export class SheetImportResolver {
  constructor(
    private readonly service: SheetImportService,
    private readonly reader: SheetImportReader,
    private readonly desks: SheetDesks,
  ) {}

  @Query()
  @Allow('SHEETS')
  sheetKinds(
    @CurrentActor() actor: Actor,
    @Args('merchantId') merchantId: string,
    @Context() { locale }: GraphqlContext,
  ) {
    return this.kindsOf(actor, merchantId).map((kind) => ({
      kind,
      columns: this.desks
        .of(kind)
        .columns.filter(({ isTold }) => !isTold)
        .map(({ key, name, hint, isNeeded }) => ({
          key,
          name: inLocale(name, locale),
          hint: inLocale(hint, locale),
          isNeeded: isNeeded ?? false,
        })),
    }));
  }

  @Query()
  @Allow('SHEETS')
  sheetImport(@CurrentActor() actor: Actor, @Args('id') id: string): Promise<SheetImportRecord | null> {
    return this.reader.byIdFor(id, reachOf(actor));
  }

  @Query()
  @Allow('SHEETS')
  sheetImports(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, first, after }: PageArgs & { readonly merchantId: string },
  ): Promise<Page<SheetImportRecord>> {
    const page = orThrow(pageRequest(first, after, SHEET_KEY_PARTS));
    return this.reader.page(merchantId, this.kindsOf(actor, merchantId), page);
  }

  @Query()
  @Allow('SHEETS')
  async sheetImportRows(
    @CurrentActor() actor: Actor,
    @Args()
    {
      importId,
      isFailedOnly,
      first,
      after,
    }: PageArgs & { readonly importId: string; readonly isFailedOnly?: boolean | null },
  ) {
    const page = orThrow(pageRequest(first, after, SHEET_KEY_PARTS));
    const { id, kind } = await this.found(importId, actor);
    const { nodes, pageInfo } = await this.reader.rows(id, isFailedOnly ?? false, page);
    return { nodes: nodes.map((row) => ({ ...row, kind })), pageInfo };
  }

  @Mutation()
  @Allow('SHEETS')
  @Throttled('COSTLY')
  async sheetImportCheck(@CurrentActor() actor: Actor, @Args('importId') importId: string) {
    const checked = await this.service.check(personOf(actor), importId);
    return refused(checked) ? checked : { sheetImport: await this.found(checked, actor) };
  }

  @Mutation()
  @Allow('SHEETS')
  async sheetImportConfirm(@CurrentActor() actor: Actor, @Args('importId') importId: string) {
    const confirmed = await this.service.confirm(personOf(actor), importId);
    return refused(confirmed) ? confirmed : { sheetImport: await this.found(confirmed, actor) };
  }

  @Mutation()
  @Allow('SHEETS')
  async sheetImportStop(@CurrentActor() actor: Actor, @Args('importId') importId: string) {
    const stopped = await this.service.stop(personOf(actor), importId);
    return refused(stopped) ? stopped : { sheetImport: await this.found(stopped, actor) };
  }

  @Mutation()
  @Allow('SHEETS')
  async sheetImportDiscard(@CurrentActor() actor: Actor, @Args('importId') importId: string) {
    const discarded = await this.service.discard(personOf(actor), importId);
    return refused(discarded) ? discarded : { sheetImport: await this.found(discarded, actor) };
  }

  @ResolveField()
  async progress(@Parent() { id }: SheetImportRecord, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    const rows = await loaders
      .listOf(
        'SheetImport.progress',
        (ids) => reader.progressOf(ids),
        ({ importId }: SheetProgress) => importId,
      )
      .load(id);
    const sum = (isMeant: (row: SheetProgress) => boolean) =>
      rows.filter(isMeant).reduce((total, row) => total + row.rows, 0);
    const of = (state: SheetRowState) => sum((row) => row.state === state);
    const does = (effect: SheetEffect) =>
      sum((row) => row.effect === effect && ['WAITING', 'DONE'].includes(row.state));
    return {
      faulty: of('FAULTY'),
      waiting: of('WAITING'),
      done: of('DONE'),
      refused: of('REFUSED'),
      creating: does('CREATE'),
      changing: does('CHANGE'),
      forReview: does('REVIEW'),
      unchanged: does('NOTHING'),
    };
  }

  private kindsOf(actor: Actor, merchantId: string): SheetKind[] {
    const reach = reachOf(actor);
    const kinds = SHEET_KINDS.filter((kind) => reach[kind].includes(merchantId));
    if (kinds.length === 0) throw new NotFound('Merchant', merchantId);
    return kinds;
  }

  private async found(id: string, actor: Actor): Promise<SheetImportRecord> {
    const found = await this.reader.byIdFor(id, reachOf(actor));
    if (!found) throw new NotFound('SheetImport', id);
    return found;
  }
}

type RowNode = SheetRowView & { readonly kind: SheetKind };

@Resolver('SheetRow')
export class SheetRowResolver {
  constructor(private readonly desks: SheetDesks) {}

  @ResolveField()
  cells(@Parent() { kind, cells }: RowNode) {
    return this.desks
      .of(kind)
      .columns.flatMap(({ key }) => (cells[key] === undefined ? [] : [{ column: key, text: cells[key] }]));
  }
}

@Resolver('SheetRowFault')
export class SheetRowFaultResolver {
  @ResolveField()
  message(@Parent() { message }: SheetFault, @Context() { locale }: GraphqlContext): string {
    return inLocale(message, locale);
  }
}
