import type { MandateEvent } from '../../event';
import type { ProcessingOperation } from '../../processing-decision';
import { edited, without } from '../history';
import type { Question } from '../inquiries';
import type { Case, Repairs } from './case';
import { obstacleRepairs } from './repairs-of-instructions';
import {
  concludedFor,
  endedBy,
  entrustedFor,
  instructedFor,
  startedBy,
  subProcessorFor,
  wideTerms,
} from './remedies';

type Own = (event: MandateEvent, question: Question) => boolean;

const dropping =
  (types: readonly MandateEvent['type'][], isMeant: Own = () => true) =>
  ({ history, question }: Case): Case => ({
    question,
    history: without(
      history,
      (event) =>
        types.includes(event.type) &&
        event.data.contractId === question.request.contractId &&
        isMeant(event, question),
    ),
  });

const ofTheDataSet: Own = ({ data }, { request }) =>
  'dataSetId' in data && data.dataSetId === request.dataSetId;

const asking = ({ history, question }: Case, change: Partial<ProcessingOperation>): Case => {
  const { request } = question;
  return request.operation === 'process'
    ? { history, question: { ...question, request: { ...request, ...change } } }
    : { history, question };
};

const adding =
  (remedy: (question: Question) => readonly MandateEvent[]) =>
  ({ history, question }: Case): Case => ({
    question,
    history: [...history, ...remedy(question).map((event) => ({ recordedAt: question.knownAt, event }))],
  });

const changing =
  (change: (event: MandateEvent, question: Question) => MandateEvent) =>
  ({ history, question }: Case): Case => ({
    question,
    history: edited(history, (event) => [
      event.data.contractId === question.request.contractId ? change(event, question) : event,
    ]),
  });

const withoutSpecial = ({ special: _special, ...request }: ProcessingOperation): ProcessingOperation =>
  request;

const asIs = (broken: Case): Case => broken;

const newTerms = changing((event) =>
  event.type === 'ContractConcluded' || event.type === 'ContractAmended'
    ? ({ ...event, data: { ...event.data, terms: wideTerms(event.data.terms) } } as MandateEvent)
    : event,
);

const newSubProcessor = (broken: Case): Case => {
  const isMeant: Own = ({ data }, { request }) =>
    request.operation === 'process' &&
    'subProcessorId' in data &&
    data.subProcessorId === request.subProcessorId;
  const types = [
    'SubProcessorAnnounced',
    'SubProcessorAuthorised',
    'SubProcessorObjected',
    'SubProcessorDismissed',
  ] as const;
  return adding(subProcessorFor)(dropping(types, isMeant)(broken));
};

export const repairs: Repairs = {
  ...obstacleRepairs,
  'contract-unknown': adding(concludedFor),
  // The decision itself never says so: it is said by a reader that cannot follow the history.
  'scope-not-current': asIs,
  'contract-not-started': changing(startedBy),
  'contract-ended': dropping(['ContractTerminated', 'TerminationNoticeGiven']),
  'contract-closed': dropping(['ContractClosed']),
  'contract-not-ended': (broken) =>
    adding(endedBy)(dropping(['ContractTerminated', 'TerminationNoticeGiven'])(broken)),
  'contract-suspended': dropping(['ContractSuspended', 'ContractResumed']),
  'purpose-of-the-processor': (broken) => asking(broken, { purpose: 'delivery' }),
  'purpose-outside-the-contract': newTerms,
  'category-outside-the-contract': newTerms,
  'channel-outside-the-contract': newTerms,
  'country-outside-the-contract': newTerms,
  'data-set-unknown': adding(entrustedFor),
  'data-set-deleted': dropping(['DataSetDeleted'], ofTheDataSet),
  'data-set-restricted': dropping(['DataSetRestricted', 'DataSetUnrestricted'], ofTheDataSet),
  'data-set-withdrawn': dropping(['DataSetWithdrawn'], ofTheDataSet),
  'data-set-being-deleted': dropping(['DeletionOrdered'], ofTheDataSet),
  'category-not-entrusted': changing((event, { request }) =>
    event.type === 'DataSetEntrusted' &&
    event.data.dataSetId === request.dataSetId &&
    request.operation === 'process'
      ? { ...event, data: { ...event.data, categories: [...event.data.categories, ...request.categories] } }
      : event,
  ),
  'sub-processor-unknown': newSubProcessor,
  'sub-processor-objected': newSubProcessor,
  'sub-processor-not-usable': newSubProcessor,
  'sub-processor-country': newSubProcessor,
  'special-category-outside-content': ({ history, question }) => {
    const { request } = question;
    return request.operation === 'process'
      ? { history, question: { ...question, request: withoutSpecial(request) } }
      : { history, question };
  },
  'special-category-for-analytics': (broken) => asking(broken, { purpose: 'delivery' }),
  'not-instructed': adding(instructedFor),
};
