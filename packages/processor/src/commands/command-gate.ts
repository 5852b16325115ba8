import type { Explanation } from '@mandate/domain';
import {
  createCommandHandler,
  decodeIssuesOf,
  eventStoreFailureOf,
  type AggregateMemory,
  type CommandOutcome,
  type Decider,
  type DecodeIssue,
  type DomainEvent,
  type EventCodec,
  type EventStore,
  type Telemetry,
  type Uuid,
} from '@mandate/event-sourcing';
import { isLeft } from 'fp-ts/Either';
import type * as t from 'io-ts';
import { commandMetadata } from './command-metadata';
import { invalid } from './invalid';
import type { ResolvedInput } from '../calendar/legal-dates';
import type { CommandOptions, CommandResult, Invalid } from './outcome';

type Command = { readonly type: string; readonly data: object };

export interface CommandGateOptions<C extends Command, State, Event extends DomainEvent, Rejection, Facts> {
  readonly store: EventStore;
  readonly decider: Decider<C, State, Event, Rejection, Facts>;
  readonly eventCodec: EventCodec<Event>;
  /** What is known of the aggregates from earlier commands. */
  readonly memory: AggregateMemory<State>;
  readonly commandCodecs: {
    readonly [Type in C['type']]: t.Type<Extract<C, { type: Type }>['data'], unknown>;
  };
  /** Gives the dates in an input their instants. */
  readonly resolve: (input: unknown) => ResolvedInput;
  readonly streamOf: (command: C) => string;
  readonly factsFor: (command: C) => Promise<Facts>;
  readonly explain: (rejection: Rejection) => Explanation;
  readonly telemetry: Telemetry;
  readonly newId: () => Uuid;
  /** Brings the read side up to what was just recorded. */
  readonly onRecorded: (
    outcome: Extract<CommandOutcome<Event, Rejection>, { outcome: 'accepted' }>,
  ) => Promise<void>;
}

/** Takes a command as it was written down all the way to its outcome. */
export type CommandGate<C extends Command, Event, Rejection> = (
  type: C['type'],
  input: unknown,
  options: CommandOptions,
) => Promise<CommandResult<Event, Rejection>>;

const usedBefore: DecodeIssue = {
  path: 'options.commandId',
  expected: 'an id that no other command has used',
  found: 'one that belongs to a command on another stream',
};

/** The one way in: decode, decide, record, answer in plain data. */
export const createCommandGate = <
  C extends Command,
  State,
  Event extends DomainEvent,
  Rejection extends { readonly reason: string },
  Facts,
>(
  options: CommandGateOptions<C, State, Event, Rejection, Facts>,
): CommandGate<C, Event, Rejection> => {
  const { store, decider, eventCodec: codec, memory, telemetry, streamOf, factsFor } = options;
  const handle = createCommandHandler({ store, decider, codec, memory, telemetry });

  const decoded = (type: C['type'], input: unknown): C | Invalid => {
    const resolved = options.resolve(input);
    if (resolved.issues.length > 0) return invalid(resolved.issues);
    const data = options.commandCodecs[type].decode(resolved.value);
    return isLeft(data) ? invalid(decodeIssuesOf(data.left)) : ({ type, data: data.right } as unknown as C);
  };

  const result = async (
    outcome: CommandOutcome<Event, Rejection>,
  ): Promise<CommandResult<Event, Rejection>> => {
    if (outcome.outcome === 'accepted') {
      await options.onRecorded(outcome);
      return outcome;
    }
    const { rejection } = outcome;
    return { outcome: 'refused', code: rejection.reason, rejection, ...options.explain(rejection) };
  };

  return async (type, input, commandOptions) => {
    const command = decoded(type, input);
    if ('outcome' in command) return command;
    const metadata = commandMetadata(commandOptions, options.newId);
    if (isLeft(metadata)) return invalid(metadata.left);
    const request = {
      stream: streamOf(command),
      command,
      facts: () => factsFor(command),
      metadata: metadata.right,
    };
    try {
      return await result(await handle(request));
    } catch (error) {
      if (eventStoreFailureOf(error)?.kind === 'duplicate-event-id') return invalid([usedBefore]);
      throw error;
    }
  };
};
