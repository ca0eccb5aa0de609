import { leafHashOf, leafText } from '#libs/seal';
import { auditLeaf } from './audit-leaf.rules.js';

const entry = {
  id: 'aud_01J00000000000000000000001',
  actorId: 'usr_1',
  act: 'household.unmasked',
  subject: 'phone:13900000000',
  divisionCode: null,
  detail: { reason: '入户走访', fields: ['name'] },
  at: '2026-11-02 02:00:00.123000',
};

// Whoever has to change an expected line here has changed what sealed records say: old seals would no longer fit.
it('frozen: an entry, and no word of whom it is about', () => {
  const text = leafText(auditLeaf(entry));

  expect(text).toBe(
    '{"act":"household.unmasked","actorId":"usr_1","at":"2026-11-02T02:00:00.123000Z",' +
      '"detailDigest":"a366a920453fbae34cfa3b9ad78e40c4d10ef003d13242ab75e502edb4f3986c","id":"aud_01J00000000000000000000001","subjectDigest":"1b4e4e421cc2180d18fe6a45c39ae9eb2b281b11ed7e234dce11c6a6e767b261","type":"taoyuan.audit.v1"}',
  );
  expect(leafHashOf(text).toString('hex')).toBe(
    '2e80b6edd3c4e5680fbe4b4d33bf1b6f47f9c14189585529f32a1e32f4a345c2',
  );
  expect(text).not.toMatch(/139|入户/);
});

it('is the same whichever server kept its words, and in which order', () => {
  const detail = { fields: ['name'], reason: '入户走访' };

  expect(leafText(auditLeaf({ ...entry, detail }))).toBe(leafText(auditLeaf(entry)));
});

it('frozen: an entry that lies in a division says so', () => {
  expect(leafText(auditLeaf({ ...entry, detail: null, divisionCode: '430225' }))).toBe(
    '{"act":"household.unmasked","actorId":"usr_1","at":"2026-11-02T02:00:00.123000Z","divisionCode":"430225",' +
      '"id":"aud_01J00000000000000000000001","subjectDigest":"1b4e4e421cc2180d18fe6a45c39ae9eb2b281b11ed7e234dce11c6a6e767b261","type":"taoyuan.audit.v1"}',
  );
});

it('frozen: an entry of nobody without further words', () => {
  expect(leafText(auditLeaf({ ...entry, actorId: null, detail: null }))).toBe(
    '{"act":"household.unmasked","at":"2026-11-02T02:00:00.123000Z","id":"aud_01J00000000000000000000001",' +
      '"subjectDigest":"1b4e4e421cc2180d18fe6a45c39ae9eb2b281b11ed7e234dce11c6a6e767b261","type":"taoyuan.audit.v1"}',
  );
});
