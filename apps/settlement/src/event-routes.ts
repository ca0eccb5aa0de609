import type { Type } from '@nestjs/common';
import type { CatalogEvent } from '#libs/catalog';
import type { ClosureEvent } from '#libs/closure';
import type { CertificationEvent } from '#libs/certification';
import type { ChannelEvent } from '#libs/channel';
import type { AdoptionEvent } from '#libs/adoption';
import type { AfterSaleEvent } from '#libs/aftersale';
import type { InventoryEvent } from '#libs/inventory';
import type { CounterEvent } from '#libs/counter';
import type { HarvestEvent } from '#libs/harvest';
import type { HouseholdEvent } from '#libs/household';
import { present } from '#libs/kernel';
import type { ListingEvent } from '#libs/listing';
import type { MerchantEvent } from '#libs/merchant';
import type { OrderingEvent } from '#libs/ordering';
import type { PaymentEvent } from '#libs/payment';
import type { IdentityEvent } from '#libs/identity';
import type { PrivacyEvent } from '#libs/privacy';
import type { ReceivableEvent } from '#libs/receivable';
import type { SettlementEvent } from '#libs/settlement';
import type { StatementEvent } from '#libs/statement';
import type { StockkeepingEvent } from '#libs/stockkeeping';
import type { VendingEvent } from '#libs/vending';
import type { AnyConsumer, Routes } from '#platform/outbox';
import { AnnounceAlarmOnChange } from './consumers/announce-alarm-on-change.consumer.js';
import { AnnounceCabinetOnChange } from './consumers/announce-cabinet-on-change.consumer.js';
import { AnnounceOrderOnChange } from './consumers/announce-order-on-change.consumer.js';
import { AnnouncePublicOnChange } from './consumers/announce-public-on-change.consumer.js';
import { AnnounceStockOnChange } from './consumers/announce-stock-on-change.consumer.js';
import { ApplyPaymentOnProviderNotificationReceived } from './consumers/apply-payment-on-provider-notification-received.consumer.js';
import { BeginVendOnOrderPaid } from './consumers/begin-vend-on-order-paid.consumer.js';
import { BillServiceFeeOnStatementChecked } from './consumers/bill-service-fee-on-statement-checked.consumer.js';
import { ClaimLateOrderOnOrderPlaced } from './consumers/claim-late-order-on-order-placed.consumer.js';
import { CountBuyerOnOrderPaid } from './consumers/count-buyer-on-order-paid.consumer.js';
import { CloseAfterSaleOnRefundSucceeded } from './consumers/close-after-sale-on-refund-succeeded.consumer.js';
import { CloseDisputeOnDisputeClosed } from './consumers/close-dispute-on-dispute-closed.consumer.js';
import { FollowSellerOnMerchantChanged } from './consumers/follow-seller-on-merchant-changed.consumer.js';
import { HandOverCasesOnOrderClaimed } from './consumers/hand-over-cases-on-order-claimed.consumer.js';
import { HoldSharesOnAfterSaleOpened } from './consumers/hold-shares-on-after-sale-opened.consumer.js';
import { ForgetBuyerOnAccountDeleted } from './consumers/forget-buyer-on-account-deleted.consumer.js';
import { ForgetCasesOnAccountDeleted } from './consumers/forget-cases-on-account-deleted.consumer.js';
import { ForgetWriterOnAccountDeleted } from './consumers/forget-writer-on-account-deleted.consumer.js';
import { HoldSharesOnDisputeOpened } from './consumers/hold-shares-on-dispute-opened.consumer.js';
import { LiftHoldOnAfterSaleClosed } from './consumers/lift-hold-on-after-sale-closed.consumer.js';
import { MirrorRefundOnRefundFailed } from './consumers/mirror-refund-on-refund-failed.consumer.js';
import { PostCaptureOnPaymentCaptured } from './consumers/post-capture-on-payment-captured.consumer.js';
import { PostDisputeOnDisputeWithdrawn } from './consumers/post-dispute-on-dispute-withdrawn.consumer.js';
import { PostFeeOnPaymentFeeCharged } from './consumers/post-fee-on-payment-fee-charged.consumer.js';
import { ProposeAccountOnMerchantApplicationDecided } from './consumers/propose-account-on-merchant-application-decided.consumer.js';
import { RecordVolumeOnMerchantOrderReceived } from './consumers/record-volume-on-merchant-order-received.consumer.js';
import { RecordVolumeOnOrderCancelled } from './consumers/record-volume-on-order-cancelled.consumer.js';
import { RecordVolumeOnOrderPaid } from './consumers/record-volume-on-order-paid.consumer.js';
import { RecordVolumeOnOrderPlaced } from './consumers/record-volume-on-order-placed.consumer.js';
import { RecordVolumeOnRefundSucceeded } from './consumers/record-volume-on-refund-succeeded.consumer.js';
import { ReleaseSharesOnMerchantOrderCompleted } from './consumers/release-shares-on-merchant-order-completed.consumer.js';
import { RequestRefundOnMerchantOrderRestCalledOff } from './consumers/request-refund-on-merchant-order-rest-called-off.consumer.js';
import { RequestRefundOnOrderCancelled } from './consumers/request-refund-on-order-cancelled.consumer.js';
import { RequestRefundOnRefundFailed } from './consumers/request-refund-on-refund-failed.consumer.js';
import { RefuseVendOnCabinetDeliveryRefused } from './consumers/refuse-vend-on-cabinet-delivery-refused.consumer.js';
import { SettleVendOnCabinetVended } from './consumers/settle-vend-on-cabinet-vended.consumer.js';
import { RequestRedInvoiceOnRefundSucceeded } from './consumers/request-red-invoice-on-refund-succeeded.consumer.js';
import { ReserveRefundOnRefundRequested } from './consumers/reserve-refund-on-refund-requested.consumer.js';
import { ReturnCouponMoneyOnRefundSucceeded } from './consumers/return-coupon-money-on-refund-succeeded.consumer.js';
import { ForgetApplicantOnAccountDeleted } from './consumers/forget-applicant-on-account-deleted.consumer.js';
import { ForgetAdopterOnAccountDeleted } from './consumers/forget-adopter-on-account-deleted.consumer.js';
import { TellAdopterOnAdoptionCalledOff } from './consumers/tell-adopter-on-adoption-called-off.consumer.js';
import { TellAdopterOnAdoptionDelayed } from './consumers/tell-adopter-on-adoption-delayed.consumer.js';
import { TellAdopterOnAdoptionHarvested } from './consumers/tell-adopter-on-adoption-harvested.consumer.js';
import { TellBuyerOnBatchRecallNoticed } from './consumers/tell-buyer-on-batch-recall-noticed.consumer.js';
import { TellBuyerOnDelayNoticeOpened } from './consumers/tell-buyer-on-delay-notice-opened.consumer.js';
import { TellBuyerOnOrderBalanceDue } from './consumers/tell-buyer-on-order-balance-due.consumer.js';
import { VoidWaybillsOnOrderCancelled } from './consumers/void-waybills-on-order-cancelled.consumer.js';
import { WaiveDoorOnOrderCancelled } from './consumers/waive-door-on-order-cancelled.consumer.js';
import { WaivePaymentOnOrderPlaced } from './consumers/waive-payment-on-order-placed.consumer.js';
import { SendRefundOnRefundReserved } from './consumers/send-refund-on-refund-reserved.consumer.js';
import { ConfirmRefundOnReceivableCredited } from './consumers/confirm-refund-on-receivable-credited.consumer.js';
import { CreditReceivableOnRefundReserved } from './consumers/credit-receivable-on-refund-reserved.consumer.js';
import { FollowReceivableOnReceivableChanged } from './consumers/follow-receivable-on-receivable-changed.consumer.js';
import { FreeCreditOnReceivableChanged } from './consumers/free-credit-on-receivable-changed.consumer.js';
import { OpenReceivableOnPaymentPromised } from './consumers/open-receivable-on-payment-promised.consumer.js';
import { PromisePaymentOnOrderSigned } from './consumers/promise-payment-on-order-signed.consumer.js';
import { ReopenAfterSaleOnRefundFailed } from './consumers/reopen-after-sale-on-refund-failed.consumer.js';
import { RecordVolumeOnOrderSigned } from './consumers/record-volume-on-order-signed.consumer.js';
import { SettleRefundOnRefundSucceeded } from './consumers/settle-refund-on-refund-succeeded.consumer.js';
import { FlagVolumeOnCertificationRevoked } from './consumers/flag-volume-on-certification-revoked.consumer.js';
import { ActOnPaymentHoldAsked } from './consumers/act-on-payment-hold-asked.consumer.js';
import { FollowPickUpOnCabinetCellAnswered } from './consumers/follow-pick-up-on-cabinet-cell-answered.consumer.js';
import { RefundParcelOnPickUpReturned } from './consumers/refund-parcel-on-pick-up-returned.consumer.js';
import { TellBuyerOnPickUpOverdue } from './consumers/tell-buyer-on-pick-up-overdue.consumer.js';
import { TellApplicantOnMerchantApplicationDecided } from './consumers/tell-applicant-on-merchant-application-decided.consumer.js';
import { TellOwnerOnDispatchReminded } from './consumers/tell-owner-on-dispatch-reminded.consumer.js';
import { TellOwnerOnStockLow } from './consumers/tell-owner-on-stock-low.consumer.js';
import { TellOwnerOnMerchantPaperChanged } from './consumers/tell-owner-on-merchant-paper-changed.consumer.js';
import { TellOwnerOnCertificationTold } from './consumers/tell-owner-on-certification-told.consumer.js';
import { TellOwnerOnMerchantClosureChanged } from './consumers/tell-owner-on-merchant-closure-changed.consumer.js';
import { TellOwnerOnMerchantStandingChanged } from './consumers/tell-owner-on-merchant-standing-changed.consumer.js';
import { TellSellerOnListingDecided } from './consumers/tell-seller-on-listing-decided.consumer.js';
import { TellHostOnZoneContractEnding } from './consumers/tell-host-on-zone-contract-ending.consumer.js';
import { TellInvitedOnTeamInvitationSent } from './consumers/tell-invited-on-team-invitation-sent.consumer.js';
import { TellBuyerOnPickUpPlaced } from './consumers/tell-buyer-on-pick-up-placed.consumer.js';
import { BillDoorOnDoorOpeningTaken } from './consumers/bill-door-on-door-opening-taken.consumer.js';
import { EndPairingOnLinkageEnded } from './consumers/end-pairing-on-linkage-ended.consumer.js';
import { ConcludeDoorOnOrderPaid } from './consumers/conclude-door-on-order-paid.consumer.js';
import { FollowDoorOnCabinetDoorAnswered } from './consumers/follow-door-on-cabinet-door-answered.consumer.js';
import { FollowDoorOnPaymentHoldChanged } from './consumers/follow-door-on-payment-hold-changed.consumer.js';
import { SettleDoorOnCabinetWeighed } from './consumers/settle-door-on-cabinet-weighed.consumer.js';

