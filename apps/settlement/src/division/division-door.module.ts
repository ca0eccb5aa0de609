import { Module } from '@nestjs/common';
import { DivisionModule } from '#libs/division';
import { DivisionResolver } from './division.resolver.js';

@Module({ imports: [DivisionModule], providers: [DivisionResolver] })
export class DivisionDoorModule {}
