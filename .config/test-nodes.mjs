// Runs the test suite on other Node versions; npm's `node` package brings the binary, nothing is installed globally.
// Usage: test-nodes.mjs [major ...] [-- jest arguments]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const [own, jestArguments] = (() => {
  const all = process.argv.slice(2);
  const cut = all.indexOf('--');
  return cut < 0 ? [all, []] : [all.slice(0, cut), all.slice(cut + 1)];
})();
const majors = own.length > 0 ? own : ['22', '24'];

// pnpm passes its own settings down, and a nested npm would warn about each of them.
const environment = { ...process.env, npm_config_loglevel: 'error' };

const onNode = (major, args, stdio) =>
  spawnSync('npx', ['--yes', '-p', `node@${major}`, '--', 'node', ...args], {
    cwd: root,
    stdio,
    encoding: 'utf8',
    env: environment,
    shell: process.platform === 'win32',
  });

for (const major of majors) {
  const asked = onNode(major, ['--print', 'process.version'], ['ignore', 'pipe', 'inherit']);
  const version = (asked.stdout ?? '').trim();
  if (!version.startsWith(`v${major}.`)) {
    console.error(`test:nodes FAILED: asked for Node ${major}, got "${version}"`);
    process.exit(1);
  }
  console.log(`\n== Node ${version}`);
  const { status } = onNode(major, ['node_modules/jest/bin/jest.js', ...jestArguments], 'inherit');
  if (status !== 0) {
    console.error(`test:nodes FAILED on Node ${version}`);
    process.exit(1);
  }
}
console.log(`\ntest:nodes passed on Node ${majors.join(' and ')}`);
