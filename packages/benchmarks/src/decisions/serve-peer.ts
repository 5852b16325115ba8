import { WorkNotDone } from '../comparing/work';
import { ratePerSecond, tinybenchTimer } from '../comparing/timer';
import type { ApartAnswer, ApartQuestion } from './peer-apart';
import type { Ask } from './rivals';
import type { SampleContract } from './sample-contracts';

const say = (answer: ApartAnswer): void => {
  process.send?.(answer);
};

/**
 * Makes this process a peer: it builds, answers everything once, then measures whenever it is told to, and ends with
 * the channel to its parent. Only the peer is loaded: beside all the rest of the bench it has ended Node 20.
 */
export const servePeer = (build: (contracts: readonly SampleContract[]) => Ask | Promise<Ask>): void => {
  let measure = (): Promise<number> => Promise.reject(new WorkNotDone('Nothing was built yet.'));

  const answerTo = async (question: ApartQuestion): Promise<void> => {
    if (question === 'measure') {
      say({ perSecond: await measure() });
      return;
    }
    const { contracts, requests, atMs } = question;
    const ask = await build(contracts);
    const answers = (): readonly boolean[] => requests.map((request) => ask(request, atMs));
    say({ answers: answers() });
    measure = ratePerSecond(tinybenchTimer, requests.length, () => {
      answers();
      return Promise.resolve();
    });
  };

  process.on('message', (question: ApartQuestion) => void answerTo(question));
};
