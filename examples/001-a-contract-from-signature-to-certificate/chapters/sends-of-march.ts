import type { Processor } from '@mandate/processor';
import * as story from '../generating/story';
import type { Run } from '../run';
import type { LogTally } from '../run-record';
import { counted } from '../showing/numbers';
import { MonthOfSends } from './month-of-sends';

const reminder: Parameters<Processor['decide']>[0] = {
  operation: 'process',
  contractId: story.contractId,
  dataSetId: story.dataSetId,
  purpose: 'delivery',
  categories: ['message-content'],
  channel: 'sms',
  country: 'PL',
  special: { categories: ['health'], foundIn: 'message-content' },
};

/** Sent while the withdrawal had taken effect but had not arrived yet. */
const betweenTheTwo = '2026-03-25T03:00:00.000Z';

/** The same send, judged by what was known when it happened and by what is known now. */
const lookBack = async (run: Run): Promise<void> => {
  const { platform, clock, screen, keeper } = run;
  const { decide } = platform.processor;
  const then = await decide(reminder, { validAt: betweenTheTwo, knownAt: betweenTheTwo });
  const now = await decide(reminder, { validAt: betweenTheTwo, knownAt: clock.now() });
  const codeOf = (answer: typeof then): string =>
    answer.decision === 'deny' && 'reasons' in answer ? answer.reasons[0].reason : answer.decision;
  keeper.change({ hindsight: { knownThen: codeOf(then), knownNow: codeOf(now) } });
  screen.say();
  screen.say(
    '  A reminder of 25 March, 04:00: withdrawn from midnight on, but that was heard of at 09:00 only.',
  );
  screen.aside(`judged by what was known at 04:00: ${codeOf(then)}`);
  screen.aside(`judged by what is known today:     ${codeOf(now)}`);
};

/** What `instructions.json` says an instruction is about. */
const aboutOf = ({ input }: Run, instructionId: string): string => {
  const issued = input.commands.find(
    ({ type, data }) => type === 'IssueInstruction' && JSON.stringify(data).includes(instructionId),
  );
  return issued?.about ?? instructionId;
};

const showClauses = (run: Run, { clauses }: LogTally): void => {
  run.screen.say();
  run.screen.table(
    ['by which instruction allowed', 'clause', 'lines'],
    clauses
      .toSorted((one, other) => other.lines - one.lines)
      .map(({ instructionId, clause, lines }) => [aboutOf(run, instructionId), clause, lines]),
  );
};

const show = (run: Run, log: LogTally): void => {
  const { screen } = run;
  screen.say();
  screen.good(
    `${counted(log.decided)} lines read and decided: ${counted(log.allowed)} allowed, ${counted(log.denied)} denied`,
  );
  screen.good(`${counted(log.batches)} batches of processing on record, with the clause each rests on`);
  for (const noticed of log.notices) screen.good(`the controller was told about undeclared data: ${noticed}`);
  showClauses(run, log);
  screen.say();
  screen.table(
    ['why denied', 'lines', 'first at line', 'rule'],
    log.denials
      .toSorted((one, other) => other.lines - one.lines)
      .map(({ code, lines, first, article }) => [code, lines, first.map(counted).join('  '), article]),
  );
  screen.aside('A line with several reasons counts under each of them.');
};

/** Chapter 3: a month of sends, line by line, with what was instructed and recorded in between. */
export const decideSendsOfMarch = async (run: Run): Promise<void> => {
  const { screen, keeper } = run;
  screen.chapter(
    3,
    'The sends of March 2026',
    'Before every operation the platform asks. What nobody instructed is denied, and so is what nobody understands.',
  );
  const progress = screen.progress('lines decided', keeper.record().scale.sends);
  await new MonthOfSends(run, progress).read();
  progress.end();
  const { log } = keeper.record();
  if (log === undefined) return;
  show(run, log);
  await lookBack(run);
};
