import type { ContractTerms } from '../../contract';
import type { MandateEvent } from '../../event';
import * as v from '../../vocabulary';
import { dayAfter } from '../calendar';
import { nth } from '../ids';
import type { Question } from '../inquiries';
import { countries, nthDigest } from '../values';
import { paper, plainTermsOf } from './plain-history';

const everywhere = countries as unknown as v.NonEmpty<v.Country>;

/** The day on which the asked instant lies, beginning no later than it. */
const dayOf = ({ validAt }: Question): v.LegalDate => dayAfter(validAt, 0, 'Europe/Warsaw');

/** Terms under which everything that can be instructed may be. */
export const wideTerms = (terms: ContractTerms): ContractTerms => ({
  ...terms,
  purposes: v.purposes,
  categories: v.dataCategories,
  channels: v.channels,
  countries: everywhere,
});

/** A contract that was there all along. */
export const concludedFor = (question: Question): readonly MandateEvent[] => [
  {
    type: 'ContractConcluded',
    data: {
      contractId: question.request.contractId,
      controllerId: nth.controllerId(1),
      processorId: nth.processorId(1),
      startsAt: dayOf(question),
      terms: wideTerms(plainTermsOf(paper(0xfa, question.validAt))),
      endOfService: 'delete',
      issuers: [],
    },
  },
];

/** A start that lies no later than the asked instant. */
export const startedBy = (event: MandateEvent, question: Question): MandateEvent =>
  event.type === 'ContractConcluded'
    ? { ...event, data: { ...event.data, startsAt: dayOf(question) } }
    : event;

/** An end that has come. */
export const endedBy = (question: Question): readonly MandateEvent[] => [
  {
    type: 'ContractTerminated',
    data: { contractId: question.request.contractId, endedAt: dayOf(question), ground: 'agreement' },
  },
];

/** The data set that is asked about, entrusted with every category. */
export const entrustedFor = ({ request }: Question): readonly MandateEvent[] => [
  {
    type: 'DataSetEntrusted',
    data: {
      contractId: request.contractId,
      dataSetId: request.dataSetId,
      source: 'controller',
      categories: v.dataCategories,
      recipients: 1,
      manifestDigest: nthDigest(0xfb),
      region: everywhere[0],
      stores: [{ name: 'message-archive' as v.StoreName, kind: 'database', region: everywhere[0] }],
    },
  },
];

/** The sub-processor that is asked about, authorised in writing. */
export const subProcessorFor = ({ request, validAt }: Question): readonly MandateEvent[] =>
  request.operation !== 'process' || request.subProcessorId === undefined
    ? []
    : [
        {
          type: 'SubProcessorAuthorised',
          data: {
            contractId: request.contractId,
            subProcessorId: request.subProcessorId,
            countries: [request.country],
            effectiveAt: validAt,
            document: paper(0xfc, validAt),
          },
        },
      ];

const isPurpose = (purpose: string): purpose is v.Purpose => v.purposes.some((known) => known === purpose);

/** An instruction by somebody entitled that covers exactly what is asked for. */
export const instructedFor = ({ request, validAt }: Question): readonly MandateEvent[] => {
  if (request.operation !== 'process' || !isPurpose(request.purpose)) return [];
  const { contractId, purpose, categories, channel, country, dataSetId, special } = request;
  const issuerId = nth.issuerId(0xfd);
  const document = paper(0xfd, validAt);
  return [
    { type: 'IssuerAuthorised', data: { contractId, issuerId, interval: { from: validAt }, document } },
    {
      type: 'InstructionIssued',
      data: {
        contractId,
        instructionId: nth.instructionId(0xfd),
        entitlement: 'authorised',
        content: {
          issuerId,
          evidence: document,
          grants: [
            {
              clause: '1' as v.Clause,
              purposes: [purpose],
              categories,
              channels: [channel],
              dataSets: [dataSetId],
              countries: [country],
            },
          ],
          legalBasis: 'art-6-1-a-consent',
          ...(special === undefined
            ? {}
            : { specialCategories: { categories: special.categories, basis: 'art-9-2-a-explicit-consent' } }),
          interval: { from: validAt },
        },
      },
    },
  ];
};
