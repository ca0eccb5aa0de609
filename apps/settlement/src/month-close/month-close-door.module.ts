import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { VolumeModule } from '#libs/volume';
import { MonthCloseActResolver } from './month-close-act.resolver.js';
import { MonthCloseResolver } from './month-close.resolver.js';

@Module({ imports: [ApprovalModule, VolumeModule], providers: [MonthCloseActResolver, MonthCloseResolver] })
export class MonthCloseDoorModule {}
