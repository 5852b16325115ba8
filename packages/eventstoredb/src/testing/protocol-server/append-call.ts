import type { handleClientStreamingCall, ServerReadableStream } from '@grpc/grpc-js';
import { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { ExpectedRevision } from './append-decision';
import { performAppend, type AppendAnswer, type AppendRequest } from './appending';
import type { ProposedEvent } from './event-log';
import { consequenceOf } from './faults';
import { empty, nameIn } from './messages';
import type { ServerState } from './server-state';
import { statuses, type ErrorStatus } from './statuses';

const expectedOf = (options: AppendReq.Options): ExpectedRevision => {
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasStreamExists()) return 'stream-exists';
  return options.hasRevision() ? Number(options.getRevision()) : 'any';
};

export const proposedEvent = (message: AppendReq.ProposedMessage): ProposedEvent => ({
  id: message.getId()?.getString() ?? '',
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

const requestFrom = async (call: ServerReadableStream<AppendReq, AppendResp>): Promise<AppendRequest> => {
  let options = new AppendReq.Options();
  const events: ProposedEvent[] = [];
  for await (const message of call as AsyncIterable<AppendReq>) {
    options = message.getOptions() ?? options;
    const proposed = message.getProposedMessage();
    if (proposed !== undefined) events.push(proposedEvent(proposed));
  }
  // A client that gives up in the middle ends what can be read, too; nothing of that may be written.
  if (call.cancelled) throw new Error('Expected the client to send all of its append.');
  return { stream: nameIn(options.getStreamIdentifier()), expected: expectedOf(options), events };
};

const setExpected = (
  message: AppendResp.WrongExpectedVersion,
  expected: ExpectedRevision,
): AppendResp.WrongExpectedVersion => {
  switch (expected) {
    case 'any':
      return message.setExpectedAny(empty());
    case 'stream-exists':
      return message.setExpectedStreamExists(empty());
    case 'no-stream':
      return message.setExpectedNoStream(empty());
    default:
      return message.setExpectedRevision(String(expected));
  }
};

const wrongExpectedVersion = ({ expected }: AppendRequest, currentRevision: number): AppendResp => {
  const wrong = setExpected(new AppendResp.WrongExpectedVersion(), expected);
  return new AppendResp().setWrongExpectedVersion(
    currentRevision < 0
      ? wrong.setCurrentNoStream(empty())
      : wrong.setCurrentRevision(String(currentRevision)),
  );
};

const success = ({ lastRevision, position }: AppendAnswer & { kind: 'success' }): AppendResp => {
  const message = new AppendResp.Success();
  if (lastRevision < 0) message.setNoStream(empty());
  else message.setCurrentRevision(String(lastRevision));
  if (position === undefined) message.setNoPosition(empty());
  else {
    const text = String(position);
    message.setPosition(new AppendResp.Position().setCommitPosition(text).setPreparePosition(text));
  }
  return new AppendResp().setSuccess(message);
};

type Answer = { readonly response: AppendResp } | { readonly error: ErrorStatus };

const answerTo = (state: ServerState, request: AppendRequest): Answer => {
  const answer = performAppend(state, request);
  switch (answer.kind) {
    case 'success':
      return { response: success(answer) };
    case 'wrong-expected-version':
      return { response: wrongExpectedVersion(request, answer.currentRevision) };
    case 'stream-deleted':
      return { error: statuses.streamDeleted(request.stream) };
    case 'too-large':
      return { error: statuses.maximumAppendSizeExceeded(state.settings.appendBytesMax) };
    case 'invalid':
      return { error: statuses.invalidArgument(answer.what) };
  }
};

/** The call of one append: its options, then its events one by one, then the answer. */
export const appendCallOn =
  (state: ServerState): handleClientStreamingCall<AppendReq, AppendResp> =>
  (call, respond) => {
    const serve = async (): Promise<void> => {
      const request = await requestFrom(call);
      const { before, after } = state.faults.next('append');
      const first = await consequenceOf(before);
      if (first === 'say-nothing') return;
      if (first !== 'go-on') {
        respond(first);
        return;
      }
      const answer = answerTo(state, request);
      const then = await consequenceOf(after);
      if (then === 'say-nothing') return;
      if (then !== 'go-on') respond(then);
      else if ('error' in answer) respond(answer.error);
      else respond(null, answer.response);
    };
    serve().catch(() => {
      // The client has gone while it was still sending.
    });
  };
