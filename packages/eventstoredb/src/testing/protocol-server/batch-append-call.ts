import type { handleBidiStreamingCall } from '@grpc/grpc-js';
import { AllStreamPosition, WrongExpectedVersion } from '@eventstore/db-client/generated/shared_pb';
import { Status } from '@eventstore/db-client/generated/status_pb';
import { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { proposedEvent } from './append-call';
import type { ExpectedRevision } from './append-decision';
import { performAppend, type AppendAnswer } from './appending';
import type { ProposedEvent } from './event-log';
import { consequenceOf } from './faults';
import { nameIn } from './messages';
import type { ServerState } from './server-state';

const expectedOf = (options: BatchAppendReq.Options): ExpectedRevision => {
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasStreamExists()) return 'stream-exists';
  return options.hasStreamPosition() ? Number(options.getStreamPosition()) : 'any';
};

const success = ({ lastRevision, position }: AppendAnswer & { kind: 'success' }): BatchAppendResp => {
  const text = String(position ?? 0);
  return new BatchAppendResp().setSuccess(
    new BatchAppendResp.Success()
      .setCurrentRevision(String(lastRevision))
      .setPosition(new AllStreamPosition().setCommitPosition(text).setPreparePosition(text)),
  );
};

const failure = (details: Any): BatchAppendResp =>
  new BatchAppendResp().setError(new Status().setDetails(details));

const packed = (message: { serializeBinary(): Uint8Array }, type: string): Any => {
  const any = new Any();
  any.pack(message.serializeBinary(), type);
  return any;
};

const responseOf = (answer: AppendAnswer): BatchAppendResp => {
  switch (answer.kind) {
    case 'success':
      return success(answer);
    case 'wrong-expected-version': {
      const wrong = new WrongExpectedVersion();
      if (answer.currentRevision < 0) wrong.setCurrentNoStream(new Empty());
      else wrong.setCurrentStreamRevision(String(answer.currentRevision));
      return failure(packed(wrong, 'event_store.client.WrongExpectedVersion'));
    }
    case 'stream-deleted':
    case 'too-large':
    case 'invalid':
      return failure(packed(new Empty(), 'google.protobuf.Empty'));
  }
};

/**
 * The one stream over which a client sends all its appends when it is left to itself. Only as much of it as shows what
 * goes wrong there: no answer and an error that takes every append of the process along.
 */
export const batchAppendCallOn =
  (state: ServerState): handleBidiStreamingCall<BatchAppendReq, BatchAppendResp> =>
  (call) => {
    const chunks = new Map<string, { options: BatchAppendReq.Options; events: ProposedEvent[] }>();
    const serve = async (message: BatchAppendReq): Promise<void> => {
      const id = message.getCorrelationId()?.getString() ?? '';
      const known = chunks.get(id) ?? { options: new BatchAppendReq.Options(), events: [] };
      const options = message.getOptions() ?? known.options;
      const events = [...known.events, ...message.getProposedMessagesList().map(proposedEvent)];
      chunks.set(id, { options, events });
      if (!message.getIsFinal()) return;
      const { before } = state.faults.next('batch-append');
      const first = await consequenceOf(before);
      if (first === 'say-nothing') return;
      if (first !== 'go-on') {
        call.emit('error', first);
        return;
      }
      const request = {
        stream: nameIn(options.getStreamIdentifier()),
        expected: expectedOf(options),
        events,
      };
      call.write(responseOf(performAppend(state, request)).setCorrelationId(message.getCorrelationId()));
    };
    call.on('data', (message: BatchAppendReq) => void serve(message));
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  };
