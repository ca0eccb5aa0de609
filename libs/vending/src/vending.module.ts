import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule } from '#libs/channel';
import { CounterModule } from '#libs/counter';
import { FulfillmentModule } from '#libs/fulfillment';
import { AuditModule } from '#libs/identity';
import { InventoryModule } from '#libs/inventory';
import { OrderingModule } from '#libs/ordering';
import { MerchantModule } from '#libs/merchant';
import { CabinetVisitService } from './cabinet-visit.service.js';
import { PaymentModule } from '#libs/payment';
import { DoorBillService } from './door-bill.service.js';
import { DoorCourseService } from './door-course.service.js';
import { DoorDisputeReader } from './door-dispute.reader.js';
import { DoorDisputeRepository } from './door-dispute.repository.js';
import { DoorDisputeService } from './door-dispute.service.js';
import { DoorLossService } from './door-loss.service.js';
import { DoorOpeningReader } from './door-opening.reader.js';
import { DoorOpeningRepository } from './door-opening.repository.js';
import { DoorOpeningService } from './door-opening.service.js';
import { DoorRestService } from './door-rest.service.js';
import { DoorReviewService } from './door-review.service.js';
import { DoorWaiverService } from './door-waiver.service.js';
import { ExpectedParcelReader } from './expected-parcel.reader.js';
import { ExpiryService } from './expiry.service.js';
import { GoodsDecisionService } from './goods-decision.service.js';
import { KioskOrderService } from './kiosk-order.service.js';
import { KioskReader } from './kiosk.reader.js';
import { PickUpCourseService } from './pick-up-course.service.js';
import { PickUpMoneyReader } from './pick-up-money.reader.js';
import { PickUpReader } from './pick-up.reader.js';
import { PickUpRepository } from './pick-up.repository.js';
import { PickUpService } from './pick-up.service.js';
import { PlanogramRepository } from './planogram.repository.js';
import { PlanogramService } from './planogram.service.js';
import { VendingShelfReader } from './shelf.reader.js';
import { SlotSaleReader } from './slot-sale.reader.js';
import { SlotFillingService } from './slot-filling.service.js';
import { VendBreakService } from './vend-break.service.js';
import { VendDayReader } from './vend-day.reader.js';
import { VendReader } from './vend.reader.js';
import { VendRepository } from './vend.repository.js';
import { VendService } from './vend.service.js';

@Module({
  imports: [
    AuditModule,
    CatalogModule,
    ChannelModule,
    CounterModule,
    FulfillmentModule,
    InventoryModule,
    MerchantModule,
    OrderingModule,
    PaymentModule,
  ],
  providers: [
    CabinetVisitService,
    DoorBillService,
    DoorCourseService,
    DoorDisputeReader,
    DoorDisputeRepository,
    DoorDisputeService,
    DoorLossService,
    DoorOpeningReader,
    DoorOpeningRepository,
    DoorOpeningService,
    DoorRestService,
    DoorReviewService,
    DoorWaiverService,
    ExpectedParcelReader,
    ExpiryService,
    GoodsDecisionService,
    KioskOrderService,
    KioskReader,
    PickUpCourseService,
    PickUpMoneyReader,
    PickUpReader,
    PickUpRepository,
    PickUpService,
    PlanogramRepository,
    PlanogramService,
    SlotFillingService,
    VendBreakService,
    VendDayReader,
    VendReader,
    VendRepository,
    VendService,
    SlotSaleReader,
    VendingShelfReader,
  ],
  exports: [
    CabinetVisitService,
    DoorBillService,
    DoorCourseService,
    DoorDisputeReader,
    DoorDisputeService,
    DoorOpeningReader,
    DoorOpeningService,
    DoorReviewService,
    DoorWaiverService,
    ExpectedParcelReader,
    ExpiryService,
    GoodsDecisionService,
    KioskOrderService,
    KioskReader,
    PickUpCourseService,
    PickUpReader,
    PickUpService,
    PlanogramService,
    SlotFillingService,
    VendBreakService,
    VendDayReader,
    VendReader,
    VendService,
    SlotSaleReader,
    VendingShelfReader,
  ],
})
export class VendingModule {}
