#!/usr/bin/env node
/**
 * Checks a proof of the Taoyuan ledger without Taoyuan: needs Node 20, proof.mjs beside it and nothing else, and runs offline. What is
 * reckoned stands in proof.mjs; read both: it is all there is.
 *
 *   node verify-proof.mjs proof.json --key key.txt [--checkpoint checkpoint.txt]
 *
 * key.txt is the public key as you got it when the ledger was opened (one line: name+id+base64); once it has been changed, all the keys that
 * you have been told, a line each. checkpoint.txt is a checkpoint that you
 * kept: give it, and the proof must lead to that very one. Without --key the key inside the proof is used, which only shows that the
 * proof fits itself. Exit code 0: proven. 1: not proven. 64: called wrongly.
 */
import { readFileSync } from 'node:fs';
import { checkConsistency, checkInclusion, checkQrText } from './proof.mjs';

process.exitCode = await main(process.argv.slice(2));

async function main(args) {
  const option = (name) =>
    args.includes(name) ? readFileSync(args[args.indexOf(name) + 1], 'utf8') : undefined;
  if (!args[0] || args[0].startsWith('--')) {
    console.error('node verify-proof.mjs proof.json --key key.txt [--checkpoint checkpoint.txt]');
    return 64;
  }
  try {
    const text = readFileSync(args[0], 'utf8');
    const held = option('--checkpoint');
    const key = option('--key');
    if (text.startsWith('TAOYUAN1.')) return await tellQr(text, held, key);
    const proof = JSON.parse(text);
    if (!key)
      console.log(
        'NOTE 注意: no --key given; using the key inside the proof, which anybody could have put there.',
      );
    const isInclusion = proof.format === 'taoyuan.inclusion.v1';
    if (!isInclusion && proof.format !== 'taoyuan.consistency.v1')
      throw new Error('this is no proof of a known form');
    const notes = isInclusion ? [proof.checkpoint] : [proof.before, proof.after];
    if (held && !notes.some((note) => note.trim() === held.trim()))
      throw new Error('the proof does not lead to the checkpoint that you hold');
    if (isInclusion) tellInclusion(proof, await checkInclusion(proof, key ?? proof.key));
    else tellConsistency(proof, await checkConsistency(proof, key ?? proof.key));
    return 0;
  } catch (error) {
    console.error(`NOT PROVEN 未通过: ${error.message}`);
    return 1;
  }
}

function tellInclusion({ stream, seq }, { origin, size, day, record }) {
  console.log(`PROVEN 已验证: record ${seq} of ${size} in ${stream}, signed by ${origin} for ${day}.`);
  for (const { debit, credit, amountFen } of record.lines ?? [])
    console.log(
      `  ¥${amountFen.slice(0, -2) || '0'}.${amountFen.slice(-2).padStart(2, '0')}  ${debit} → ${credit}`,
    );
  console.log(JSON.stringify(record, null, 2));
}

function tellConsistency({ stream }, { before, after }) {
  console.log(
    `PROVEN 已验证: ${stream} of ${after.day} (${after.size} records) begins with that of ${before.day} (${before.size}).`,
  );
}

async function tellQr(text, held, key) {
  if (!held || !key) throw new Error('a code from a statement needs --checkpoint and --key');
  const { day, size, leafHash: hash } = await checkQrText(text, held, key);
  console.log(`PROVEN 已验证: a record with the hash ${hash} is among the ${size} signed for ${day}.`);
  return 0;
}
