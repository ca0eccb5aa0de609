import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule } from '#libs/channel';
import { AuditModule, IdentityModule } from '#libs/identity';
import { InventoryModule } from '#libs/inventory';
import { MerchantModule } from '#libs/merchant';
import { StockGoodsReader } from './stock-goods.reader.js';
import { StockItemReader } from './stock-item.reader.js';
import { StockTeamReader } from './stock-team.reader.js';
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
    StockGoodsReader,
    StockItemReader,
    StockTeamReader,
    StockWriteOffReader,
    StockWriteOffRepository,
    StockWriteOffService,
  ],
  exports: [StockGoodsReader, StockItemReader, StockWriteOffReader, StockWriteOffService],
})
export class StockkeepingModule {}
