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
 * The first time that undeclared special categories turn up the controller is told, and that is put on record
 * (GDPR Art. 9, SCC 7.5). Answers with what was noticed, if anything was.
 */
export const noticeSpecialCategories = async (
  { dataSets, waitFor }: Processor,
  { send, decision }: { readonly send: LoggedSend; readonly decision: DecisionResult },
  earlier: readonly string[],
): Promise<string | undefined> => {
  const categories = undeclaredIn(send, decision);
  const noticed = categories?.toSorted().join(', ');
  if (categories === undefined || noticed === undefined || earlier.includes(noticed)) return undefined;
  const { contractId, dataSetId } = send.request;
  const times = { noticedAt: send.at, controllerInformedAt: send.at };
  const options = optionsFor(`notice ${dataSetId} ${noticed}`, 'platform');
  const result = await dataSets.noticeSpecialCategory(
    { contractId, dataSetId, categories, ...times },
    options,
  );
  // Whoever wrote the log may have named a data set that is none: there is nobody to tell, and the line is denied.
  if (result.outcome !== 'accepted') return undefined;
  await waitFor(result.position);
  return noticed;
};
