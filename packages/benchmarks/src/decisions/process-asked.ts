import { fork } from 'node:child_process';
import { PeerNotMeasured } from '../comparing/comparison';

/** A process that answers one question at a time. */
export interface AskedProcess<Question, Answer> {
  /** Rejects with a `PeerNotMeasured` that says how the process ended, when it did. */
  readonly ask: (question: Question) => Promise<Answer>;
  /** Ends the process, whatever it is doing, and waits until it is gone. */
  readonly close: () => Promise<void>;
}

export interface Program {
  readonly file: string;
  /** For node itself. */
  readonly options: readonly string[];
}

const complaintCharactersMax = 4000;

/** The line that names the error, and the one after it: V8 says there what was the matter. */
const complaintIn = (said: string): string => {
  const lines = said.split('\n').map((line) => line.replace(/^#\s*/, '').trim());
  const first = lines.findIndex((line) => /error\b.*\bin\b|error:|error \[/i.test(line));
  if (first === -1) return '';
  const [complaint = '', reason = ''] = lines.slice(first);
  return `: ${complaint}${/^fatal/i.test(complaint) ? ` ${reason}` : ''}`;
};

/** Starts a program that talks to its parent. */
export const startAsked = <Question extends object | string, Answer>({
  file,
  options,
}: Program): AskedProcess<Question, Answer> => {
  const child = fork(file, { execArgv: [...options], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(0, complaintCharactersMax);
  });
  const ended = new Promise<PeerNotMeasured>((resolve) => {
    child.on('error', ({ message }) => {
      resolve(new PeerNotMeasured(`its process did not start: ${message}`));
    });
    child.once('close', (code, signal) => {
      resolve(
        new PeerNotMeasured(`its process ended (${signal ?? `exit code ${code}`})${complaintIn(said)}`),
      );
    });
  });
  return {
    ask: async (question) => {
      const answered = new Promise<Answer>((resolve) => {
        child.once('message', (answer) => {
          resolve(answer as Answer);
        });
      });
      // What cannot be sent is not answered: the process has ended, and that says why.
      child.send(question, () => undefined);
      const answer = await Promise.race([answered, ended]);
      if (answer instanceof PeerNotMeasured) throw answer;
      return answer;
    },
    close: async () => {
      child.kill();
      await ended;
    },
  };
};
