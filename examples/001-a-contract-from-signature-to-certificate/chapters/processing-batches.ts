import { derivedUuid, instantOf, epochMillisecondsOf, type Instant, type Uuid } from '@mandate/event-sourcing';
import type { DecisionResult, Processor } from '@mandate/processor';
import type { LoggedSend } from '../reading/send-log';
import { optionsFor } from './given-commands';

export type Allowed = Extract<DecisionResult, { decision: 'allow' }>;
type Recorded = Parameters<Processor['dataSets']['recordProcessing']>[0];
type Batch = Omit<Recorded, 'interval' | 'batchId'> & { readonly from: Instant; readonly to: Instant };

const outcomeOf = ({ result }: LoggedSend): Recorded['outcome'] =>
  result === 'failed' ? 'failed' : 'handed-over';

/** The clause that covers what the send was about: its content before the address it went to. */
const clauseOf = ({ bases }: Allowed): Extract<Allowed['bases'][number], { kind: 'instruction' }> | undefined =>
  bases
    .filter((basis) => basis.kind === 'instruction')
    .toSorted((one, other) => Number(other.category !== 'recipient-contact') - Number(one.category !== 'recipient-contact'))[0];

/** The sends of one day, by the clause they rested on, where they went and what became of them (Art. 30(2)). */
export class ProcessingBatches {
  readonly #batches = new Map<string, Batch>();

  add(send: LoggedSend, allowed: Allowed): void {
    const { request, at } = send;
    const clause = clauseOf(allowed);
    if (request.operation !== 'process' || clause === undefined) return;
    const { contractId, dataSetId, channel, country } = request;
    // A purpose of the processor's own is never allowed; the type does not know.
    const purpose = request.purpose as Recorded['purpose'];
    const outcome = outcomeOf(send);
    const { instructionId, version: instructionVersion } = clause;
    const key = [instructionId, instructionVersion, clause.clause, purpose, channel, country, outcome].join(' ');
    const { from = at, to = at, operations = 0 } = this.#batches.get(key) ?? {};
    this.#batches.set(key, {
      ...{ contractId, dataSetId, instructionId, instructionVersion, clause: clause.clause },
      ...{ purpose, channel, country, outcome },
      operations: operations + 1,
      from: at < from ? at : from,
      to: at < to ? to : at,
    });
  }

  /** Puts the day on record. The same day again, after a crash, is the same batches. */
  async record(day: string, { dataSets, waitFor }: Pick<Processor, 'dataSets' | 'waitFor'>): Promise<number> {
    const batches = [...this.#batches.entries()];
    this.#batches.clear();
    for (const [key, { from, to, ...batch }] of batches) {
      const batchId = derivedUuid(`${day} ${key}`, batch.dataSetId as Uuid);
      const interval = { from, until: instantOf(epochMillisecondsOf(to) + 1) };
      const options = optionsFor(`batch ${batchId}`, 'platform');
      const result = await dataSets.recordProcessing({ ...batch, batchId, interval }, options);
      if (result.outcome !== 'accepted') throw new Error(`A batch was not recorded: ${result.sentence}`);
      await waitFor(result.position);
    }
    return batches.length;
  }
}
