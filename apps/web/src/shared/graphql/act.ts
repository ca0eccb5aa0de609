import { useRef, useState } from 'react';
import { type AnyVariables, type TypedDocumentNode, useMutation } from 'urql';
import { t } from '../i18n.js';

export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** Of what was typed wrong, each fault in words. */
  readonly fields?: readonly { readonly path?: string; readonly message: string }[];
}

type Root<Data> = Data[keyof Data];
type Payload<Data> = Exclude<Root<Data>, Refusal | { readonly code: string }>;

export interface Act<Data, Variables> {
  /** The payload, or null where it was refused or did not get through; a second tap while the first is on its way does nothing. */
  readonly act: (variables: Variables) => Promise<Payload<Data> | null>;
  readonly isBusy: boolean;
  readonly refusal: Refusal | null;
  readonly forgive: () => void;
}

const UNREACHED: Refusal = { code: 'UNREACHED', message: '' };

/** Of these the matter itself knows nothing: the same may be sent again. */
const WITHOUT_WORD = new Set(['UNREACHED', 'UNAUTHENTICATED', 'TOO_MANY_REQUESTS']);

const codeOf = (code: unknown): string => (typeof code === 'string' ? code : 'FAULT');

function refusalOf(value: unknown): Refusal | null {
  const { code, message, fields = [] } = (value ?? {}) as Partial<Refusal>;
  return code === undefined ? null : { code, message: message ?? '', fields };
}

/**
 * One mutation as a person does it: once at a time, with a payload or a refusal in their language. `onRefused` hears when the service has said no: what is shown may no longer
 * be so.
 */
export function useAct<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  onRefused?: () => void,
): Act<Data, Variables> {
  const [, mutate] = useMutation(document);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const isUnderWay = useRef(false);

  const act = async (variables: Variables): Promise<Payload<Data> | null> => {
    if (isUnderWay.current) return null;
    isUnderWay.current = true;
    setBusy(true);
    setRefusal(null);
    try {
      const { data, error } = await mutate(variables);
      const [root] = Object.values(data ?? {});
      const [said] = error?.graphQLErrors ?? [];
      const refused = said
        ? { code: codeOf(said.extensions['code']), message: said.message }
        : error
          ? { ...UNREACHED, message: t('网络不通，请稍后再试。') }
          : refusalOf(root);
      setRefusal(refused);
      if (refused && !WITHOUT_WORD.has(refused.code)) onRefused?.();
      return refused ? null : (root as Payload<Data>);
    } finally {
      isUnderWay.current = false;
      setBusy(false);
    }
  };
  return { act, isBusy, refusal, forgive: () => setRefusal(null) };
}
