import type { Deletion, StoreEraser } from '@mandate/deletion';
import {
  derivedUuid,
  loadAggregate,
  type Clock,
  type EffectHandler,
  type EffectOutcome,
  type JsonObject,
  type Uuid,
} from '@mandate/event-sourcing';
import { contract, contractEventCodec, contractStream, type DataSetEvent } from '@mandate/domain';
import type { Vault } from '@mandate/vault';
import { legalDateAfter } from '../calendar/calendar';
import type { RecordedErasures } from '../erasure-ledger';
import { certify, type CertificationPorts } from './deletion-certification';
import { isRefusedFor, type CommandResult } from '../commands/outcome';

export interface DeletionPorts extends CertificationPorts {
  readonly vault: Vault;
  readonly erasers: Readonly<Record<string, StoreEraser>>;
  readonly clock: Clock;
  readonly erasures?: RecordedErasures | undefined;
}

const failed = (reason: string): EffectOutcome => ({ outcome: 'failed', reason });

const completed = (result: JsonObject = {}): EffectOutcome => ({ outcome: 'completed', result });

/** The outcome of a step that ends in a command: done when it was accepted, to be tried again when refused. */
const outcomeOf = (result: CommandResult<unknown, unknown>, facts: JsonObject = {}): EffectOutcome => {
  switch (result.outcome) {
    case 'accepted':
      return completed(facts);
    case 'refused':
      return failed(`refused-${result.code}`);
    case 'invalid':
      return { outcome: 'impossible', reason: 'invalid-command' };
  }
};

type Step<Name extends Deletion['step']> = (
  ports: DeletionPorts,
  deletion: Extract<Deletion, { step: Name }>,
  effectId: Uuid,
) => Promise<EffectOutcome>;

// Every command carries the id of its effect: repeated after a crash, it returns its first outcome.
const by = (effectId: Uuid): { readonly actor: string; readonly commandId: string } => ({
  actor: 'deletion',
  commandId: effectId,
});

const terminate: Step<'terminate-contract'> = async (
  { gates, store },
  { contractId, endedAt, ground },
  effectId,
) => {
  const { state: found } = await loadAggregate(store, contractStream(contractId), {
    decider: contract,
    codec: contractEventCodec,
  });
  // The notice may have been withdrawn when the process had not been told of it yet: then nothing ends.
  const isNoticed = found.status !== 'concluded' || found.agreement.notice?.endsAt.at === endedAt.at;
  if (!isNoticed) return completed();
  const result = await gates.contract('TerminateContract', { contractId, endedAt, ground }, by(effectId));
  // Somebody recorded an earlier end meanwhile: the contract has ended, which is what was wanted.
  return isRefusedFor(result, ['contract-ended', 'contract-closed']) ? completed() : outcomeOf(result);
};

const freeze: Step<'freeze'> = async ({ vault, erasures, caseOf }, { contractId }) => {
  const ended = caseOf(contractId)?.ended;
  // On record before anything is destroyed: a backup of the history may not know it.
  if (erasures !== undefined && ended !== undefined) {
    const data = { contractId, endedAt: ended.at, ground: ended.ground };
    await erasures.ledger.record({ type: 'ContractEnded', data });
  }
  const { frozenAt } = await vault.freeze(contractId);
  return completed({ frozenAt });
};

const orderDeletion: Step<'order-deletion'> = async (
  { gates },
  { contractId, dataSetId, endedAt, within, zone },
  effectId,
) => {
  const deadline = legalDateAfter(endedAt, within, zone);
  const result = await gates.dataSet('OrderDeletion', { contractId, dataSetId, deadline }, by(effectId));
  // A law was applied in between. The process is told of it, too, and asks again at its date.
  return isRefusedFor(result, ['retention-in-force']) ? completed() : outcomeOf(result);
};

