import {
  contractStream,
  dataSetStream,
  instructionStream,
  type ContractId,
  type ContractScope,
} from '@mandate/domain';
import {
  comparePositions,
  readWholeStream,
  type EventStore,
  type RecordedEvent,
} from '@mandate/event-sourcing';

/** Every stream that belongs to a contract. */
const streamsOf = (contractId: ContractId, scope: ContractScope | undefined): readonly string[] => [
  contractStream(contractId),
  ...[...(scope?.instructions.keys() ?? [])].map(instructionStream),
  ...[...(scope?.dataSets.keys() ?? [])].map(dataSetStream),
];

/** The events of a contract, its instructions and its data sets, in the order of the log. */
export const readContractHistory = async (
  store: EventStore,
  contractId: ContractId,
  scope: ContractScope | undefined,
): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for (const stream of streamsOf(contractId, scope)) {
    for await (const recorded of readWholeStream(store, stream)) events.push(recorded);
  }
  return events.toSorted((one, other) => comparePositions(one.position, other.position));
};
