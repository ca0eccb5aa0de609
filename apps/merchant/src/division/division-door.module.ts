import { Module } from '@nestjs/common';
import { DivisionModule } from '#libs/division';
import { DivisionQueryResolver } from '#libs/division/fields';

@Module({ imports: [DivisionModule], providers: [DivisionQueryResolver] })
export class DivisionDoorModule {}
