// Packs every published package as it would be uploaded and inspects the tarball, not the source folder.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const tarballs = mkdtempSync(join(tmpdir(), 'mandate-pack-'));

// Says nothing while all is well: the lists of seven tarballs would hide the one line that matters.
const run = (command, args, cwd) => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) console.error(`${stdout ?? ''}${stderr ?? ''}`);
  return status === 0;
};

const bin = (name) => join(root, 'node_modules', '.bin', name);

const manifestOf = (folder) =>
  JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'));

const published = readdirSync(join(root, 'packages')).filter((folder) => !manifestOf(folder).private);

const failures = [];
for (const folder of published) {
  const { name, version } = manifestOf(folder);
  const tarball = join(tarballs, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
  const steps = {
    'pnpm pack': () =>
      run('pnpm', ['pack', '--pack-destination', tarballs], join(root, 'packages', folder)) &&
      existsSync(tarball),
    publint: () => run(bin('publint'), ['run', tarball, '--strict'], root),
    attw: () => run(bin('attw'), [tarball, '--format', 'ascii'], root),
  };
  const failed = Object.entries(steps).find(([, step]) => !step());
  if (failed) failures.push(`${name}: ${failed[0]}`);
  console.log(`${name}: ${failed ? `FAILED at ${failed[0]}` : `${Object.keys(steps).join(', ')} ok`}`);
}
rmSync(tarballs, { recursive: true });

if (failures.length > 0) {
  console.error(`\npack:check FAILED\n${failures.map((failure) => `  ${failure}`).join('\n')}`);
  process.exit(1);
}
console.log(`\npack:check passed for ${published.length} packages`);
