import { statfsSync } from 'node:fs';
import { Refusal } from './refusal.mjs';

/** Packages 350 MB, database files 115 MB and room for the logs of both. */
const FREE_MB_MIN = 600;

export function refuseFullDisk(root) {
  const neededMb = Number(process.env.TAOYUAN_MIN_FREE_MB ?? FREE_MB_MIN);
  const { bavail, bsize } = statfsSync(root);
  const freeMb = Math.floor((bavail * bsize) / 2 ** 20);
  if (freeMb >= neededMb) return;
  throw new Refusal(
    `The disk under ${root} has ${freeMb} MB free and Taoyuan needs ${neededMb} MB: make room and run the command again.`,
  );
}
