import { businessDay, present } from '#libs/kernel';
import { parseCsv } from '../data/csv.js';
import { readDataFile } from '../seed/table-load.js';
import { CAST } from './cast.js';
import type { Doors, Player } from './doors.js';
import { picture } from './pictures.js';
import { DELIVERIES, HOST, OFFERS, PAVILION, PURCHASES, SHOPS, SOLD, WRONG } from './places-cast.js';

const REFUSED = '__typename ... on DomainError { code message }';
const PLACE = 'query ($id: ID!) { place(id: $id) { revision operatorId } }';
const ENTRUST = `mutation ($input: PlaceEntrustInput!) { placeEntrust(input: $input) { ${REFUSED} } }`;
const CONTRACTS = 'query ($hostId: ID!) { zoneContracts(merchantId: $hostId, first: 1) { nodes { id } } }';
const CONTRACT_PROPOSE = `mutation ($input: ZoneContractProposeInput!) {
  zoneContractPropose(input: $input) { ${REFUSED} ... on ZoneContractProposePayload { contract { id } } } }`;
const CONTRACT_DECIDE = `mutation ($id: ID!) {
  zoneContractDecide(contractId: $id, verdict: AGREED, reason: "门店、分成和期限都核对过，同意") { ${REFUSED} } }`;
const SHOPS_ADD = `mutation ($id: ID!, $placeIds: [ID!]!) { zoneContractShopsAdd(contractId: $id, placeIds: $placeIds) { ${REFUSED} } }`;
const OFFERED = `query ($hostId: ID!) {
  rangeOffers(merchantId: $hostId, side: OPERATOR, first: 100) { nodes { id placeId productId state } } }`;
const PROPOSE = `mutation ($placeId: ID!, $productIds: [ID!]!) { rangePropose(placeId: $placeId, productIds: $productIds) { ${REFUSED} } }`;
const DECIDE = `mutation ($id: ID!, $act: RangeAct!, $reason: String) { rangeDecide(offerId: $id, act: $act, reason: $reason) { ${REFUSED} } }`;
const DRAFT = `mutation ($input: StockTransferInput!) {
  stockTransferDraft(input: $input) { ${REFUSED} ... on StockTransferDraftPayload { transfer { id } } } }`;
const SEND = `mutation ($id: ID!) { stockTransferSend(transferId: $id) { ${REFUSED} } }`;
const RECEIVE = `mutation ($id: ID!, $lines: [StockLineInput!]!, $causeKey: ID!) {
  stockTransferReceive(transferId: $id, lines: $lines, causeKey: $causeKey) { ${REFUSED} } }`;
const THRESHOLD = `mutation ($merchantId: ID!, $variantId: ID!, $placeId: ID!, $units: Int!) {
  stockThresholdSet(merchantId: $merchantId, variantId: $variantId, channelPointId: $placeId, units: $units) { ${REFUSED} } }`;
const BUY = `mutation ($input: OfftakeTellInput!) {
  offtakeTell(input: $input) { ${REFUSED} ... on OfftakeTellPayload { offtake { id state } } } }`;
const CONFIRM = `mutation ($id: ID!) { offtakeDecide(offtakeId: $id, act: CONFIRMED) { ${REFUSED} } }`;
const FILES = 'query ($hostId: ID!) { sellThroughs(merchantId: $hostId) { nodes { id month fileName } } }';
const FILE = 'query ($id: ID!) { sellThrough(id: $id) { state isAfterClose } }';
const TAKE = `mutation ($id: ID!, $reason: String!) { sellThroughConfirm(sellThroughId: $id, reason: $reason) { ${REFUSED} } }`;

interface Offer {
  readonly id: string;
  readonly placeId: string;
  readonly productId: string;
  readonly state: string;
}

const rowsBy = (file: string, key: string) =>
  new Map(parseCsv(readDataFile(file)).map((row) => [row[key] ?? '', row]));

/** What a host of zones has done before anybody comes to look: its shops under one contract, what they carry of others' goods, what was sold of it, and what it has bought outright. */
export class Places {
  private readonly merchants = rowsBy('merchants.csv', 'key');
  private readonly points = rowsBy('channel-points.csv', 'key');
  private readonly variants = rowsBy('product-variants.csv', 'sku');
  private readonly stock = rowsBy('stock-levels.csv', 'variantId');

  constructor(
    private readonly doors: Doors,
    private readonly now: Date,
  ) {}

