import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessingOperation } from '@mandate/domain';
import { PeerNotMeasured, type Peer } from '../comparing/comparison';
import { WorkNotDone } from '../comparing/work';
import { startAsked, type AskedProcess, type Program } from './process-asked';
import { askedAt, sampleContract, type SampleContract } from './sample-contracts';
import { isAllowedAt, sampleRequests } from './sample-requests';

/** A peer that runs in a process of its own. */
export type ApartPeer = 'casbin' | '@cedar-policy/cedar-wasm';

/** First what to build and to be asked, then, as often as wanted, to measure. */
export type ApartQuestion =
  | {
      readonly contracts: readonly SampleContract[];
      readonly requests: readonly ProcessingOperation[];
      readonly atMs: number;
    }
  | 'measure';

/** Whether each request is allowed; or how many were answered in a second. */
export type ApartAnswer = { readonly answers: readonly boolean[] } | { readonly perSecond: number };

/** Peers, and how to end their processes. */
export interface PeersApart {
  readonly peers: readonly Peer[];
  readonly close: () => Promise<void>;
}

interface ApartSettings {
  /** The file without its ending. */
  readonly program: string;
  /** As many as take some tenths of a second. */
  readonly requestsPerRound: number;
}

const settings: Readonly<Record<ApartPeer, ApartSettings>> = {
  casbin: { program: 'casbin-process', requestsPerRound: 10_000 },
  '@cedar-policy/cedar-wasm': { program: 'cedar-process', requestsPerRound: 2000 },
};

/** In tests there is no build to start, and Node 20 does not read TypeScript. */
const programOf = (name: ApartPeer): Program => {
  const source = join(__dirname, settings[name].program);
  return existsSync(`${source}.js`)
    ? { file: `${source}.js`, options: [] }
    : { file: `${source}.ts`, options: ['--require', require.resolve('esbuild-register')] };
};

const build = async (
  name: ApartPeer,
  contracts: number,
  { ask }: AskedProcess<ApartQuestion, ApartAnswer>,
): Promise<void> => {
  const requests = sampleRequests(contracts, Math.min(settings[name].requestsPerRound, 2 * contracts));
  const asked = new Set(requests.map(({ contractId }) => contractId as string));
  // Contracts that nobody asks about would only cost time: Cedar takes milliseconds to parse the policies of one.
  const known = Array.from({ length: contracts }, (_, number) => sampleContract(number)).filter(
    ({ contractId }) => asked.has(contractId),
  );
  const answer = await ask({ contracts: known, requests, atMs: Date.parse(askedAt) });
  const isRight = (allowed: boolean, index: number): boolean => allowed === isAllowedAt(index);
  if (!('answers' in answer) || answer.answers.length !== requests.length || !answer.answers.every(isRight))
    throw new WorkNotDone(`${name} answers otherwise.`);
};

/** A peer whose process may end at any time: then it is not measured, and the rest is. */
export const startPeerApart = async (
  name: ApartPeer,
  contracts: number,
  program: Program = programOf(name),
): Promise<Peer & Pick<PeersApart, 'close'>> => {
  const asked = startAsked<ApartQuestion, ApartAnswer>(program);
  try {
    await build(name, contracts, asked);
  } catch (error) {
    if (!(error instanceof PeerNotMeasured)) {
      await asked.close();
      throw error;
    }
  }
  return {
    name,
    measure: async () => {
      const answer = await asked.ask('measure');
      if (!('perSecond' in answer)) throw new WorkNotDone(`${name} measured nothing.`);
      return answer.perSecond;
    },
    close: asked.close,
  };
};

/** Every peer that runs in a process of its own, one after the other, since building keeps the machine busy. */
export const peersApart = async (contracts: number): Promise<PeersApart> => {
  const casbin = await startPeerApart('casbin', contracts);
  try {
    const cedar = await startPeerApart('@cedar-policy/cedar-wasm', contracts);
    return {
      peers: [casbin, cedar],
      close: async () => {
        await Promise.all([casbin.close(), cedar.close()]);
      },
    };
  } catch (error) {
    await casbin.close();
    throw error;
  }
};
