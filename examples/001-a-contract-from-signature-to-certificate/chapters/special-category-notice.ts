import type { DecisionResult, Processor } from '@mandate/processor';
import type { LoggedSend } from '../reading/send-log';
import { optionsFor } from './given-commands';

type Denied = Extract<DecisionResult, { readonly reasons: unknown }>;
type SpecialCategories = Parameters<Processor['dataSets']['noticeSpecialCategory']>[0]['categories'];

const isUndeclared = ({ reasons }: Denied): boolean =>
  reasons.some(
    (reason) =>
      reason.reason === 'not-instructed' && reason.nearest?.lacks.includes('special-category') === true,
  );

/** The special categories in a send that no instruction declares, if that is why it was denied. */
const undeclaredIn = ({ request }: LoggedSend, decision: DecisionResult): SpecialCategories | undefined => {
  const isDenied = decision.decision === 'deny' && 'reasons' in decision && isUndeclared(decision);
  return isDenied && request.operation === 'process' ? request.special?.categories : undefined;
};

/**
 * The first time that undeclared health data turns up the controller is told, and that is put on record
 * (GDPR Art. 9, SCC 7.5). Answers whether this was such a time.
 */
export const noticeSpecialCategories = async (
  { dataSets, waitFor }: Processor,
  send: LoggedSend,
  decision: DecisionResult,
): Promise<boolean> => {
  const categories = undeclaredIn(send, decision);
  if (categories === undefined) return false;
  const { contractId, dataSetId } = send.request;
  const times = { noticedAt: send.at, controllerInformedAt: send.at };
  const options = optionsFor(`notice ${dataSetId} ${[...categories].toSorted().join(' ')}`, 'platform');
  const result = await dataSets.noticeSpecialCategory({ contractId, dataSetId, categories, ...times }, options);
  if (result.outcome !== 'accepted') throw new Error(`The notice was not recorded: ${result.sentence}`);
  await waitFor(result.position);
  return true;
};
