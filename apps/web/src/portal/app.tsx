import { Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { part } from '../shared/part.js';
import { useTop } from '../shared/top.js';
import { DeskDoor } from './desk.js';
import { Frame } from './frame.js';
import { Home } from './pages/home.js';
import { rarely } from './rarely.js';
import { Waiting } from './waiting.js';

const Me = part(() => import('./pages/me.js'));
const Ship = part(() => import('./pages/ship.js'));
const Packing = part(() => import('./pages/packing.js'));
const Print = part(() => import('./pages/print.js'));
const Scan = part(() => import('./pages/scan.js'));
const Orders = part(() => import('./pages/orders.js'));
const Order = part(() => import('./pages/order.js'));
const OrderOf = part(() => import('./pages/order-of.js'));
const AfterSales = part(() => import('./pages/after-sales.js'));
const AfterSale = part(() => import('./pages/after-sale.js'));
const Reviews = part(() => import('./pages/reviews.js'));
const Goods = part(() => import('./pages/goods.js'));
const goodsEnglish = () => import('./en-goods.js');
const Listings = rarely(() => import('./pages/listings.js'), goodsEnglish);
const ListingNew = rarely(() => import('./pages/listing-new.js'), goodsEnglish);
const Listing = rarely(() => import('./pages/listing.js'), goodsEnglish);
const certificationEnglish = async () => {
  const [goods, linkage, own] = await Promise.all([
    goodsEnglish(),
    linkageEnglish(),
    import('./en-certification.js'),
  ]);
  return { default: { ...goods.default, ...linkage.default, ...own.default } };
};
const Certifications = rarely(() => import('./pages/certifications.js'), certificationEnglish);
const CertificationNew = rarely(() => import('./pages/certification-new.js'), certificationEnglish);
const CertificationPage = rarely(() => import('./pages/certification.js'), certificationEnglish);
const sheetEnglish = () => import('./en-sheets.js');
const Imports = rarely(() => import('./pages/imports.js'), sheetEnglish);
const Import = rarely(() => import('./pages/import.js'), sheetEnglish);
const linkageEnglish = () => import('./en-linkage.js');
const Linkage = rarely(() => import('./pages/linkage.js'), linkageEnglish);
const LinkageNew = rarely(() => import('./pages/linkage-new.js'), linkageEnglish);
const LinkageOne = rarely(() => import('./pages/linkage-one.js'), linkageEnglish);
const stockEnglish = () => import('./en-stock.js');
const Stock = rarely(() => import('./pages/stock.js'), stockEnglish);
const StockItem = rarely(() => import('./pages/stock-item.js'), stockEnglish);
const StockCount = rarely(() => import('./pages/stock-count.js'), stockEnglish);
const StockTransfers = rarely(() => import('./pages/stock-transfers.js'), stockEnglish);
const harvestEnglish = () => import('./en-harvest.js');
const Batches = rarely(() => import('./pages/batches.js'), harvestEnglish);
const BatchNew = rarely(() => import('./pages/batch-new.js'), harvestEnglish);
const Batch = rarely(() => import('./pages/batch.js'), harvestEnglish);
const BatchLabels = rarely(() => import('./pages/batch-labels.js'), harvestEnglish);
/** What is presold is announced as a harvest. */
const presaleEnglish = async () => {
  const [harvest, own] = await Promise.all([harvestEnglish(), import('./en-presale.js')]);
  return { default: { ...harvest.default, ...own.default } };
};
const Presales = rarely(() => import('./pages/presales.js'), presaleEnglish);
const PresaleNew = rarely(() => import('./pages/presale-new.js'), presaleEnglish);
const PresalePage = rarely(() => import('./pages/presale.js'), presaleEnglish);
const Money = part(() => import('./pages/money.js'));
const Insight = rarely(
  () => import('./pages/insight.js'),
  () => import('./en-insight.js'),
);
const BankAccount = part(() => import('./pages/bank-account.js'));
const moneyEnglish = () => import('./en-money.js');
const MoneyBook = rarely(() => import('./pages/money-book.js'), moneyEnglish);
const MoneyCounters = rarely(() => import('./pages/money-counters.js'), moneyEnglish);
const Payout = rarely(() => import('./pages/payout.js'), moneyEnglish);
const Statements = part(() => import('./pages/statements.js'));
const Statement = part(() => import('./pages/statement.js'));
const teamEnglish = () => import('./en-team.js');
/** It asks for papers, and is typed as goods are. */
const applyEnglish = async () => {
  const parts = await Promise.all([import('./en-apply.js'), import('./en-papers.js'), goodsEnglish()]);
  return { default: Object.assign({}, ...parts.map((part) => part.default)) as Record<string, string> };
};
const Apply = rarely<{ id?: string }>(() => import('./pages/apply.js'), applyEnglish);
const Team = rarely(() => import('./pages/team.js'), teamEnglish);
const Join = rarely(() => import('./pages/join.js'), teamEnglish);
const placeEnglish = () => import('./en-places.js');
const Places = rarely(() => import('./pages/places.js'), placeEnglish);
const PlaceNew = rarely(() => import('./pages/place-new.js'), placeEnglish);
const OnePlace = rarely(() => import('./pages/place.js'), placeEnglish);
const Consignment = rarely(() => import('./pages/consignment.js'), placeEnglish);
const Range = rarely(() => import('./pages/range.js'), placeEnglish);
const RangeNew = rarely(() => import('./pages/range-new.js'), placeEnglish);
const OfftakesPage = rarely(() => import('./pages/offtakes.js'), placeEnglish);
const OfftakeNew = rarely(() => import('./pages/offtake-new.js'), placeEnglish);
const ZoneContracts = rarely(() => import('./pages/zone-contracts.js'), placeEnglish);
const ZoneContractNew = rarely(() => import('./pages/zone-contract-new.js'), placeEnglish);
const ZoneContractOne = rarely(() => import('./pages/zone-contract.js'), placeEnglish);
const SellThrough = rarely(() => import('./pages/sell-through.js'), placeEnglish);
const SellThroughOne = rarely(() => import('./pages/sell-through-one.js'), placeEnglish);
const PickUps = rarely(
  () => import('./pages/pick-ups.js'),
  () => import('./en-lockers.js'),
);
const Papers = rarely(
  () => import('./pages/papers.js'),
  () => import('./en-papers.js'),
);
const Closure = rarely(
  () => import('./pages/closure.js'),
  () => import('./en-closure.js'),
);
const Help = part(() => import('./pages/help.js'));
const Missing = part(() => import('./pages/missing.js'));

/** For whoever has signed in and works for no merchant: somebody asks them to, or they apply. */
function Newcomer() {
  return (
    <Switch>
      <Route path="/apply">
        <Apply />
      </Route>
      <Route path="/apply/:id">{({ id }) => <Apply key={id} id={id} />}</Route>
      <Route component={Join} />
    </Switch>
  );
}

/** Addresses of the portal. Each is known to the server as well: apps/merchant/src/portal/portal-page.rules.ts. */
export function App() {
  useTop();
  return (
    <Frame>
      <DeskDoor newcomer={Newcomer}>
        <Suspense fallback={<Waiting />}>
          <Switch>
            <Route path="/" component={Home} />
            <Route path="/me" component={Me} />
            <Route path="/ship" component={Ship} />
            <Route path="/packing" component={Packing} />
            <Route path="/print" component={Print} />
            <Route path="/scan" component={Scan} />
            <Route path="/orders" component={Orders} />
            <Route path="/orders/of/:id">{({ id }) => <OrderOf key={id} id={id} />}</Route>
            <Route path="/orders/:id">{({ id }) => <Order key={id} id={id} />}</Route>
            <Route path="/after-sales" component={AfterSales} />
            <Route path="/after-sales/:id">{({ id }) => <AfterSale key={id} id={id} />}</Route>
            <Route path="/reviews" component={Reviews} />
            <Route path="/goods" component={Goods} />
            <Route path="/stock" component={Stock} />
            <Route path="/stock/transfers" component={StockTransfers} />
            <Route path="/stock/counts/:id">{({ id }) => <StockCount key={id} id={id} />}</Route>
            <Route path="/stock/:id">{({ id }) => <StockItem key={id} id={id} />}</Route>
            <Route path="/listings" component={Listings} />
            <Route path="/listings/new" component={ListingNew} />
            <Route path="/listings/:id">{({ id }) => <Listing key={id} id={id} />}</Route>
            <Route path="/certifications" component={Certifications} />
            <Route path="/certifications/new" component={CertificationNew} />
            <Route path="/certifications/:id">{({ id }) => <CertificationPage key={id} id={id} />}</Route>
            <Route path="/imports" component={Imports} />
            <Route path="/imports/:id">{({ id }) => <Import key={id} id={id} />}</Route>
            <Route path="/linkage" component={Linkage} />
            <Route path="/linkage/new" component={LinkageNew} />
            <Route path="/linkage/:id">{({ id }) => <LinkageOne key={id} id={id} />}</Route>
            <Route path="/batches" component={Batches} />
            <Route path="/batches/new" component={BatchNew} />
            <Route path="/batches/:id/labels">{({ id }) => <BatchLabels key={id} id={id} />}</Route>
            <Route path="/batches/:id">{({ id }) => <Batch key={id} id={id} />}</Route>
            <Route path="/presales" component={Presales} />
            <Route path="/presales/new" component={PresaleNew} />
            <Route path="/presales/:id">{({ id }) => <PresalePage key={id} id={id} />}</Route>
            <Route path="/money" component={Money} />
            <Route path="/money/book" component={MoneyBook} />
            <Route path="/money/counters" component={MoneyCounters} />
            <Route path="/money/payouts/:id">{({ id }) => <Payout key={id} id={id} />}</Route>
            <Route path="/insight" component={Insight} />
            <Route path="/bank-account" component={BankAccount} />
            <Route path="/statements" component={Statements} />
            <Route path="/statements/:id">{({ id }) => <Statement key={id} id={id} />}</Route>
            <Route path="/places" component={Places} />
            <Route path="/places/new" component={PlaceNew} />
            <Route path="/places/:id">{({ id }) => <OnePlace key={id} id={id} />}</Route>
            <Route path="/consignment" component={Consignment} />
            <Route path="/range" component={Range} />
            <Route path="/range/new" component={RangeNew} />
            <Route path="/offtakes" component={OfftakesPage} />
            <Route path="/offtakes/new" component={OfftakeNew} />
            <Route path="/zone-contracts" component={ZoneContracts} />
            <Route path="/zone-contracts/new" component={ZoneContractNew} />
            <Route path="/zone-contracts/:id">{({ id }) => <ZoneContractOne key={id} id={id} />}</Route>
            <Route path="/sell-through" component={SellThrough} />
            <Route path="/sell-through/:id">{({ id }) => <SellThroughOne key={id} id={id} />}</Route>
            <Route path="/pick-ups" component={PickUps} />
            <Route path="/team" component={Team} />
            <Route path="/join" component={Join} />
            <Route path="/apply">
              <Apply />
            </Route>
            <Route path="/apply/:id">{({ id }) => <Apply key={id} id={id} />}</Route>
            <Route path="/papers" component={Papers} />
            <Route path="/closure" component={Closure} />
            <Route path="/help" component={Help} />
            <Route component={Missing} />
          </Switch>
        </Suspense>
      </DeskDoor>
    </Frame>
  );
}
