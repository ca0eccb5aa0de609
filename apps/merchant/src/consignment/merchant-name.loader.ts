import { MerchantReader, type MerchantRow } from '#libs/merchant';
import type { GraphqlContext } from '#platform/graphql';

/** What the merchants of one answer are called, in one statement. */
export async function merchantNameOf(
  merchantId: string,
  merchants: MerchantReader,
  { loaders }: GraphqlContext,
): Promise<string> {
  const byId = loaders.byId(
    MerchantReader,
    (ids) => merchants.byIds(ids),
    ({ id }: MerchantRow) => id,
  );
  return (await byId.load(merchantId))?.name ?? '';
}
