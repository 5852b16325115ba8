// Everything a change must pass, in one command; stops at the first failure and names it.
import { spawnSync } from 'node:child_process';

const steps = ['format:check', 'lint', 'typecheck', 'boundaries', 'unused', 'test'];

const seconds = (sinceMs) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;

const startedAt = Date.now();
for (const step of steps) {
  const stepStartedAt = Date.now();
  console.log(`\n== ${step}`);
  const { status } = spawnSync('pnpm', ['--silent', 'run', step], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    const left = steps.slice(steps.indexOf(step) + 1);
    console.error(`\ncheck FAILED at "${step}" after ${seconds(startedAt)}.`);
    console.error(`Run it alone: npx --yes pnpm@10.34.9 ${step}`);
    if (left.length > 0) console.error(`Not run: ${left.join(', ')}`);
    process.exit(1);
  }
  console.log(`-- ${step}: passed in ${seconds(stepStartedAt)}`);
}
console.log(`\ncheck passed in ${seconds(startedAt)}: ${steps.join(', ')}`);
