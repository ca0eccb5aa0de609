import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule } from '#libs/channel';
import { AuditModule, IdentityModule } from '#libs/identity';
import { InventoryModule } from '#libs/inventory';
import { MerchantModule } from '#libs/merchant';
import { StockAlertService } from './stock-alert.service.js';
import { StockCountReader } from './stock-count.reader.js';
import { StockCountRepository } from './stock-count.repository.js';
import { StockCountService } from './stock-count.service.js';
import { StockGoodsReader } from './stock-goods.reader.js';
import { StockItemReader } from './stock-item.reader.js';
import { StockTeamReader } from './stock-team.reader.js';
import { StockThresholdReader } from './stock-threshold.reader.js';
import { StockThresholdRepository } from './stock-threshold.repository.js';
import { StockThresholdService } from './stock-threshold.service.js';
import { StockTransferReader } from './stock-transfer.reader.js';
import { StockTransferRepository } from './stock-transfer.repository.js';
import { StockTransferService } from './stock-transfer.service.js';
import { StockWriteOffReader } from './stock-write-off.reader.js';
import { StockWriteOffRepository } from './stock-write-off.repository.js';
import { StockWriteOffService } from './stock-write-off.service.js';

@Module({
  imports: [
    ApprovalModule,
    AuditModule,
    CatalogModule,
    ChannelModule,
    IdentityModule,
    InventoryModule,
    MerchantModule,
  ],
  providers: [
    StockAlertService,
    StockCountReader,
    StockCountRepository,
    StockCountService,
    StockGoodsReader,
    StockItemReader,
    StockTeamReader,
    StockThresholdReader,
    StockThresholdRepository,
    StockThresholdService,
    StockTransferReader,
    StockTransferRepository,
    StockTransferService,
    StockWriteOffReader,
    StockWriteOffRepository,
    StockWriteOffService,
  ],
  exports: [
    StockAlertService,
    StockCountReader,
    StockCountService,
    StockGoodsReader,
    StockItemReader,
    StockThresholdReader,
    StockThresholdService,
    StockTransferReader,
    StockTransferService,
    StockWriteOffReader,
    StockWriteOffService,
  ],
})
export class StockkeepingModule {}
