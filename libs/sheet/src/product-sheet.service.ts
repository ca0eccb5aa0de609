import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import {
  OwnProductReader,
  ProductService,
  ReferencePriceReader,
  VariantReader,
  refusePricing,
} from '#libs/catalog';
import { type DomainError, fen, present, refused } from '#libs/kernel';
import {
  type ListingContent,
  type ListingFinds,
  type ListingRow,
  type LooseListing,
  ProductListingReader,
  ProductListingService,
  UNDECIDED_MAX,
  differencesOf,
  placeListing,
} from '#libs/listing';
import {
  PRODUCT_COLUMNS,
  PRODUCT_EXAMPLES,
  type ProductWords,
  type SaidEntry,
  type WantedProduct,
  cellOf,
  productCells,
  productKey,
  readProduct,
  wantedProduct,
  withLivePrices,
} from './product-sheet.rules.js';
import { CellReading } from './sheet-cell.rules.js';
import type {
  LookedEntry,
  SheetAsker,
  SheetCells,
  SheetDesk,
  SheetDone,
  SheetEntry,
  SheetRow,
} from './sheet-kind.rules.js';
import { ProductWordReader } from './product-word.reader.js';
import { once } from './shared-act.rules.js';
import { doneOnceKey } from './sheet-table.rules.js';

/** Products of one reading of a file that is written. */
const PRODUCTS_AT_ONCE = 100;

type Finds = Omit<ListingFinds, 'variants'>;

/** An entry that was read, with what there is of what it names. */
interface ReadEntry {
  readonly entry: SheetEntry;
  readonly reading: CellReading;
  readonly said: SaidEntry;
  /** Of goods there are. */
  readonly productId: string | null;
  /** Under which new goods are begun once. */
  readonly key: string;
  readonly draft: ListingRow | null;
}

interface PriceChange {
  readonly variantId: string;
  readonly priceFen: bigint;
  readonly isHeld: boolean;
}

/** Prices of goods of which nothing else is said: they are set together. */
interface PricesTogether {
  readonly alike: PriceChange[];
  readonly setAll: () => Promise<boolean>;
}

const firstRow = ({ rows: [first] }: SheetEntry): SheetRow => present(first, 'an entry has rows');

/** Goods by a table: new ones become drafts, which want photos; prices of goods on sale hold at once within the band; whatever else changes waits for a reviewer, as ever. */
@Injectable()
export class ProductSheetService implements SheetDesk {
  readonly columns = PRODUCT_COLUMNS;
  readonly examples = PRODUCT_EXAMPLES;
  readonly keyOf = productKey;
  readonly isPersonal = false;

  constructor(
    private readonly words: ProductWordReader,
    private readonly ownProducts: OwnProductReader,
    private readonly variants: VariantReader,
    private readonly references: ReferencePriceReader,
    private readonly products: ProductService,
    private readonly listings: ProductListingReader,
    private readonly drafts: ProductListingService,
  ) {}

  async look(asker: SheetAsker, entries: readonly SheetEntry[]): Promise<LookedEntry[]> {
    const { words, finds } = await this.words.all();
    const read = await this.read(asker, entries, words);
    const productIds = read.flatMap(({ productId }) => productId ?? []);
    const [lives, open, undecided] = await Promise.all([
      this.listings.liveContents(productIds, asker.merchantId),
      this.listings.openOf(asker.merchantId, productIds),
      this.listings.undecidedOf(asker.merchantId),
    ]);
    const wanted = read.map((one) => {
      const live = one.productId === null ? null : (lives.get(one.productId) ?? null);
      return { one, live, wanted: wantedProduct(live ?? one.draft?.content ?? null, one.said) };
    });
    const changes = await this.priceChanges(wanted);
    let room = UNDECIDED_MAX - undecided;
    const alike: PriceChange[] = [];
    const together: PricesTogether = { alike, setAll: once(() => this.setAll(asker, alike)) };
    return wanted.map(({ one, live, wanted: want }, index): LookedEntry => {
      if (one.productId !== null) {
        if (live === null) return missing(one, 'PRODUCT_ID');
        return this.lookAtLive(
          asker,
          one,
          live,
          want,
          changes[index] ?? [],
          open.get(one.productId) ?? null,
          finds,
          together,
        );
      }
      const look = this.lookAtNew(asker, one, want, finds);
      if (look.effect === 'CREATE' && look.faults.length === 0) room -= 1;
      return room < 0 && look.effect === 'CREATE' ? tooMany(one) : look;
    });
  }