const destroyKeys: Step<'destroy-keys'> = async ({ gates, vault }, { contractId, dataSetId }, effectId) => {
  const { keysDestroyed, fenceRevision, destroyedAt } = await vault.eraseDataSet({ contractId, dataSetId });
  const facts = { keys: keysDestroyed, fenceRevision, destroyedAt };
  const input = { contractId, dataSetId, ...facts };
  return outcomeOf(await gates.dataSet('DestroyKeys', input, by(effectId)), facts);
};

/** What is on record, which is what the store said the first time. */
const countsIn = (events: readonly DataSetEvent[]): JsonObject => {
  const erased = events.find((event) => event.type === 'StoreErased')?.data.receipt;
  return erased === undefined ? {} : { found: erased.found, erased: erased.erased };
};

/** A store that was restored must not answer with the receipt of before: from then on orders have other keys. */
const orderKeyOf = (effectId: Uuid, reapplications: number): Uuid =>
  reapplications === 0 ? effectId : derivedUuid(`reapplied/${reapplications}`, effectId);

/** What the store has said already, when only the note of it was lost: whoever has answered is not asked again. */
const answerOnRecord = (
  { caseOf, erasures }: DeletionPorts,
  { contractId, dataSetId, store }: Extract<Deletion, { step: 'erase-store' }>,
): EffectOutcome | undefined => {
  // A store that was restored has to answer anew.
  if ((erasures?.reapplications ?? 0) > 0) return undefined;
  const receipt = caseOf(contractId)?.dataSets.get(dataSetId)?.receipts.get(store.name);
  return receipt && completed({ found: receipt.found, erased: receipt.erased });
};

const eraseStore: Step<'erase-store'> = async (ports, deletion, effectId) => {
  const { gates, erasers, erasures } = ports;
  const { contractId, dataSetId, store } = deletion;
  const known = answerOnRecord(ports, deletion);
  if (known !== undefined) return known;
  const erase = Object.hasOwn(erasers, store.name) ? erasers[store.name] : undefined;
  if (erase === undefined) return { outcome: 'impossible', reason: 'no-eraser-for-this-store' };
  const idempotencyKey = orderKeyOf(effectId, erasures?.reapplications ?? 0);
  const erasure = await erase({ contractId, dataSetId, store: store.name, idempotencyKey });
  if (erasure.outcome === 'failed') return failed(erasure.reason);
  const input = { contractId, dataSetId, store: store.name, receipt: erasure.receipt };
  const result = await gates.dataSet('EraseStore', input, by(effectId));
  return outcomeOf(result, result.outcome === 'accepted' ? countsIn(result.events) : {});
};

const deleteDataSet: Step<'delete-data-set'> = async (
  { gates, clock },
  { contractId, dataSetId },
  effectId,
) =>
  outcomeOf(
    await gates.dataSet('DeleteDataSet', { contractId, dataSetId, deletedAt: clock() }, by(effectId)),
  );

const destroyContractKey: Step<'destroy-contract-key'> = async ({ vault }, { contractId }) => {
  await vault.fence(contractId);
  const { keysDestroyed, fenceRevision, destroyedAt } = await vault.destroyContractKeys(contractId);
  return completed({ keys: keysDestroyed, fenceRevision, destroyedAt });
};

/** Carries out the steps of deletions: the only place where the process touches the world. */
export const deletionSteps =
  (ports: DeletionPorts): EffectHandler<Deletion & JsonObject> =>
  (deletion, effectId) => {
    switch (deletion.step) {
      case 'terminate-contract':
        return terminate(ports, deletion, effectId);
      case 'freeze':
        return freeze(ports, deletion, effectId);
      case 'order-deletion':
        return orderDeletion(ports, deletion, effectId);
      case 'destroy-keys':
        return destroyKeys(ports, deletion, effectId);
      case 'erase-store':
        return eraseStore(ports, deletion, effectId);
      case 'delete-data-set':
        return deleteDataSet(ports, deletion, effectId);
      case 'destroy-contract-key':
        return destroyContractKey(ports, deletion, effectId);
      case 'certify':
        return certify(ports, deletion, effectId);
    }
  };
