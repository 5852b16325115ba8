import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { StoredEvent } from './event-log';

/** A filter of a subscription, with how often it reports where it is. */
export interface LogFilter {
  readonly isWanted: (event: StoredEvent) => boolean;
  /** How many events are looked at between two checkpoints. */
  readonly checkpointInterval: number;
}

/** The number of events that the server looks at in one go, unless it is told. */
const searchWindowDefault = 32;

type Expression = ReadReq.Options.FilterOptions.Expression;

const testOf = (expression: Expression): ((text: string) => boolean) => {
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return (text) => prefixes.some((prefix) => text.startsWith(prefix));
  // A .NET expression; those that the adapter uses mean the same here.
  const pattern = new RegExp(expression.getRegex(), 'u');
  return (text) => pattern.test(text);
};

export const logFilterOf = (options: ReadReq.Options): LogFilter | undefined => {
  const filter = options.getFilter();
  if (filter === undefined) return undefined;
  const [byStream, byType] = [filter.getStreamIdentifier(), filter.getEventType()];
  const window = filter.hasMax() ? filter.getMax() : searchWindowDefault;
  const checkpointInterval = window * filter.getCheckpointintervalmultiplier();
  const expression = byStream ?? byType;
  if (expression === undefined) return { isWanted: () => true, checkpointInterval };
  const test = testOf(expression);
  return {
    isWanted: byStream === undefined ? ({ type }) => test(type) : ({ stream }) => test(stream),
    checkpointInterval,
  };
};