  async *told({ merchantId }: SheetAsker): AsyncGenerator<SheetCells> {
    const { names } = await this.words.all();
    for (let after: readonly string[] | null = null; ;) {
      const page = await this.ownProducts.page(merchantId, { first: PRODUCTS_AT_ONCE, after });
      const ids = page.nodes.map(({ id }) => id);
      const contents = await this.listings.liveContents(ids, merchantId);
      for (const id of ids) {
        const content = contents.get(id);
        if (content) yield* productCells(id, content, names);
      }
      const last = ids.at(-1);
      if (!page.pageInfo.hasNextPage || last === undefined) return;
      after = [last];
    }
  }

  private async read(
    { merchantId }: SheetAsker,
    entries: readonly SheetEntry[],
    words: ProductWords,
  ): Promise<ReadEntry[]> {
    const read = entries.map((entry) => {
      const reading = new CellReading();
      return { entry, reading, said: readProduct(reading, entry, words) };
    });
    const named = read.flatMap(({ said }) => said.variants.flatMap(({ variantId }) => idOf(variantId) ?? []));
    const owned = (await this.variants.byIds([...new Set(named)])).filter(
      (each) => each.merchantId === merchantId,
    );
    const productOf = new Map<string, string>(owned.map(({ id, productId }) => [id, productId]));
    const keyed = read.map(({ said, ...one }) => {
      const [byNumber] = one.entry.rows.flatMap((row) => one.reading.code(row, 'PRODUCT_ID') ?? []);
      const [variant] = said.variants.flatMap(({ variantId }) => variantId ?? []);
      // Whoever names a size that is not theirs is told so, and begins no new goods.
      const productId = byNumber ?? (variant === undefined ? null : (productOf.get(variant) ?? variant));
      return { ...one, said, productId, key: doneOnceKey('PRODUCT', merchantId, said.product.name ?? '') };
    });
    const fresh = keyed.filter(({ productId }) => productId === null);
    const begun = await this.listings.ofKeys(
      merchantId,
      fresh.map(({ key }) => key),
    );
    return keyed.map(({ productId, ...one }) => {
      const draft = productId === null ? (begun.get(one.key) ?? null) : null;
      // What was approved is on sale, and known by the name under which it was brought.
      return {
        ...one,
        draft,
        productId: idOf(productId) ?? productId ?? (draft?.state === 'APPROVED' ? draft.productId : null),
      };
    });
  }

  /** Of each entry the prices that would be others, and nothing else of the size; in one look at the band. */
  private async priceChanges(
    wanted: readonly { readonly live: ListingContent | null; readonly wanted: WantedProduct }[],
  ): Promise<PriceChange[][]> {
    const asked = wanted.map(({ live, wanted: { content } }) => {
      if (live === null) return [];
      const touched = new Set(
        differencesOf(live, withLivePrices(content, live)).flatMap(
          ({ path }) => /^variants\.(\w+)\./.exec(path)?.[1] ?? [],
        ),
      );
      return content.variants.flatMap(({ variantId, priceFen }) => {
        const before = live.variants.find((each) => each.variantId === variantId);
        if (variantId === null || priceFen === null || !before || before.priceFen === priceFen) return [];
        // A price for another weight is no price for this one: both go to the reviewer.
        if (touched.has(variantId)) return [];
        const netWeightG = before.netWeightG ?? 1;
        return {
          variantId,
          kindCode: live.kindCode,
          grade: before.grade ?? ('UNGRADED' as const),
          netWeightG,
          priceFen: fen(priceFen),
          live: { priceFen: fen(before.priceFen ?? '0'), netWeightG },
        };
      });
    });
    const held = await this.references.heldOf(asked.flat());
    let place = 0;
    return asked.map((own) =>
      own.map(({ variantId, priceFen }) => ({ variantId, priceFen, isHeld: held[place++] !== null })),
    );
  }

