import { present } from '#libs/kernel';
import { leafHashOf } from './merkle.rules.js';
import {
  checkpointFrom,
  keyText,
  publicKeyFrom,
  publicKeyOf,
  signNote,
  signerOf,
  signingKeyOf,
} from './signed-note.rules.js';

const SEED = Buffer.alloc(32, 7).toString('base64');
const key = present(signingKeyOf('taoyuan.example', SEED), 'a key');
const other = present(signingKeyOf('taoyuan.example', Buffer.alloc(32, 8).toString('base64')), 'a key');
const checkpoint = {
  origin: 'taoyuan.example/JOURNAL',
  treeSize: 1_234,
  merkleRoot: leafHashOf('root'),
  day: '2026-11-02',
  chainHash: leafHashOf('chain'),
};

it('frozen: a checkpoint is a signed note of C2SP', () => {
  expect(signNote(checkpoint, key).note).toBe(
    [
      'taoyuan.example/JOURNAL',
      '1234',
      'PAb5plclr2BSYfY2ZyyWINQJcx2JpFHXRV/pxK4WeCk=',
      'day 2026-11-02',
      'chain JytCwrc8ZAnk7fipchupoTpV9c2ZOzo4B5i00xpj0+g=',
      '',
      '— taoyuan.example HRGDI2lnXx8+fAQk1AvZ7bPm0CH9AFUyqQUPp57LQn/6CvnTxkjON+OfAFlO1MlkgIUxcjYUX1mNmSRy3NqwYOMN3Q0=',
      '',
    ].join('\n'),
  );
  expect(keyText(publicKeyOf(key))).toBe(
    'taoyuan.example+1d118323+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs',
  );
});

it("takes the specification's own example for signed", () => {
  const example = present(
    publicKeyFrom('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'),
    'the key of the specification',
  );
  const note =
    'This is an example message.\n\n' +
    '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

  expect(signerOf(note, [example])).toEqual(example);
  expect(signerOf(note.replace('example m', 'another m'), [example])).toBeNull();
});

it('is read back as it was written', () => {
  const { note } = signNote(checkpoint, key);

  expect(checkpointFrom(note)).toEqual(checkpoint);
  expect(signerOf(note, [publicKeyOf(other), publicKeyOf(key)])).toEqual(publicKeyOf(key));
  expect(publicKeyFrom(keyText(publicKeyOf(key)))).toEqual(publicKeyOf(key));
});

it('keeps its signature beside those of witnesses', () => {
  const { note } = signNote(checkpoint, key);
  const witnessed = `${note}— witness.example ${Buffer.alloc(68).toString('base64')}\n`;

  expect(signerOf(witnessed, [publicKeyOf(key)])).toEqual(publicKeyOf(key));
});

it('is signed by nobody once any character has changed', () => {
  const { note } = signNote(checkpoint, key);

  for (let at = 0; at < note.length - 1; at += 1) {
    const changed = `${note.slice(0, at)}${note[at] === 'x' ? 'y' : 'x'}${note.slice(at + 1)}`;
    const isRead = checkpointFrom(changed) !== null && signerOf(changed, [publicKeyOf(key)]) !== null;
    expect([at, isRead]).toEqual([at, false]);
  }
});

it('is signed by nobody whom one does not trust', () => {
  expect(signerOf(signNote(checkpoint, key).note, [publicKeyOf(other)])).toBeNull();
  expect(signerOf(signNote(checkpoint, key).note, [])).toBeNull();
});

it.each(['', 'x', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64')])(
  '%p is no key to sign with',
  (text) => {
    expect(signingKeyOf('taoyuan.example', text)).toBeNull();
  },
);

it.each(['two words', 'a+b', ''])('%p names no key', (name) => {
  expect(signingKeyOf(name, SEED)).toBeNull();
});

it.each(['', 'x+00000000+AAAA', keyText(publicKeyOf(key)).replace(/\+[0-9a-f]{8}\+/, '+00000000+')])(
  '%p is no key',
  (text) => {
    expect(publicKeyFrom(text)).toBeNull();
  },
);

it.each(['', 'a\nb\nc\n', 'a\n1\nAAAA\nday 2026-11-02\nchain AAAA\n\n— a AAAA\n'])(
  '%p is no checkpoint',
  (note) => {
    expect(checkpointFrom(note)).toBeNull();
    expect(signerOf(note, [publicKeyOf(key)])).toBeNull();
  },
);
