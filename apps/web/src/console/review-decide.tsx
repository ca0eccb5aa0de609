import type { ReactNode } from 'react';
import type { AnyVariables, TypedDocumentNode } from 'urql';
import { type Act as Doing, useAct } from '../shared/graphql/act.js';
import { t } from '../shared/i18n.js';
import type { Marks } from './review-case.js';
import { Act, Section } from './ui.js';

/** Done or refused, what is shown is looked at again. */
export function useDecision<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  changed: () => void,
): Doing<Data, Variables> {
  const { act, ...rest } = useAct(document, changed);
  return {
    ...rest,
    act: async (variables) => {
      const done = await act(variables);
      if (done) changed();
      return done;
    },
  };
}

/** As it was looked at, so that nobody decides about what has been mended meanwhile. */
interface Case {
  readonly id: string;
  readonly revision: number;
}

type Refuse = Case & { reason: string };
type SendBack = Refuse & { fields: { path: string; message: string }[] };
type Deciding<Variables> = Omit<Doing<object, Variables>, 'forgive' | 'act'> & {
  readonly act: (variables: Variables) => Promise<unknown>;
};

/** What an office does with what was handed in: its own yes (`children`), sending it back to be mended, and refusing it for good where that can be. */
export function Decide({
  item: { id, revision },
  marks,
  backQuestion,
  refuseQuestion = t('不予通过就不能再改，只能重新申请。写明理由。'),
  sendBack,
  refuse,
  children,
}: {
  item: Case;
  marks: Marks;
  backQuestion: string;
  refuseQuestion?: string;
  sendBack: Deciding<SendBack>;
  refuse?: Deciding<Refuse>;
  children: ReactNode;
}) {
  return (
    <Section
      title={t('怎么办')}
      note={marks.fields.length > 0 ? t('标了 {n} 处要改', { n: marks.fields.length }) : ''}
    >
      <div className="acts">
        {children}
        <Act
          name={t('退回修改')}
          question={backQuestion}
          wantsReason
          isBad
          isBusy={sendBack.isBusy}
          refusal={sendBack.refusal}
          act={(reason) => sendBack.act({ id, revision, reason, fields: [...marks.fields] })}
        />
        {refuse && (
          <Act
            name={t('不予通过')}
            question={refuseQuestion}
            wantsReason
            isBad
            isBusy={refuse.isBusy}
            refusal={refuse.refusal}
            act={(reason) => refuse.act({ id, revision, reason })}
          />
        )}
      </div>
    </Section>
  );
}
