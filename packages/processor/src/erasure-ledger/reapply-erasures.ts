import type { FenceRecord, Vault } from '@mandate/vault';
import { isRefusedFor } from '../commands/outcome';
import type { Processor } from '../processor';
import type { ContractEnded } from './erasure-events';
import type { ErasureLedger } from './erasure-ledger';
import type { LedgerComparison } from './compare-with-ledger';
import { ErasuresMissingError } from './erasures-missing-error';

const fencesPerCall = 1000;

const eraseKeysAgain = async (vault: Vault, fences: readonly FenceRecord[]): Promise<void> => {
  for (let first = 0; first < fences.length; first += fencesPerCall)
    await vault.reapplyErasures(fences.slice(first, first + fencesPerCall));
};

/** Records once more that a contract ended; its deletion then goes its whole way again, through every store. */
const endAgain = async (
  { contracts }: Pick<Processor, 'contracts'>,
  { contractId, endedAt, ground }: ContractEnded['data'],
): Promise<void> => {
  const { date, zone } = endedAt;
  const input = { contractId, endedAt: { date, zone }, ground };
  const result = await contracts.terminate(input, { actor: 'deletion' });
  const isEnded =
    result.outcome === 'accepted' || isRefusedFor(result, ['contract-ended', 'contract-closed']);
  if (!isEnded) throw new ErasuresMissingError({ keys: 0, contracts: 1 });
};

const isOlder = ({ missingKeys, missingEnds }: LedgerComparison): boolean =>
  missingKeys.length > 0 || missingEnds.length > 0;

/** How often erasures were applied again, once `reapplyErasures` has done what a comparison asks for. */
export const reapplicationsAfter = (comparison: LedgerComparison): number =>
  comparison.reapplications + (isOlder(comparison) ? 1 : 0);

/** What no restore has to do with: a crash between fence and ledger, or between fence and destruction. */
export const finishErasures = async (
  vault: Vault,
  ledger: ErasureLedger,
  { unrecorded, unfinishedKeys }: LedgerComparison,
): Promise<void> => {
  for (const fence of unrecorded) await ledger.recordFence(fence);
  await eraseKeysAgain(vault, unfinishedKeys);
};

/** Throws when history or keys are older than what is on record, unless that is about to be applied again. */
export const refuseRestored = (comparison: LedgerComparison, isReapplied: boolean): void => {
  const { missingKeys, missingEnds } = comparison;
  if (isOlder(comparison) && !isReapplied)
    throw new ErasuresMissingError({ keys: missingKeys.length, contracts: missingEnds.length });
};

/**
 * Applies again what a restore undid: keys first, so that nothing can be read, then the ends of contracts, whose deletions
 * go on from there. Answers how often that has been done. Killed at any point, it begins anew, and nothing is served before.
 */
export const reapplyErasures = async (
  processor: Pick<Processor, 'contracts'>,
  { vault, ledger }: { readonly vault: Vault; readonly ledger: ErasureLedger },
  comparison: LedgerComparison,
): Promise<void> => {
  if (!isOlder(comparison)) return;
  const { missingKeys, missingEnds } = comparison;
  const reapplication = reapplicationsAfter(comparison);
  // First: stores that were restored as well must be asked anew, under other keys than before.
  const data = { reapplication, keys: missingKeys.length, contracts: missingEnds.length };
  await ledger.record({ type: 'ErasuresReapplied', data });
  await eraseKeysAgain(vault, missingKeys);
  for (const end of missingEnds) await endAgain(processor, end);
};
