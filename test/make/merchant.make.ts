import { creditCodeCheck, newId, present, refused } from '#libs/kernel';
import { type Merchant, type MerchantInput, MerchantService, MerchantStandingService } from '#libs/merchant';
import type { World } from '../harness/world.js';

let codes = 0;

/** A unified social credit code nobody in this spec file has yet, with the right check character. */
export function freshCreditCode(): string {
  codes += 1;
  const body = `93430225MA${String(codes).padStart(7, '0')}`;
  return body + present(creditCodeCheck(body), 'a check character');
}

/** An active merchant of Yanling unless said otherwise. */
export async function makeMerchant(
  world: Pick<World, 'get'>,
  { isActive = true, ...changes }: Partial<MerchantInput> & { isActive?: boolean } = {},
): Promise<Merchant> {
  const merchants = world.get(MerchantService);
  const merchant = await merchants.apply({
    kind: 'COOPERATIVE',
    name: '炎陵县霞阳黄桃专业合作社',
    creditCode: freshCreditCode(),
    countyCode: '430225',
    townshipCode: null,
    contactName: '张桂花',
    contactPhone: '13973312345',
    ...changes,
  });
  if (refused(merchant)) throw new Error(merchant.message.en);
  if (isActive) await merchants.activate(merchant.id);
  return merchant;
}

/** It may not sell, or again; decided by somebody of the platform. */
export async function suspendMerchant(
  world: Pick<World, 'get'>,
  merchantId: string,
  act: 'suspend' | 'reinstate' = 'suspend',
): Promise<void> {
  const by = { userId: newId('usr'), scope: 'ALL' } as const;
  const done = await world.get(MerchantStandingService)[act](merchantId, '抽检不合格', by);
  if (refused(done)) throw new Error(done.message.en);
}