type AnyEvent =
  | CatalogEvent
  | CertificationEvent
  | IdentityEvent
  | ClosureEvent
  | ListingEvent
  | MerchantEvent
  | InventoryEvent
  | StockkeepingEvent
  | ChannelEvent
  | CounterEvent
  | HarvestEvent
  | HouseholdEvent
  | VendingEvent
  | PrivacyEvent
  | OrderingEvent
  | PaymentEvent
  | SettlementEvent
  | ReceivableEvent
  | StatementEvent
  | AfterSaleEvent
  | AdoptionEvent;

/** A fact that is missing here does not compile. */
type Table = { readonly [E in AnyEvent as E['name']]: readonly Type<AnyConsumer<E>>[] };

/** The switchboard: which fact wakes whom. */
export const eventRoutes: Table = {
  'team_invitation.sent': [TellInvitedOnTeamInvitationSent],
  'merchant.suspended': [FollowSellerOnMerchantChanged],
  'merchant.reinstated': [FollowSellerOnMerchantChanged],
  'merchant_standing.changed': [TellOwnerOnMerchantStandingChanged],
  'merchant.closing': [FollowSellerOnMerchantChanged],
  'merchant.reopened': [FollowSellerOnMerchantChanged],
  'merchant.closed': [FollowSellerOnMerchantChanged],
  'listing.decided': [TellSellerOnListingDecided],
  'merchant_closure.changed': [TellOwnerOnMerchantClosureChanged],
  'merchant.licence_ended': [FollowSellerOnMerchantChanged],
  'merchant.licence_renewed': [FollowSellerOnMerchantChanged],
  'merchant_paper.ending': [TellOwnerOnMerchantPaperChanged],
  'merchant_paper.decided': [TellOwnerOnMerchantPaperChanged],
  'merchant_application.decided': [
    TellApplicantOnMerchantApplicationDecided,
    ProposeAccountOnMerchantApplicationDecided,
  ],
  'product.changed': [AnnouncePublicOnChange],
  'certification.listed': [AnnouncePublicOnChange],
  'certification.revoked': [AnnouncePublicOnChange, FlagVolumeOnCertificationRevoked],
  'certification.told': [TellOwnerOnCertificationTold],
  'zone_contract.ending': [TellHostOnZoneContractEnding],
  'channel_point.changed': [AnnouncePublicOnChange],
  'stock.low': [TellOwnerOnStockLow],
  'stock.received': [AnnounceStockOnChange],
  'stock.transferred': [AnnounceStockOnChange],
  'stock.stop_changed': [AnnounceStockOnChange, AnnouncePublicOnChange],
  'adoption_offer.changed': [AnnouncePublicOnChange, AnnounceStockOnChange],
  'presale.changed': [AnnouncePublicOnChange, AnnounceStockOnChange],
  'cabinet.changed': [AnnounceCabinetOnChange],
  'cabinet.door_answered': [FollowDoorOnCabinetDoorAnswered],
  'cabinet.weighed': [SettleDoorOnCabinetWeighed],
  'door_opening.taken': [BillDoorOnDoorOpeningTaken],
  'payment_hold.asked': [ActOnPaymentHoldAsked],
  'payment_hold.changed': [FollowDoorOnPaymentHoldChanged],
  'account.deleted': [
    ForgetBuyerOnAccountDeleted,
    ForgetCasesOnAccountDeleted,
    ForgetWriterOnAccountDeleted,
    ForgetAdopterOnAccountDeleted,
    ForgetApplicantOnAccountDeleted,
  ],
  'cabinet_alarm.changed': [AnnounceAlarmOnChange],
  'cabinet.vended': [SettleVendOnCabinetVended],
  'cabinet.delivery_refused': [RefuseVendOnCabinetDeliveryRefused],
  'linkage_agreement.ended': [EndPairingOnLinkageEnded],
  'vend.changed': [AnnounceOrderOnChange],
  'cabinet.cell_answered': [FollowPickUpOnCabinetCellAnswered],
  'pick_up.placed': [TellBuyerOnPickUpPlaced, AnnounceOrderOnChange],
  'pick_up.changed': [AnnounceOrderOnChange],
  'pick_up.overdue': [TellBuyerOnPickUpOverdue, AnnounceOrderOnChange],
  'pick_up.returned': [RefundParcelOnPickUpReturned, AnnounceOrderOnChange],
  'order.placed': [
    WaivePaymentOnOrderPlaced,
    RecordVolumeOnOrderPlaced,
    ClaimLateOrderOnOrderPlaced,
    AnnounceStockOnChange,
  ],
  'order.deposit_paid': [AnnounceOrderOnChange],
  'order.balance_due': [TellBuyerOnOrderBalanceDue],
  'batch_recall.noticed': [TellBuyerOnBatchRecallNoticed],
  'delay_notice.opened': [TellBuyerOnDelayNoticeOpened, AnnounceOrderOnChange],
  'dispatch.reminded': [TellOwnerOnDispatchReminded],
  'delay_notice.closed': [AnnounceOrderOnChange],
  'adoption.called_off': [TellAdopterOnAdoptionCalledOff, AnnounceOrderOnChange],
  'adoption.delayed': [TellAdopterOnAdoptionDelayed, AnnounceOrderOnChange],
  'adoption.harvested': [TellAdopterOnAdoptionHarvested, AnnounceOrderOnChange],
  'order.paid': [
    BeginVendOnOrderPaid,
    ConcludeDoorOnOrderPaid,
    RecordVolumeOnOrderPaid,
    CountBuyerOnOrderPaid,
    AnnounceOrderOnChange,
  ],
  'order.signed': [
    PromisePaymentOnOrderSigned,
    RecordVolumeOnOrderSigned,
    CountBuyerOnOrderPaid,
    AnnounceOrderOnChange,
  ],
  'order.cancelled': [
    WaiveDoorOnOrderCancelled,
    RequestRefundOnOrderCancelled,
    VoidWaybillsOnOrderCancelled,
    RecordVolumeOnOrderCancelled,
    AnnounceOrderOnChange,
    AnnounceStockOnChange,
  ],
  'order.claimed': [HandOverCasesOnOrderClaimed, AnnounceOrderOnChange],
  'merchant_order.partly_shipped': [AnnounceOrderOnChange],
  'merchant_order.shipped': [AnnounceOrderOnChange],
  'merchant_order.partly_received': [AnnounceOrderOnChange],
  'merchant_order.rest_called_off': [
    RequestRefundOnMerchantOrderRestCalledOff,
    AnnounceOrderOnChange,
    AnnounceStockOnChange,
  ],
  'merchant_order.received': [RecordVolumeOnMerchantOrderReceived, AnnounceOrderOnChange],
  'merchant_order.completed': [ReleaseSharesOnMerchantOrderCompleted, AnnounceOrderOnChange],
  'provider_notification.received': [ApplyPaymentOnProviderNotificationReceived],
  'payment.captured': [PostCaptureOnPaymentCaptured, AnnounceOrderOnChange],
  'payment.fee_charged': [PostFeeOnPaymentFeeCharged],
  'payment.promised': [OpenReceivableOnPaymentPromised],
  'payment.failed': [AnnounceOrderOnChange],
  'refund.requested': [ReserveRefundOnRefundRequested, AnnounceOrderOnChange],
  'refund.reserved': [SendRefundOnRefundReserved, CreditReceivableOnRefundReserved],
  'refund.succeeded': [
    SettleRefundOnRefundSucceeded,
    RecordVolumeOnRefundSucceeded,
    ReturnCouponMoneyOnRefundSucceeded,
    AnnounceOrderOnChange,
    RequestRedInvoiceOnRefundSucceeded,
    CloseAfterSaleOnRefundSucceeded,
  ],
  'refund.failed': [
    MirrorRefundOnRefundFailed,
    RequestRefundOnRefundFailed,
    ReopenAfterSaleOnRefundFailed,
    AnnounceOrderOnChange,
  ],
  'receivable.changed': [FollowReceivableOnReceivableChanged, FreeCreditOnReceivableChanged],
  'receivable.credited': [ConfirmRefundOnReceivableCredited],
  'after_sale.opened': [HoldSharesOnAfterSaleOpened, AnnounceOrderOnChange],
  'after_sale.changed': [AnnounceOrderOnChange, AnnounceStockOnChange],
  'after_sale.closed': [LiftHoldOnAfterSaleClosed, AnnounceOrderOnChange, AnnounceStockOnChange],
  'dispute.opened': [HoldSharesOnDisputeOpened],
  'dispute.withdrawn': [PostDisputeOnDisputeWithdrawn],
  'statement.checked': [BillServiceFeeOnStatementChecked],
  'dispute.closed': [CloseDisputeOnDisputeClosed],
};

/** Every consumer once, for the module that makes them. */
export const consumers: readonly Type<AnyConsumer>[] = [...new Set(Object.values(eventRoutes).flat())];

/** The table with instances in the place of classes. */
export function routesOf(instances: readonly AnyConsumer[]): Routes {
  const instanceOf = new Map(instances.map((instance) => [instance.constructor, instance]));
  return new Map(
    Object.entries(eventRoutes).map(([name, types]) => [
      name,
      types.map((type) => present(instanceOf.get(type), `an instance of ${type.name}`)),
    ]),
  );
}
