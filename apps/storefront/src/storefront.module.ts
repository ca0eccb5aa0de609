import { Module } from '@nestjs/common';
import { AccountModule } from '#libs/account';
import { graphqlModuleFor } from '#platform/graphql';
import { PlatformModule, type ServiceOptions } from '#platform/service';
import { ChannelDoorModule } from './channel/channel-door.module.js';
import { DivisionDoorModule } from './division/division-door.module.js';

@Module({})
export class StorefrontServiceModule {}

export const storefront: ServiceOptions = {
  service: 'storefront',
  module: (config) => ({
    module: StorefrontServiceModule,
    imports: [
      PlatformModule.forService('storefront', config),
      graphqlModuleFor('storefront'),
      AccountModule,
      ChannelDoorModule,
      DivisionDoorModule,
    ],
  }),
};
