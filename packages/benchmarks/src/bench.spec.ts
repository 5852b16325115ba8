import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bench } from './bench';
import { PeerNotMeasured, type Peer } from './comparing/comparison';
import { requireCount, type Work } from './comparing/work';

const workNamed = (name: string, check: () => void = () => undefined, peers: readonly Peer[] = []): Work => ({
  name,
  about: `About ${name}.`,
  prepare: () =>
    Promise.resolve({
      comparisons: [
        {
          work: name,
          unit: 'steps/s',
          target: { atLeast: 0.9 },
          ours: () => Promise.resolve(50),
          limit: () => Promise.resolve(100),
          peers,
        },
      ],
      check,
      close: () => Promise.resolve(),
    }),
});

const nothing = () => undefined;

const works = [
  workNamed('walk'),
  workNamed('run'),
  workNamed('stumble', () => requireCount('Steps', 3, 2)),
  workNamed('race', nothing, [
    { name: 'hare', measure: () => Promise.reject(new PeerNotMeasured('it fell asleep')) },
    { name: 'tortoise', measure: () => Promise.resolve(7) },
  ]),
];

describe('the bench', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mandate-bench-spec-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const called = async (out: string, ...args: readonly string[]) => {
    const said: string[] = [];
    const exitCode = await bench([...args, '--folder', join(folder, 'databases')], {
      works,
      timer: () => Promise.resolve(1),
      progress: () => ({ advance: () => undefined, end: () => undefined }),
      outFolder: join(folder, out),
      say: (text) => said.push(text),
      complain: (text) => said.push(text),
    });
    return { exitCode, said: said.join('\n') };
  };

  it('shows the ratio and whether it is as hoped for, and keeps every round', async () => {
    const { exitCode, said } = await called('one', 'walk');
    expect(exitCode).toBe(0);
    expect(said).toMatch(/walk .* 50 .* 100 .* steps\/s .* 0\.50 .* 0\.50 to 0\.50 .* >= 0\.9 MISSED/);
    expect(await readdir(join(folder, 'one'))).toEqual(['walk.json']);
    const rounds = Array.from({ length: 5 }, () => ({ ours: 50, limit: 100 }));
    expect(JSON.parse(await readFile(join(folder, 'one/walk.json'), 'utf8'))).toEqual([
      { work: 'walk', ours: 50, limit: 100, peers: [], ratioToLimit: 0.5, rounds, unit: 'steps/s' },
    ]);
  });

  it('says why a peer was not measured, and goes on with the others', async () => {
    const { exitCode, said } = await called('raced', 'race');
    expect(exitCode).toBe(0);
    expect(said).toMatch(/race .* hare not measured: it fell asleep/);
    expect(said).toMatch(/tortoise 7/);
    const [{ peers }] = JSON.parse(await readFile(join(folder, 'raced/race.json'), 'utf8')) as [
      { readonly peers: unknown },
    ];
    expect(peers).toEqual([
      { name: 'hare', notMeasured: 'it fell asleep' },
      { name: 'tortoise', value: 7 },
    ]);
  });

  it('measures several works in their own order', async () => {
    const { said } = await called('several', 'run', 'walk');
    expect(said.indexOf('walk')).toBeLessThan(said.indexOf('run'));
  });

  it('fails at a work that did not do what it should, and keeps no numbers of it', async () => {
    const { exitCode, said } = await called('failed', 'stumble');
    expect(exitCode).toBe(1);
    expect(said).toBe('Steps: expected 3, found 2.');
    expect(await readdir(folder)).not.toContain('failed');
  });

  it('leaves no databases behind', async () => {
    await called('tidy', 'walk');
    expect(await readdir(join(folder, 'databases'))).toEqual([]);
  });

  it.each([
    [['fly'], 'Unknown: fly. Known: walk, run, stumble, race.'],
    [['walk', '--rounds', '4'], '--rounds: expected a whole number of 5 or more.'],
    [['walk', '--events', '1e6'], '--events: expected a whole number of 10000 or more.'],
    [['walk', '--speed', 'high'], "Unknown option '--speed'"],
  ])('refuses %j', async (args, complaint) => {
    const { exitCode, said } = await called('refused', ...args);
    expect(exitCode).toBe(2);
    expect(said).toContain(complaint);
  });

  it('explains itself', async () => {
    const { exitCode, said } = await called('help', '--help');
    expect(exitCode).toBe(0);
    expect(said).toContain('About walk.');
  });
});