  /** Until the sales of last month are being taken. */
  async open(): Promise<void> {
    for (const key of [PAVILION, ...SHOPS]) await this.entrust(key);
    await this.contract();
    await this.range();
    for (const delivery of DELIVERIES) await this.deliver(delivery);
    for (const purchase of PURCHASES) await this.buy(purchase);
    await this.take(await this.bring(-1, '湘禾收银台', SOLD));
  }

  /** A typing error of last month is put right; this month's table waits, with a row that is wrong. */
  async goOn(): Promise<void> {
    const { day } = this.month(-1);
    const first = await this.bring(-1, '湘禾收银台', SOLD);
    await this.doors.until(
      `what was sold in ${day} is taken`,
      async () => (await this.file(first)).state === 'DONE',
    );
    const mended = SOLD.map((row) => ({ ...row, units: row.mended ?? row.units }));
    await this.take(await this.bring(-1, '湘禾收银台（更正）', mended));
    await this.bring(0, '湘禾收银台', WRONG);
  }

  private get host(): Player {
    return this.ownerOf(HOST);
  }

  private ownerOf(key: string): Player {
    return this.doors.player(present(this.merchants.get(key)?.['contactPhone'], key));
  }

  private merchantId(key: string): string {
    return present(this.merchants.get(key)?.['id'], key);
  }

  private placeId(key: string): string {
    return present(this.points.get(key)?.['id'], key);
  }

  private variantId(sku: string): string {
    return present(this.variants.get(sku)?.['id'], sku);
  }

  private productId(sku: string): string {
    return present(this.variants.get(sku)?.['productId'], sku);
  }

  /** The city says who runs a place that came into the book as it stood. */
  private async entrust(key: string): Promise<void> {
    const office = this.doors.player(CAST.office);
    const id = this.placeId(key);
    const place = await this.doors.ask<{ revision: number; operatorId: string | null }>(
      'settlement',
      office,
      PLACE,
      {
        id,
      },
    );
    const { revision, operatorId } = present(place, key);
    if (operatorId !== null) return;
    const input = {
      placeId: id,
      revision,
      operatorId: this.merchantId(HOST),
      reason: '按与湘禾超市的协议，由其运营',
    };
    await this.doors.ask('settlement', office, ENTRUST, { input });
  }

  private async contract(): Promise<void> {
    const hostId = this.merchantId(HOST);
    const known = await this.doors.ask<{ nodes: { id: string }[] }>('merchant', this.host, CONTRACTS, {
      hostId,
    });
    const id = known?.nodes[0]?.id ?? (await this.propose(hostId));
    await this.doors.ask('settlement', this.doors.player(CAST.office), CONTRACT_DECIDE, { id }, [
      'ZONE_CONTRACT_STATE',
    ]);
    const placeIds = SHOPS.map((key) => this.placeId(key));
    await this.doors.ask('merchant', this.host, SHOPS_ADD, { id, placeIds });
  }

  private async propose(hostId: string): Promise<string> {
    const year = this.now.getUTCFullYear();
    const paper = await picture('WAYBILL', 'zone-contract');
    const contract = {
      divisionCode: '430200',
      number: `株湘禾专区〔${year}〕1号`,
      // Last month may have been another year's.
      validFrom: `${year - 1}-01-01`,
      validTo: `${year + 1}-12-31`,
      operatorBps: 800,
      terms: '每店不少于两组货架，放在入口看得见的地方；每月五日前报上月销售。',
      fileIds: [await this.doors.file(this.host, paper, '湘禾专区合同.jpg')],
    };
    const made = await this.doors.ask<{ contract: { id: string } }>('merchant', this.host, CONTRACT_PROPOSE, {
      input: { hostId, idempotencyKey: 'demo:zone-contract', contract },
    });
    return present(made, 'a contract').contract.id;
  }

  private async offers(): Promise<readonly Offer[]> {
    const hostId = this.merchantId(HOST);
    const page = await this.doors.ask<{ nodes: readonly Offer[] }>('merchant', this.host, OFFERED, {
      hostId,
    });
    return present(page, 'offers').nodes;
  }

  private async range(): Promise<void> {
    const before = await this.offers();
    for (const { at, sku } of OFFERS) {
      const [placeId, productId] = [this.placeId(at), this.productId(sku)];
      // Asked once: what was declined is not asked for again.
      if (!before.some((offer) => offer.placeId === placeId && offer.productId === productId))
        await this.doors.ask('merchant', this.host, PROPOSE, { placeId, productIds: [productId] });
    }
    const now = await this.offers();
    for (const { at, of, sku, answer, reason } of OFFERS) {
      const offer = now.find(
        (each) => each.placeId === this.placeId(at) && each.productId === this.productId(sku),
      );
      if (!answer || offer?.state !== 'PROPOSED') continue;
      await this.doors.ask('merchant', this.ownerOf(of), DECIDE, { id: offer.id, act: answer, reason });
    }
  }

