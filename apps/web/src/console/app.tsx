import { Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { part } from '../shared/part.js';
import { useTop } from '../shared/top.js';
import { DeskDoor } from './desk.js';
import { Frame } from './frame.js';
import { ofTheBooks, rarely, together } from './rarely.js';
import { Waiting } from './waiting.js';

const Board = part(() => import('./pages/board.js'));
const Volume = part(() => import('./pages/volume.js'));
const Months = part(() => import('./pages/months.js'));
const Month = part(() => import('./pages/month.js'));
const Ledger = rarely(() => import('./pages/ledger.js'));
const LedgerAccount = rarely(() => import('./pages/ledger-account.js'));
const LedgerAbout = rarely(() => import('./pages/ledger-about.js'));
const LedgerJournal = rarely(() => import('./pages/ledger-journal.js'));
const Payouts = rarely(() => import('./pages/payouts.js'));
const PayoutBatch = rarely(() => import('./pages/payout-batch.js'));
const reviewEnglish = together(ofTheBooks, () => import('./en-review.js'));
const Reviews = rarely(() => import('./pages/reviews.js'), reviewEnglish);
const ReviewListing = rarely(() => import('./pages/review-listing.js'), reviewEnglish);
const ReviewApplication = rarely(() => import('./pages/review-application.js'), reviewEnglish);
const CertificationBatches = rarely(() => import('./pages/certification-batches.js'), reviewEnglish);
const CertificationBatch = rarely(() => import('./pages/certification-batch.js'), reviewEnglish);
const ReviewCertification = rarely(() => import('./pages/review-certification.js'), reviewEnglish);
const ReviewPlace = rarely(
  () => import('./pages/review-place.js'),
  together(reviewEnglish, () => import('./en-places.js')),
);
const claimEnglish = together(reviewEnglish, () => import('./en-claims.js'));
const Merchants = rarely(
  () => import('./pages/merchants.js'),
  together(reviewEnglish, () => import('./en-merchants.js')),
);
const Harvests = rarely(
  () => import('./pages/harvests.js'),
  together(reviewEnglish, () => import('./en-harvests.js')),
);
const refundEnglish = together(claimEnglish, () => import('./en-refunds.js'));
const Refunds = rarely(() => import('./pages/refunds.js'), refundEnglish);
const Refund = rarely(() => import('./pages/refund.js'), refundEnglish);
const Claims = rarely(() => import('./pages/claims.js'), claimEnglish);
const Claim = rarely(() => import('./pages/claim.js'), claimEnglish);
const Duplicate = rarely(() => import('./pages/duplicate.js'), claimEnglish);
const Flag = rarely(() => import('./pages/flag.js'), claimEnglish);
const counterEnglish = together(claimEnglish, () => import('./en-counters.js'));
const Counters = rarely(() => import('./pages/counters.js'), counterEnglish);
const Counter = rarely(() => import('./pages/counter.js'), counterEnglish);
const Circular = rarely(() => import('./pages/circular.js'));
const Breaks = rarely(() => import('./pages/breaks.js'));
const Break = rarely(() => import('./pages/break.js'), refundEnglish);
const Audit = rarely(() => import('./pages/audit.js'));
const Me = part(() => import('./pages/me.js'));
const Reports = rarely(() => import('./pages/reports.js'));
const Report = rarely(() => import('./pages/report.js'));
const Missing = part(() => import('./pages/missing.js'));

/** Addresses of the console. Each is known to the server as well: apps/settlement/src/console/console-page.rules.ts. */
export function App() {
  useTop();
  return (
    <DeskDoor>
      <Frame>
        <Suspense fallback={<Waiting />}>
          <Switch>
            <Route path="/">{() => <Board isWall={false} />}</Route>
            <Route path="/wall">{() => <Board isWall />}</Route>
            <Route path="/wall/counters">{() => <Counters isWall />}</Route>
            <Route path="/counters">{() => <Counters isWall={false} />}</Route>
            <Route path="/counters/:id">{({ id }) => <Counter key={id} id={id} />}</Route>
            <Route path="/volume" component={Volume} />
            <Route path="/reports" component={Reports} />
            <Route path="/reports/:id">{({ id }) => <Report key={id} id={id} />}</Route>
            <Route path="/months" component={Months} />
            <Route path="/months/:month/circular">
              {({ month }) => <Circular key={month} month={month} />}
            </Route>
            <Route path="/months/:month">{({ month }) => <Month key={month} month={month} />}</Route>
            <Route path="/ledger" component={Ledger} />
            <Route path="/ledger/account" component={LedgerAccount} />
            <Route path="/ledger/about/:subject">
              {({ subject }) => <LedgerAbout key={subject} subject={subject} />}
            </Route>
            <Route path="/ledger/journals/:id">{({ id }) => <LedgerJournal key={id} id={id} />}</Route>
            <Route path="/payouts" component={Payouts} />
            <Route path="/payouts/:id">{({ id }) => <PayoutBatch key={id} id={id} />}</Route>
            <Route path="/merchants" component={Merchants} />
            <Route path="/harvests" component={Harvests} />
            <Route path="/refunds" component={Refunds} />
            <Route path="/refunds/:id">{({ id }) => <Refund key={id} id={id} />}</Route>
            <Route path="/reviews" component={Reviews} />
            <Route path="/reviews/batches" component={CertificationBatches} />
            <Route path="/reviews/batches/:id">{({ id }) => <CertificationBatch key={id} id={id} />}</Route>
            <Route path="/reviews/listings/:id">{({ id }) => <ReviewListing key={id} id={id} />}</Route>
            <Route path="/reviews/applications/:id">
              {({ id }) => <ReviewApplication key={id} id={id} />}
            </Route>
            <Route path="/reviews/certifications/:id">
              {({ id }) => <ReviewCertification key={id} id={id} />}
            </Route>
            <Route path="/reviews/places/:id">{({ id }) => <ReviewPlace key={id} id={id} />}</Route>
            <Route path="/claims" component={Claims} />
            <Route path="/claims/duplicates/:id">{({ id }) => <Duplicate key={id} id={id} />}</Route>
            <Route path="/claims/flags/:id">{({ id }) => <Flag key={id} id={id} />}</Route>
            <Route path="/claims/:id">{({ id }) => <Claim key={id} id={id} />}</Route>
            <Route path="/breaks" component={Breaks} />
            <Route path="/breaks/:id">{({ id }) => <Break key={id} id={id} />}</Route>
            <Route path="/audit" component={Audit} />
            <Route path="/me" component={Me} />
            <Route component={Missing} />
          </Switch>
        </Suspense>
      </Frame>
    </DeskDoor>
  );
}
