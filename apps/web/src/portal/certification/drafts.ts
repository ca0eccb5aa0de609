import { CERTIFICATION_SAVE } from '../certification.documents.js';
import { type Draft as Typed, Drafts } from '../drafts.js';
import { type Form, type Said, contentOf, formOf } from './form.js';
import type { Certification } from './words.js';

/** Of what is to be recognised, by which scheme. */
interface About {
  readonly productId: string;
  readonly productName: string;
  readonly countyCode: string;
  readonly schemeCode: string;
}

export type Draft = Typed<Form, About>;

/** Packs that are typed on this phone. */
export const certifications = new Drafts<Form, About, Certification>({
  prefix: 'certification:',
  contentOf,
  formOf,
  aboutOf: ({ productId, productName, countyCode, schemeCode }) => ({
    productId,
    productName,
    countyCode,
    schemeCode,
  }),
  save: async (client, { key, about, id, revision }, content) => {
    const { productId, schemeCode } = about;
    const input = {
      applicationId: id,
      idempotencyKey: key,
      productId,
      schemeCode,
      revision,
      content: content as Said,
    };
    const { data } = await client.mutation(CERTIFICATION_SAVE, { input }).toPromise();
    const answer = data?.certificationApplicationSave;
    if (!answer) return { kind: 'LOST' };
    if (answer.__typename === 'CertificationApplicationSavePayload')
      return { kind: 'KEPT', ...answer.application };
    if (answer.__typename === 'CertificationChangedError') return { kind: 'CHANGED' };
    if (answer.__typename === 'CertificationStateError') return { kind: 'DECIDED' };
    return { kind: 'REFUSED', message: answer.fields.map(({ message }) => message).join(' ') };
  },
});
