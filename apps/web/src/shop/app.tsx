import { Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { part } from '../shared/part.js';
import { useTop } from '../shared/top.js';
import { Frame } from './frame.js';
import { rarely } from './rarely.js';
import { Waiting } from './waiting.js';

const Home = part(() => import('./pages/home.js'));
const Categories = part(() => import('./pages/categories.js'));
const Shelf = part(() => import('./pages/shelf.js'));
const Search = part(() => import('./pages/search.js'));
const Product = part(() => import('./pages/product.js'));
const Cart = part(() => import('./pages/cart.js'));
const Checkout = part(() => import('./pages/checkout.js'));
const Orders = part(() => import('./pages/orders.js'));
const Order = part(() => import('./pages/order.js'));
const Account = part(() => import('./pages/account.js'));
const SignIn = part(() => import('./pages/sign-in.js'));
const Addresses = rarely(() => import('./pages/addresses.js'));
const Coupons = rarely(() => import('./pages/coupons.js'));
const Counters = rarely(() => import('./pages/counters.js'));
const Confirm = rarely(() => import('./pages/confirm.js'));
const Trace = rarely(
  () => import('./pages/trace.js'),
  () => import('./en-trace.js'),
);
const Scan = rarely(() => import('./pages/scan.js'));
const Opening = rarely(
  () => import('./pages/opening.js'),
  () => import('./en-rare.js'),
);
const AfterSales = rarely(() => import('./pages/after-sales.js'));
const AfterSaleNew = rarely(() => import('./pages/after-sale-new.js'));
const AfterSale = rarely(() => import('./pages/after-sale.js'));
const OwnReviews = rarely(() => import('./pages/own-reviews.js'));
const ReviewNew = rarely(() => import('./pages/review-new.js'));
const Invoices = rarely(() => import('./pages/invoices.js'));
const Adoptions = rarely(() => import('./pages/adoptions.js'));
const Adopt = rarely(() => import('./pages/adopt.js'));
const Adoption = rarely(() => import('./pages/adoption.js'));
const Unit = rarely(() => import('./pages/unit.js'));
const UnitLists = rarely(
  () => import('./pages/unit-lists.js'),
  () => import('./en-rare.js'),
);
const UnitList = rarely(
  () => import('./pages/unit-list.js'),
  () => import('./en-rare.js'),
);
const ImpactYear = rarely(() => import('./pages/impact-year.js'));
const Notices = rarely(
  () => import('./pages/notices.js'),
  () => import('./en-rare.js'),
);
const Notice = rarely(
  () => import('./pages/notice.js'),
  () => import('./en-rare.js'),
);
const OwnData = rarely(
  () => import('./pages/own-data.js'),
  () => import('./en-rare.js'),
);
const Missing = part(() => import('./pages/missing.js'));

/** Addresses of the shop. Each is known to the server as well: apps/storefront/src/shop/shop-page.rules.ts. */
export function App() {
  useTop();
  return (
    <Frame>
      <Suspense fallback={<Waiting />}>
        <Switch>
          <Route path="/" component={Home} />
          <Route path="/categories" component={Categories} />
          <Route path="/products" component={Shelf} />
          <Route path="/search" component={Search} />
          <Route path="/products/:id">{({ id }) => <Product key={id} id={id} />}</Route>
          <Route path="/cart" component={Cart} />
          <Route path="/checkout" component={Checkout} />
          <Route path="/orders" component={Orders} />
          <Route path="/orders/:id">{({ id }) => <Order key={id} id={id} />}</Route>
          <Route path="/after-sales" component={AfterSales} />
          <Route path="/after-sales/new" component={AfterSaleNew} />
          <Route path="/after-sales/:id">{({ id }) => <AfterSale key={id} id={id} />}</Route>
          <Route path="/reviews" component={OwnReviews} />
          <Route path="/reviews/new" component={ReviewNew} />
          <Route path="/invoices/:id">{({ id }) => <Invoices key={id} id={id} />}</Route>
          <Route path="/adoptions" component={Adoptions} />
          <Route path="/adoptions/:id">{({ id }) => <Adoption key={id} id={id} />}</Route>
          <Route path="/adopt/:id">{({ id }) => <Adopt key={id} id={id} />}</Route>
          <Route path="/notices" component={Notices} />
          <Route path="/notices/:id">{({ id }) => <Notice key={id} id={id} />}</Route>
          <Route path="/unit" component={Unit} />
          <Route path="/unit/lists" component={UnitLists} />
          <Route path="/unit/lists/:id">{({ id }) => <UnitList key={id} id={id} />}</Route>
          <Route path="/impact" component={ImpactYear} />
          <Route path="/addresses" component={Addresses} />
          <Route path="/coupons" component={Coupons} />
          <Route path="/counters" component={Counters} />
          <Route path="/scan">{() => <Scan />}</Route>
          <Route path="/scan/:code">{({ code }) => <Scan code={code} />}</Route>
          <Route path="/openings/:id">{({ id }) => <Opening key={id} id={id} />}</Route>
          <Route path="/confirm/:token">{({ token }) => <Confirm key={token} token={token} />}</Route>
          <Route path="/trace/:code">{({ code }) => <Trace key={code} code={code} />}</Route>
          <Route path="/account/data" component={OwnData} />
          <Route path="/account" component={Account} />
          <Route path="/sign-in" component={SignIn} />
          <Route component={Missing} />
        </Switch>
      </Suspense>
    </Frame>
  );
}
