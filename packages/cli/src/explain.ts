import { processingRequest, type ProcessingRequest } from '@mandate/domain';
import { decodeIssuesOf, sentenceOfIssue } from '@mandate/event-sourcing';
import { explain, textOfExplanation } from '@mandate/read-models';
import { isLeft } from 'fp-ts/Either';
import { exitCodes, type ExitCode } from './exit-codes';
import { InputError } from './input-error';
import { languageIn } from './language';
import { requireOfHistory } from './moments';
import { requireReadable, scopeOn, withHistory } from './opened-history';
import { timesIn, type TimeOptions } from './questions';
import type { Surroundings } from './surroundings';

export interface ExplainOptions extends TimeOptions {
  readonly language?: string;
  readonly contract?: string;
  readonly dataSet?: string;
  readonly operation?: string;
  readonly purpose?: string;
  readonly category?: readonly string[];
  readonly channel?: string;
  readonly country?: string;
  readonly subProcessor?: string;
}

const given = (options: ExplainOptions): object => {
  const { operation, contract, dataSet, purpose, category, channel, country, subProcessor } = options;
  const named = {
    operation,
    contractId: contract,
    dataSetId: dataSet,
    purpose,
    categories: category,
    channel,
    country,
    subProcessorId: subProcessor,
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new InputError(
      `Standard input: expected a request as JSON, found ${text.length} characters that are none. ` +
        'See "mandate explain --help" for an example, or give the request by options.',
    );
  }
};

const requestIn = async (surroundings: Surroundings, options: ExplainOptions): Promise<ProcessingRequest> => {
  const byOptions = given(options);
  const input = Object.keys(byOptions).length > 0 ? byOptions : parsed(await surroundings.readInput());
  const decoded = processingRequest.decode(input);
  if (isLeft(decoded)) {
    const issues = decodeIssuesOf(decoded.left).map(sentenceOfIssue);
    throw new InputError(`The request cannot be used: ${issues.join(' ')} See "mandate explain --help".`);
  }
  return decoded.right;
};

/**
 * Whether something may be done, why (not), what would change it, since when, until when and by which events: exit code
 * 0 when allowed, 1 when denied (GDPR Art. 5(2), 28(3)(a) and (h)).
 */
export const explainDecision = async (
  surroundings: Surroundings,
  options: ExplainOptions,
): Promise<ExitCode> => {
  const [times, language] = [timesIn(surroundings, options), languageIn(options.language)];
  const request = await requestIn(surroundings, options);
  return withHistory(options.file, async (history) => {
    await requireOfHistory('--known-at', times.knownAt, history);
    const scope = await scopeOn(history, surroundings.signal);
    requireReadable(scope, request.contractId);
    const explained = explain(scope, request, times);
    const text =
      options.json === true ? JSON.stringify(explained, null, 2) : textOfExplanation(explained, language);
    await surroundings.write(`${text}\n`);
    return explained.decision === 'allow' ? exitCodes.fine : exitCodes.denied;
  });
};
