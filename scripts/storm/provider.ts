const PAGE = 100;

interface Charge {
  readonly id: string;
  readonly amount: number;
  readonly amount_refunded: number;
  readonly paid: boolean;
}

/** What the provider has taken and not given back, asked of itself. */
export async function providerNetFen(url: string): Promise<bigint> {
  let net = 0n;
  for (let after = ''; ;) {
    const response = await fetch(
      `${url}/v1/charges?limit=${PAGE}${after === '' ? '' : `&starting_after=${after}`}`,
      { headers: { authorization: 'Bearer sk_test_sandbox' } },
    );
    const { data, has_more: hasMore } = (await response.json()) as {
      readonly data: readonly Charge[];
      readonly has_more: boolean;
    };
    for (const { paid, amount, amount_refunded: refunded } of data)
      if (paid) net += BigInt(amount) - BigInt(refunded);
    after = data.at(-1)?.id ?? '';
    if (!hasMore || after === '') return net;
  }
}
