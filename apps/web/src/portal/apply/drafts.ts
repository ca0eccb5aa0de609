import { APPLICATION_SAVE } from '../apply.documents.js';
import { type Draft as Typed, Drafts } from '../drafts.js';
import { type Application, type Form, type Said, contentOf, formOf } from './form.js';

export type Draft = Typed<Form, object>;

/** Applications that are typed on this phone, by whoever has signed in; several who share it do not see each other's. */
export const applications = new Drafts<Form, object, Application>({
  prefix: 'apply:',
  contentOf,
  formOf: ({ content }) => formOf(content),
  aboutOf: () => ({}),
  save: async (client, { key, id, revision }, content) => {
    const input = { applicationId: id, idempotencyKey: key, revision, content: content as Said };
    const { data } = await client.mutation(APPLICATION_SAVE, { input }).toPromise();
    const answer = data?.merchantApplicationSave;
    if (!answer) return { kind: 'LOST' };
    if (answer.__typename === 'MerchantApplicationSavePayload')
      return { kind: 'KEPT', ...answer.application };
    if (answer.__typename === 'MerchantApplicationChangedError') return { kind: 'CHANGED' };
    if (answer.__typename === 'MerchantApplicationStateError') return { kind: 'DECIDED' };
    return { kind: 'REFUSED', message: answer.fields.map(({ message }) => message).join(' ') };
  },
});
