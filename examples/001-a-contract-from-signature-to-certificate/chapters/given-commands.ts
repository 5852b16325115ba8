import { derivedUuid, type Instant, type Uuid } from '@mandate/event-sourcing';
import type { CommandOptions, Processor } from '@mandate/processor';
import type { DatedCommand } from '../reading/dated-commands';
import { InputProblem } from '../reading/input-problem';
import type { GivenResult } from '../reading/known-commands';
import { findingsOfInvalid } from '../reading/unusable-results';
import { unlessInterrupted, type Run } from '../run';
import { warsawTime } from '../showing/local-time';

const namespace = '5a3c9f0e-2b61-5d7c-8f14-0d9be1c2a001' as Uuid;

/** The same entry of the same file is the same command, whenever and however often it is given. */
export const optionsFor = (name: string, actor: string): CommandOptions => ({
  actor,
  commandId: derivedUuid(name, namespace),
});

/** Gives a command, and waits until every answer rests on it. */
export const giveCommand = async (processor: Processor, command: DatedCommand): Promise<GivenResult> => {
  const options = optionsFor(command.name, command.actor);
  const result = await command.command.give(processor, command.data, options);
  if (result.outcome === 'accepted') await processor.waitFor(result.position);
  return result;
};

const show = ({ screen }: Run, command: DatedCommand, result: GivenResult): void => {
  const what = `${warsawTime(command.at)}  ${command.type}: ${command.about}`;
  if (result.outcome === 'refused') {
    screen.bad(what);
    screen.aside(`refused, ${result.code} (${result.article})`);
    screen.aside(result.sentence);
    return;
  }
  screen.good(what);
  const isUnknownIssuer =
    result.outcome === 'accepted' &&
    result.events.some((event) => JSON.stringify(event).includes('"entitlement":"unknown-issuer"'));
  if (isUnknownIssuer)
    screen.aside('on record, but the issuer is unknown: it never takes effect (GDPR Art. 29)');
};

/** Gives every command whose time has come and that was not given yet, in order, each at its time. */
export const giveCommandsUntil = async (run: Run, until: Instant): Promise<void> => {
  const { keeper, input, clock, platform } = run;
  for (;;) {
    const { commands } = keeper.record();
    const command = input.commands[commands.length];
    if (command === undefined || until < command.at) return;
    unlessInterrupted(run);
    clock.moveTo(command.at);
    const result = await giveCommand(platform.processor, command);
    if (result.outcome === 'invalid') throw new InputProblem(findingsOfInvalid(command, result));
    show(run, command, result);
    const { outcome } = result;
    const given = { name: command.name, outcome, ...(outcome === 'refused' ? { code: result.code } : {}) };
    keeper.change({ commands: [...commands, given] });
  }
};

/** When the next command is due. */
export const nextCommandAt = ({ keeper, input }: Run): Instant | undefined =>
  input.commands[keeper.record().commands.length]?.at;
