// What happens in a world when an effect is carried out there: what the steps of the facade do, without a store.
import type { ErasureReceipt, LegalDate, LocalDate, StoreName } from '@mandate/domain';
import { epochMillisecondsOf, instantOf } from '@mandate/event-sourcing';
import type { CertificateDraft } from '../certificate';
import { certificateDraft } from '../certificate-draft';
import type { Deletion } from '../effect';
import type { DeletionWorld } from './world';

const dayMs = 86_400_000;

/** A certificate that was signed. */
interface Signed {
  readonly certificateId: string;
  readonly issuedAt: string;
  readonly draft: CertificateDraft;
}

/** What is outside the log: stores with data in them, keys, and the certificates that were signed. */
export class Outside {
  readonly receipts = new Map<string, ErasureReceipt>();
  readonly certificates = new Map<string, Signed>();
  /** Ids under which two different certificates were asked for. */
  readonly contradictions = new Set<string>();
  frozenAt: string | undefined;
  revision = 0;

  /** A store answers with the receipt of the first time, and finds as many items as its name has letters. */
  erase(world: DeletionWorld, dataSetId: string, store: StoreName): ErasureReceipt {
    const key = `${dataSetId}/${store}`;
    const receipt = this.receipts.get(key) ?? {
      method: 'row-deletion',
      found: store.length,
      erased: store.length,
      firstActionAt: world.now,
      lastActionAt: world.now,
      verification: 'recounted',
    };
    this.receipts.set(key, receipt);
    return receipt;
  }

  sign(certificate: Signed): void {
    const { certificateId } = certificate;
    const first = this.certificates.get(certificateId) ?? certificate;
    if (JSON.stringify(first) !== JSON.stringify(certificate)) this.contradictions.add(certificateId);
    this.certificates.set(certificateId, certificate);
  }
}

const deadlineOf = ({ endedAt, within, zone }: Extract<Deletion, { step: 'order-deletion' }>): LegalDate => {
  const at = instantOf(epochMillisecondsOf(endedAt.at) + within.count * dayMs);
  return { date: at.slice(0, 10) as LocalDate, zone, at };
};

const terminate = (
  world: DeletionWorld,
  { contractId, endedAt, ground }: Extract<Deletion, { step: 'terminate-contract' }>,
): string | undefined => {
  const { contract } = world;
  const isNoticed = contract.status === 'concluded' && contract.agreement.notice?.endsAt.at === endedAt.at;
  // The process may not have been told yet that the notice was withdrawn, or that the end came by other means.
  return isNoticed
    ? world.toContract({ type: 'TerminateContract', data: { contractId, endedAt, ground } })
    : undefined;
};

const certify = (
  { state }: DeletionWorld,
  outside: Outside,
  { certificateId, issuedAt, dataSets }: Extract<Deletion, { step: 'certify' }>,
): void => {
  const draft = state.status === 'known' ? certificateDraft(state.case) : undefined;
  // A data set was entrusted late: there will be a certificate that covers it, too.
  if (draft?.dataSets.length === dataSets) outside.sign({ certificateId, issuedAt, draft });
};

/** Does what an effect says; answers with the reason why that could not be done. */
export const carryOut = (world: DeletionWorld, outside: Outside, effect: Deletion): string | undefined => {
  const { contractId } = effect;
  switch (effect.step) {
    case 'terminate-contract':
      return terminate(world, effect);
    case 'freeze':
      outside.frozenAt ??= world.now;
      return undefined;
    case 'order-deletion': {
      const { dataSetId } = effect;
      const data = { contractId, dataSetId, deadline: deadlineOf(effect) };
      const refusal = world.toDataSet({ type: 'OrderDeletion', data });
      // The process was told of the law, and will ask again at its date.
      return refusal === 'retention-in-force' ? undefined : refusal;
    }
    case 'destroy-keys': {
      const { dataSetId } = effect;
      outside.revision += 1;
      const data = {
        contractId,
        dataSetId,
        keys: 4,
        fenceRevision: outside.revision,
        destroyedAt: world.now,
      };
      return world.toDataSet({ type: 'DestroyKeys', data });
    }
    case 'erase-store': {
      const { dataSetId, store } = effect;
      const receipt = outside.erase(world, dataSetId, store.name);
      const data = { contractId, dataSetId, store: store.name, receipt };
      return world.toDataSet({ type: 'EraseStore', data });
    }
    case 'delete-data-set': {
      const { dataSetId } = effect;
      const data = { contractId, dataSetId, deletedAt: world.now };
      return world.toDataSet({ type: 'DeleteDataSet', data });
    }
    case 'destroy-contract-key':
      return undefined;
    case 'certify':
      certify(world, outside, effect);
      return undefined;
  }
};
