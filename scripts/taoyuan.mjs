#!/usr/bin/env node
// The first file a bare machine runs. It must parse on Node 12, or nobody reads the refusal: old syntax only, nothing
// imported before the version is known to be right.
const NODE_NEEDED = [20, 19];

const version = process.version.slice(1).split('.').map(Number);
const isOld = version[0] < NODE_NEEDED[0] || (version[0] === NODE_NEEDED[0] && version[1] < NODE_NEEDED[1]);

if (isOld) {
  console.error(
    'Taoyuan needs Node ' +
      NODE_NEEDED.join('.') +
      ' or newer and this is ' +
      process.version +
      ': install Node 20 or later (nodejs.org, or "nvm install 20") and run the command again.',
  );
  process.exitCode = 1;
} else {
  void import('./launcher/bootstrap/bootstrap.mjs').then((module) => module.bootstrap(process.argv.slice(2)));
}