  private lookAtLive(
    asker: SheetAsker,
    { entry, reading, productId }: ReadEntry,
    live: ListingContent,
    want: WantedProduct,
    prices: readonly PriceChange[],
    open: ListingRow | null,
    finds: Finds,
    { alike, setAll }: PricesTogether,
  ): LookedEntry {
    const first = firstRow(entry);
    const { content } = want;
    for (const [place, { priceFen, netWeightG }] of content.variants.entries())
      for (const { message } of refusePricing({ priceFen: fen(priceFen ?? '0'), netWeightG: netWeightG ?? 1 })
        ?.fields ?? [])
        reading.refuse(want.places.get(place) ?? first, 'PRICE', 'PRICE', message.zh, message.en);
    const direct = prices.filter(({ isHeld }) => !isHeld);
    const texts = differencesOf(live, withLivePrices(content, live));
    const isForReview = texts.length > 0 || prices.some(({ isHeld }) => isHeld);
    const isHandedIn = open?.state === 'SUBMITTED' && differencesOf(open.content, content).length === 0;
    if (isForReview && !isHandedIn) {
      const variants = new Set(live.variants.flatMap(({ variantId }) => variantId ?? []));
      this.refusePlaced(reading, content, want, first, { ...finds, variants }, () => true);
      if (open)
        reading.refuse(
          first,
          '',
          'LISTING_OPEN',
          '该商品已有一份修改未办结，请先提交、撤回或等待审核',
          'has a change that is open already; hand it in, withdraw it, or wait for the reviewer.',
        );
    }
    const subjectId = productId;
    const isReviewed = isForReview && !isHandedIn;
    const effect = isReviewed ? 'REVIEW' : direct.length > 0 ? 'CHANGE' : 'NOTHING';
    const isPriceAlone = effect === 'CHANGE' && reading.faults.length === 0;
    if (isPriceAlone) alike.push(...direct);
    const act = async (): Promise<SheetDone | DomainError> =>
      isPriceAlone && (await setAll())
        ? { effect: 'CHANGE', subjectId }
        : this.change(asker, present(productId, 'goods there are'), direct, isReviewed ? content : null);
    return {
      entryNo: entry.entryNo,
      faults: reading.faults,
      effect,
      subjectId,
      act: effect === 'NOTHING' ? null : act,
    };
  }

  private lookAtNew(
    asker: SheetAsker,
    { entry, reading, key, draft }: ReadEntry,
    want: WantedProduct,
    finds: Finds,
  ): LookedEntry {
    const first = firstRow(entry);
    for (const row of entry.rows) reading.require(row, 'NAME', 'VARIANT', 'NET_WEIGHT', 'PRICE');
    const { content } = want;
    // A draft need not be complete; what is written in it is right.
    this.refusePlaced(
      reading,
      content,
      want,
      first,
      { ...finds, variants: new Set<string>() },
      (row, column) => (column === '' ? false : reading.text(row, column) !== null),
    );
    const { entryNo } = entry;
    const subjectId = draft?.id ?? null;
    const isSame = draft !== null && isDeepStrictEqual(draft.content, content);
    if (isSame && draft.state !== 'WITHDRAWN')
      return { entryNo, faults: reading.faults, effect: 'NOTHING', subjectId, act: null };
    if (draft?.state === 'SUBMITTED')
      reading.refuse(
        first,
        '',
        'LISTING_STATE',
        '同名商品正在审核，请先撤回或等待审核',
        'is being reviewed as it was; withdraw it, or wait.',
      );
    if (draft?.state === 'WITHDRAWN')
      reading.refuse(
        first,
        'NAME',
        'LISTING_STATE',
        '同名商品的草稿已撤回，请换一个名称，或在上架页新建',
        'was withdrawn under this name; give it another one, or begin it by hand.',
      );
    const loose = looseOf(content);
    const { merchantId, userId } = asker;
    const save = {
      merchantId,
      idempotencyKey: key,
      listingId: draft?.id ?? null,
      revision: draft?.revision ?? 0,
      content: loose,
    };
    const act = async (): Promise<SheetDone | DomainError> => {
      const saved = await this.drafts.saveDraft(save, { userId, merchantIds: [merchantId] });
      return refused(saved) ? saved : { effect: draft ? 'CHANGE' : 'CREATE', subjectId: saved };
    };
    return { entryNo, faults: reading.faults, effect: draft ? 'CHANGE' : 'CREATE', subjectId, act };
  }

