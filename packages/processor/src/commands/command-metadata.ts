import {
  decodeIssuesOf,
  isUuid,
  patternCodec,
  recordCodec,
  uuidCodec,
  type DecodeIssue,
  type EventMetadata,
  type Uuid,
} from '@mandate/event-sourcing';
import { isLeft, left, right, type Either } from 'fp-ts/Either';
import type * as t from 'io-ts';
import type { CommandOptions } from './outcome';

const options: t.Type<CommandOptions, unknown> = recordCodec<CommandOptions>(
  'command options',
  {
    actor: patternCodec(
      // Digits alone could be somebody's telephone number.
      /^(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/,
      'an opaque id (up to 64 letters, digits and . _ : -, with a letter among them)',
    ),
  },
  {
    commandId: uuidCodec('command id'),
    correlationId: uuidCodec('correlation id'),
    causationId: uuidCodec('causation id'),
    traceparent: patternCodec(/^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/, 'a W3C traceparent'),
  },
);

const uuidOr = (given: string | undefined, otherwise: Uuid): Uuid => (isUuid(given) ? given : otherwise);

/** What goes beside a command's events; absent ids are the command's own. */
export const commandMetadata = (
  given: CommandOptions,
  newId: () => Uuid,
): Either<readonly DecodeIssue[], EventMetadata> => {
  const decoded = options.decode(given);
  if (isLeft(decoded)) {
    return left(
      decodeIssuesOf(decoded.left).map((issue) => ({
        ...issue,
        path: issue.path === '' ? 'options' : `options.${issue.path}`,
      })),
    );
  }
  const { actor, correlationId, causationId, traceparent } = decoded.right;
  const commandId = uuidOr(decoded.right.commandId, newId());
  return right({
    commandId,
    correlationId: uuidOr(correlationId, commandId),
    causationId: uuidOr(causationId, commandId),
    actor,
    ...(traceparent === undefined ? {} : { traceparent }),
  });
};