  /** On consignment, from the seller's warehouse to where it is sold. */
  private async deliver({
    of,
    to,
    sku,
    units,
    until,
    warnBelow,
  }: (typeof DELIVERIES)[number]): Promise<void> {
    const seller = this.ownerOf(of);
    const [merchantId, variantId, placeId] = [this.merchantId(of), this.variantId(sku), this.placeId(to)];
    const batchId = present(this.stock.get(variantId)?.['batchId'], sku);
    const lines = [{ variantId, batchId, quantity: units }];
    const key = `demo:transfer:${sku}`;
    const drafted = await this.doors.ask<{ transfer: { id: string } }>('merchant', seller, DRAFT, {
      input: { merchantId, toPointId: placeId, note: '寄卖', lines, causeKey: key },
    });
    const { id } = present(drafted, sku).transfer;
    await this.doors.ask('merchant', seller, SEND, { id }, ['STOCK_TRANSFER_STATE']);
    if (until === 'RECEIVED')
      await this.doors.ask('merchant', seller, RECEIVE, { id, lines, causeKey: `${key}:all` }, [
        'STOCK_TRANSFER_STATE',
      ]);
    if (warnBelow !== undefined)
      await this.doors.ask('merchant', seller, THRESHOLD, {
        merchantId,
        variantId,
        placeId,
        units: warnBelow,
      });
  }

  private async buy({
    of,
    at,
    sku,
    units,
    amountFen,
    documentNo,
    isConfirmed,
  }: (typeof PURCHASES)[number]): Promise<void> {
    const input = {
      placeId: this.placeId(at),
      variantId: this.variantId(sku),
      quantity: units,
      amountFen,
      boughtOn: businessDay(this.now),
      documentNo,
      idempotencyKey: `demo:offtake:${sku}`,
    };
    // Told again on another day it is another purchase: the first stays.
    const told = await this.doors.ask<{ offtake: { id: string; state: string } }>(
      'merchant',
      this.host,
      BUY,
      { input },
      ['OFFTAKE_KEY_USED'],
    );
    if (isConfirmed && told?.offtake.state === 'TOLD')
      await this.doors.ask('merchant', this.ownerOf(of), CONFIRM, { id: told.offtake.id });
  }

  /** Its first day, and what it is called. */
  private month(offset: number): { readonly first: string; readonly day: string; readonly name: string } {
    const [year = 0, month = 0] = businessDay(this.now).split('-').map(Number);
    const first = new Date(Date.UTC(year, month - 1 + offset, 1)).toISOString().slice(0, 10);
    return { first, day: first.slice(0, 7), name: `${Number(first.slice(5, 7))}月` };
  }

  /** Brought once: when all of it is known already, it would be another file that says nothing new. */
  private async bring(offset: number, till: string, rows: readonly (typeof SOLD)[number][]): Promise<string> {
    const { first, day, name } = this.month(offset);
    const [hostId, fileName] = [this.merchantId(HOST), `${till}${name}.csv`];
    const files = await this.doors.ask<{ nodes: { id: string; month: string; fileName: string }[] }>(
      'merchant',
      this.host,
      FILES,
      { hostId },
    );
    const known = files?.nodes.find((file) => file.month === first && file.fileName === fileName);
    if (known) return known.id;
    const table = rows.map(({ key, at, sku, on, units }) => {
      const place = present(this.points.get(at)?.['name'], at);
      // Of what nobody knows, any price will do.
      const priceFen = Number(this.variants.get(sku)?.['priceFen'] ?? 1_000);
      const soldOn = on === null ? '' : `${day}-${on}`;
      return [`${day}-${key}`, place, sku, soldOn, String(units), ((priceFen * units) / 100).toFixed(2)];
    });
    return this.doors.sold(this.host, hostId, first, fileName, [
      ['行号', '专区', '货号', '销售日期', '数量', '金额'],
      ...table,
    ]);
  }

  private async file(id: string): Promise<{ readonly state: string; readonly isAfterClose: boolean }> {
    return present(
      await this.doors.ask<{ state: string; isAfterClose: boolean }>('merchant', this.host, FILE, { id }),
      id,
    );
  }

  private async take(id: string): Promise<void> {
    const { state, isAfterClose } = await this.file(id);
    if (state === 'CHECKED')
      await this.doors.ask('merchant', this.host, TAKE, { id, reason: isAfterClose ? '收银台补报' : '' });
  }
}
