import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PeerNotMeasured } from '../comparing/comparison';
import { WorkNotDone } from '../comparing/work';
import { startPeerApart, type ApartPeer } from './peer-apart';

const contracts = 40;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mandate-peer-'));
});
afterAll(() => rm(folder, { recursive: true }));

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

let programs = 0;
const pidFile = () => join(folder, `peer-${programs}.pid`);
/** A peer whose process runs these lines, which see each message as `question`, and leaves its pid in a file. */
const peerThat = async (lines: string) => {
  programs += 1;
  const file = join(folder, `peer-${programs}.cjs`);
  const leavePid = `require('node:fs').writeFileSync(${JSON.stringify(pidFile())}, String(process.pid));`;
  await writeFile(file, `${leavePid} process.on('message', (question) => { ${lines} });`);
  return startPeerApart('casbin', contracts, { file, options: [] });
};

const right = 'process.send({ answers: question.requests.map((_, index) => index % 2 === 0) })';

describe('a peer in a process of its own', () => {
  it.each<ApartPeer>(['casbin', '@cedar-policy/cedar-wasm'])(
    '%s answers rightly, until it is closed',
    async (name) => {
      const peer = await startPeerApart(name, contracts);
      expect(await peer.measure()).toBeGreaterThan(0);
      expect(await peer.measure()).toBeGreaterThan(0);
      await peer.close();
      await expect(peer.measure()).rejects.toEqual(new PeerNotMeasured('its process ended (SIGTERM)'));
    },
  );

  it.each([
    ['is ended while it builds', `process.kill(process.pid, 'SIGKILL')`, 'its process ended (SIGKILL)'],
    [
      'is ended while it measures',
      `if (question === 'measure') process.kill(process.pid, 'SIGKILL'); else ${right}`,
      'its process ended (SIGKILL)',
    ],
    ['gives up', `throw new TypeError('no policy')`, 'its process ended (exit code 1): TypeError: no policy'],
    [
      'ends as V8 does',
      `console.error('#\\n# Fatal error in , line 0\\n# unreachable code\\n#'); process.exitCode = 5; process.disconnect()`,
      'its process ended (exit code 5): Fatal error in , line 0 unreachable code',
    ],
  ])('that %s is not measured, and says why, as often as it is asked', async (_case, lines, reason) => {
    const peer = await peerThat(lines);
    await expect(peer.measure()).rejects.toEqual(new PeerNotMeasured(reason));
    await expect(peer.measure()).rejects.toBeInstanceOf(PeerNotMeasured);
    await peer.close();
  });

  it.each([
    ['one answer is wrong', right.replace('index % 2 === 0', 'index % 2 === 0 || index === 7')],
    ['an answer is missing', right.replace('question.requests.map', 'question.requests.slice(1).map')],
    ['nothing is answered', 'process.send({ perSecond: 1000 })'],
  ])('is not used where %s, and leaves nothing running', async (_case, lines) => {
    await expect(peerThat(lines)).rejects.toThrow(new WorkNotDone('casbin answers otherwise.'));
    expect(isRunning(Number(await readFile(pidFile(), 'utf8')))).toBe(false);
  });
});