  /** What one look has found is set with its first act, in one transaction. False where not all of it goes: then each is set alone, and whoever is to blame is told. */
  private async setAll({ merchantId, userId }: SheetAsker, prices: readonly PriceChange[]): Promise<boolean> {
    try {
      return !refused(await this.products.repriceAll(prices, { merchantIds: [merchantId], userId }));
    } catch {
      // Nothing was written; it is thrown again by the one that it is about.
      return false;
    }
  }

  /** Prices first: they hold at once, and what is handed in then differs in what is left. */
  private async change(
    { merchantId, userId }: SheetAsker,
    productId: string,
    prices: readonly PriceChange[],
    content: ListingContent | null,
  ): Promise<SheetDone | DomainError> {
    for (const { variantId, priceFen } of prices) {
      const set = await this.products.reprice(variantId, priceFen, { merchantIds: [merchantId], userId });
      if (refused(set)) return set;
    }
    if (content === null) return { effect: 'CHANGE', subjectId: productId };
    const author = { userId, merchantIds: [merchantId] };
    const idempotencyKey = doneOnceKey('PRODUCT_CHANGE', productId, JSON.stringify(content));
    const draft = { merchantId, productId, idempotencyKey, revision: 0, content: looseOf(content) };
    const saved = await this.drafts.saveDraft(draft, author);
    if (refused(saved)) return saved;
    const submitted = await this.drafts.submit(saved, 1, author);
    return refused(submitted) ? submitted : { effect: 'REVIEW', subjectId: saved };
  }

  private refusePlaced(
    reading: CellReading,
    content: ListingContent,
    want: WantedProduct,
    first: SheetRow,
    finds: ListingFinds,
    isMeant: (row: SheetRow, column: string) => boolean,
  ): void {
    const placed = placeListing(content, finds);
    if (!refused(placed)) return;
    for (const { path, message } of placed.fields) {
      const { row, column } = cellOf(path, want, first);
      const isTold = reading.faults.some((fault) => fault.rowNo === row.rowNo && fault.column === column);
      if (!isTold && isMeant(row, column)) reading.refuse(row, column, 'INVALID', message.zh, message.en);
    }
  }
}

/** Of other characters than ids have nothing is found, and nothing can be compared. */
function idOf(text: string | null): string | null {
  return text !== null && /^[\w]{1,40}$/.test(text) ? text : null;
}

function looseOf({ variants, ...content }: ListingContent): LooseListing {
  return {
    ...content,
    variants: variants.map(({ priceFen, ...variant }) => ({
      ...variant,
      priceFen: priceFen === null ? null : fen(priceFen),
    })),
  };
}

function missing({ entry, reading }: ReadEntry, column: string): LookedEntry {
  const row = firstRow(entry);
  const at = reading.code(row, column) === null ? 'VARIANT_ID' : column;
  reading.refuse(
    row,
    at,
    'NOT_FOUND',
    '本商家没有这个商品，请照导出的编号填写',
    'is none of this merchant’s goods; write its number as it was exported.',
  );
  return { entryNo: entry.entryNo, faults: reading.faults, effect: 'NOTHING', subjectId: null, act: null };
}

function tooMany({ entry, reading }: ReadEntry): LookedEntry {
  reading.refuse(
    firstRow(entry),
    '',
    'TOO_MANY',
    `至多同时有 ${UNDECIDED_MAX} 份未办结的商品，请先提交或撤回一些`,
    `At most ${UNDECIDED_MAX} listings are open at once; hand some in, or withdraw them, and bring this row again.`,
  );
  return { entryNo: entry.entryNo, faults: reading.faults, effect: 'CREATE', subjectId: null, act: null };
}
